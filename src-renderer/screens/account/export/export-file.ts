import type { AccountExport } from '#contract/http/account/my-page'

/** `zairyu-K7RM2XQ9PA-2026-11-22.json`: whose, and of which day in Tokyo. */
export function exportFileName({ account, exportedAt }: Pick<AccountExport, 'account' | 'exportedAt'>): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(Date.parse(exportedAt))
  return `zairyu-${account.userId.replace(/[^\w-]/g, '')}-${day}.json`
}
