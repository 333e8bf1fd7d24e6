/** There is no service behind these components: whoever asks for one learns that it cannot be reached. */
export function withoutService(): void {
  globalThis.fetch = () => Promise.reject(new TypeError('There is no service here.'))
}
