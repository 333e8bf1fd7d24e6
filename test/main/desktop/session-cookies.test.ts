import { describe, expect, it } from 'vitest'
import { sessionCookies } from '#main/desktop/session-cookies'

const answer = (...cookies: string[]) => new Headers(cookies.map((cookie): [string, string] => ['set-cookie', cookie]))

describe('the session of the desktop app', () => {
  it('begins with no cookie', () => {
    expect(sessionCookies().header()).toBeNull()
  })

  it('is sent back as the service has set it', () => {
    const session = sessionCookies()
    session.take(answer('zairyu_session=a=b; Path=/; HttpOnly; SameSite=Strict'))
    expect(session.header()).toBe('zairyu_session=a=b')
  })

  it('is forgotten at once, and no answer that was on its way brings it back', () => {
    const session = sessionCookies()
    session.take(answer('zairyu_session=token'))
    const asked = session.number()
    expect(session.forget()).toBe('zairyu_session=token')
    session.take(answer('zairyu_session=late'), asked)
    expect(session.header()).toBeNull()
    session.take(answer('zairyu_session=next'), session.number())
    expect(session.header()).toBe('zairyu_session=next')
  })

  it('follows a new token', () => {
    const session = sessionCookies()
    session.take(answer('zairyu_session=old; Path=/', 'device=d; Max-Age=31536000'))
    session.take(answer('zairyu_session=new; Path=/'))
    expect(session.header()).toBe('device=d; zairyu_session=new')
  })

  it.each(['zairyu_session=; Path=/', 'zairyu_session=x; Max-Age=0', 'zairyu_session=x; max-age=-1; Path=/'])(
    'is forgotten after %s',
    (deletion) => {
      const session = sessionCookies()
      session.take(answer('zairyu_session=token'))
      session.take(answer(deletion))
      expect(session.header()).toBeNull()
    },
  )

  it("understands several cookies in one header, as Electron's network gives them", () => {
    const session = sessionCookies()
    session.take(answer('a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/, b=2; HttpOnly'))
    expect(session.header()).toBe('a=1; b=2')
  })

  it('is not filled up by a confused service', () => {
    const session = sessionCookies()
    session.take(answer(...Array.from({ length: 100 }, (_, n) => `c${n}=x`)))
    expect(session.header()?.split('; ')).toHaveLength(20)
  })

  it('ignores what is no cookie', () => {
    const session = sessionCookies()
    session.take(answer('nonsense', '=value', '   '))
    expect(session.header()).toBeNull()
  })
})
