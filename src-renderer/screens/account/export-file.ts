import type { AccountExport } from '#contract/my-page'

/** `zairyu-K7RM2XQ9PA-2026-11-22.json`: whose, and of which day in Tokyo. */
export function exportFileName({ account, exportedAt }: Pick<AccountExport, 'account' | 'exportedAt'>): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(Date.parse(exportedAt))
  return `zairyu-${account.userId.replace(/[^\w-]/g, '')}-${day}.json`
}

/** Has the browser save a text or what came from the service as a file; where it goes is for the reader to say. */
export function saveFile(name: string, content: string | Blob, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the data as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
