import Bowser from 'bowser'

/** Browser and system of a request in plain words (`Microsoft Edge, Windows`), null where the program does not say. */
export function deviceWords(userAgent: string | undefined): string | null {
  if (userAgent === undefined || userAgent === '') return null
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500))
  return [browser.name, os.name].filter(Boolean).join(', ') || null
}
