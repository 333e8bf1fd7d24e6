import { describe, expect, it } from 'vitest'
import { importAnnouncements } from '#main/features/announcement/import-announcements.action'
import { putAnnouncements } from '#main/features/announcement/announcement.repo'
import { openPortal, type Portal } from '../../support/portal'

const news = (id: string, changes: Record<string, unknown> = {}) => ({
  id,
  publishedAt: '2026-11-22T00:00:00Z',
  title: { ja: `題名${id}`, en: `Title ${id}` },
  body: { ja: '本文' },
  ...changes,
})
const write = (portal: Portal, items: unknown) =>
  importAnnouncements(portal.data.db, JSON.stringify(items), 'operator', portal.now())
const shown = async (portal: Portal, search = '') => {
  const { body } = await portal.visitor().call('GET', `/announcements${search}`)
  return (body['items'] as { id: string }[]).map(({ id }) => id)
}

describe('announcements (M1.5)', () => {
  it('come with the program, once: what the operator changed stays', async () => {
    const portal = await openPortal()
    expect(await shown(portal)).toEqual(['sender-domain', 'user-id-renamed', 'manual-published'])
    await write(portal, [news('sender-domain', { publishedAt: '2026-11-01T09:00:00+09:00' })])
    await portal.restart()
    const { body } = await portal.visitor().call('GET', '/announcements/sender-domain')
    expect(body).toMatchObject({ title: { ja: '題名sender-domain' }, publishedAt: '2026-11-01T00:00:00.000Z' })
  })

  it.each([
    { after: 'PT59M59S', visible: false },
    { after: 'PT1H', visible: true },
    { after: 'PT1H59M59S', visible: true },
    { after: 'PT2H', visible: false },
  ])('are shown from publication until the end: $visible $after from now', async ({ after, visible }) => {
    const portal = await openPortal()
    await write(portal, [
      news('soon', { publishedAt: '2026-11-22T10:00:00+09:00', until: '2026-11-22T11:00:00+09:00' }),
    ])
    portal.wait(after)
    expect((await shown(portal)).includes('soon')).toBe(visible)
    expect((await portal.visitor().call('GET', '/announcements/soon')).status).toBe(visible ? 200 : 404)
  })

  it('put important ones first, then the newest, in pages', async () => {
    const portal = await openPortal()
    const many = Array.from({ length: 21 }, (_, index) =>
      news(`n${index + 10}`, { publishedAt: `2026-11-${String(21 - (index % 20)).padStart(2, '0')}T00:00:00Z` }),
    )
    await write(portal, [...many, news('old', { publishedAt: '2020-01-01T00:00:00Z', important: true })])
    const first = await shown(portal)
    expect(first[0]).toBe('old')
    expect(first).toHaveLength(20)
    expect([...first, ...(await shown(portal, '?page=2'))]).toHaveLength(25)
  })

  it('are written all or none', async () => {
    const portal = await openPortal()
    for (const bad of [
      [news('good'), { id: 'bad' }],
      { id: 'x' },
      [news('a b')],
      [news('x', { title: { en: 'only' } })],
      [news('x', { until: 'soon' })],
      [news('good'), news('x', { title: { ja: '{題名|}' } })],
      [news('x', { body: { ja: '{本文|honbun}' } })],
    ]) {
      const taken = await write(portal, bad)
      expect(taken.ok).toBe(false)
    }
    expect(await shown(portal)).not.toContain('good')
  })

  it('are shown as they stand where a mistake was stored before', async () => {
    const portal = await openPortal()
    await portal.data.db
      .transaction()
      .execute((trx) => putAnnouncements(trx, [news('old', { title: { ja: '{題名|' } })]))
    expect(await shown(portal)).toContain('old')
    expect((await portal.visitor().call('GET', '/announcements/old')).body).toMatchObject({ title: { ja: '{題名|' } })
  })
})
