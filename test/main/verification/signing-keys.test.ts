import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkCertificate, verificationKeyReply } from '#domain/verification/verification'
import { signedLineOf } from '#domain/verification/verification-line'
import { compose, openDataDirectory } from '#main/app/compose'
import { MIGRATIONS } from '#main/database/migrations/all'
import { migrate } from '#main/database/migrate'
import { DATABASE_FILE, openDatabase } from '#main/database/open'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { findCertificate } from '#main/features/certificate/certificate.repo'
import { certificateMail } from '#main/features/certificate/certificate.mail'
import { certificateFactsOf } from '#main/features/certificate/certificate.repo'
import { signedValues } from '#main/features/certificate/signed-certificate.action'
import { signingState } from '#main/features/verification/signing-keys.action'
import { listSigningKeys, publicKeys } from '#main/features/verification/verification.repo'
import { getOrCreateSealingKey, readSealingKey, seal, unseal } from '#main/platform/crypto/sealing'
import { newSigningKey, signerOf } from '#main/platform/crypto/signing'
import { runCli } from '../../support/cli'
import { openPortal, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'

const NUMBER = '在1番Y25071798'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zairyu-keys-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const issue = async (portal: Portal, number = NUMBER) => {
  const { userId, email } = await portal.register({ email: `${number.slice(-4)}@example.jp` })
  const source = { actor: 'operator', mailer: portal.data.mailer }
  await importCertificates(portal.data.db, JSON.stringify(certificateLine(userId, number)), source, portal.now())
  return (await portal.lastMailTo(email)).text
}
const keysOf = async (portal: Portal) =>
  verificationKeyReply.parse((await portal.visitor().call('GET', '/verification-key')).body)
const keyFile = (portal: Portal) => join(portal.config.dataDir, 'signing.key')

/** All bytes of the data directory but those of the sealing key: what a thief of the database or of a backup has. */
const everything = (dataDir: string, but: string[] = ['signing.key']) =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !but.includes(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

describe('a sealed secret', () => {
  it('opens with its key and its name alone', () => {
    const [one, other] = [folder(), folder()].map((dir) => getOrCreateSealingKey(join(dir, 'signing.key')))
    if (!one || !other) throw new Error('no keys')
    const sealed = seal(one, 'geheim', 'signing-key:A')
    expect(unseal(one, sealed, 'signing-key:A')).toBe('geheim')
    expect(unseal(one, sealed, 'signing-key:B')).toBeNull()
    expect(unseal(other, sealed, 'signing-key:A')).toBeNull()
    expect(unseal(one, `${sealed.slice(0, -2)}AA`, 'signing-key:A')).toBeNull()
    expect(unseal(one, '', 'signing-key:A')).toBeNull()
    expect(seal(one, 'geheim', 'signing-key:A')).not.toBe(sealed)
  })

  it('has its key in a file of the owner alone, which is made once', () => {
    const file = join(folder(), 'keys', 'signing.key')
    expect(readSealingKey(file)).toBeNull()
    const key = getOrCreateSealingKey(file)
    expect(getOrCreateSealingKey(file)).toEqual(key)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(file, '..'))).toEqual(['signing.key'])
  })

  it('is not given up for a file that holds something else: that is said, and the file stays', () => {
    const file = join(folder(), 'signing.key')
    writeFileSync(file, 'half a ke')
    expect(() => getOrCreateSealingKey(file)).toThrow(/does not hold a sealing key/)
    expect(readFileSync(file, 'utf8')).toBe('half a ke')
  })
})

describe('the private half of the signing key', () => {
  it('is nowhere in the data directory but sealed, nor in a backup', async () => {
    const portal = await openPortal()
    await issue(portal)
    const [row] = await listSigningKeys(portal.data.db)
    const d = unseal(getOrCreateSealingKey(keyFile(portal)), row?.sealed ?? '', `signing-key:${row?.kid}`) ?? ''
    expect(d).toHaveLength(43)
    const backup = join(folder(), DATABASE_FILE)
    await portal.data.backup(backup)
    for (const bytes of [everything(portal.config.dataDir), readFileSync(backup, 'latin1')]) {
      expect(bytes).not.toContain(d)
      expect(bytes).not.toContain(readFileSync(keyFile(portal), 'utf8').trim())
    }
  })

  it('signs again on data that were restored with the sealing key', async () => {
    const portal = await openPortal()
    const before = await keysOf(portal)
    const dataDir = folder()
    await portal.data.backup(join(dataDir, DATABASE_FILE))
    writeFileSync(join(dataDir, 'signing.key'), readFileSync(keyFile(portal)))
    const service = await compose({ ...portal.config, dataDir }, { origins: [], hosts: null })
    await service.stop()
    expect(service.notice).toBeNull()
    const restored = await openDataDirectory({ ...portal.config, dataDir }, true)
    onTestFinished(() => restored.close())
    expect(before).toMatchObject(await publicKeys(restored.db, false))
  })

  it('is replaced at the start of data that were restored without it; what was signed can still be checked', async () => {
    const portal = await openPortal()
    const old = await issue(portal)
    const dataDir = folder()
    await portal.data.backup(join(dataDir, DATABASE_FILE))

    const looked = await openDataDirectory({ ...portal.config, dataDir }, true)
    expect(await signingState(looked.db)).toBe('sealing-key-missing')
    await looked.close()
    expect(existsSync(join(dataDir, 'signing.key'))).toBe(false)

    const service = await compose({ ...portal.config, dataDir }, { origins: [], hosts: null })
    await service.stop()
    expect(service.notice).toMatch(/signed with a new key: .*signing\.key was not there/)
    const restored = await openDataDirectory({ ...portal.config, dataDir }, true)
    onTestFinished(() => restored.close())
    const known = await publicKeys(restored.db, false)
    expect(known.keys).toHaveLength(2)
    expect((await checkCertificate(old, known)).verdict).toBe('unaltered')
    expect(await signingState(restored.db)).toBe('ready')
    const audited = await restored.db.selectFrom('audit').selectAll().where('action', '=', 'keys.rotated').execute()
    expect(audited).toMatchObject([{ actor: 'program', detail: '{"reason":"sealing-key-missing"}' }])
    const again = await compose({ ...portal.config, dataDir }, { origins: [], hosts: null })
    await again.stop()
    expect(again.notice).toBeNull()
  })

  it('is replaced when its file is lost while the program runs: issuing goes on', async () => {
    const portal = await openPortal()
    rmSync(keyFile(portal))
    const mail = await issue(portal)
    const known = await keysOf(portal)
    expect(known.keys).toHaveLength(2)
    expect((await checkCertificate(mail, known)).verdict).toBe('unaltered')
  })

  it('lies where the operator says; the command line of somebody who was not told does not look elsewhere', async () => {
    const file = join(folder(), 'apart.key')
    const portal = await openPortal({ env: { ZAIRYU_KEY_FILE: file } })
    expect(existsSync(file)).toBe(true)
    expect(existsSync(keyFile(portal))).toBe(false)
    const before = await keysOf(portal)
    const untold = await openDataDirectory({ ...portal.config, keyFile: null }, true)
    expect(await signingState(untold.db)).toBe('ready')
    await untold.close()
    await issue(portal)
    expect((await keysOf(portal)).keys).toEqual(before.keys)
  })

  it('stops a start where its file holds something else, with one line', async () => {
    const portal = await openPortal()
    const dataDir = folder()
    await portal.data.backup(join(dataDir, DATABASE_FILE))
    writeFileSync(join(dataDir, 'signing.key'), 'half a ke')
    await expect(compose({ ...portal.config, dataDir }, { origins: [], hosts: null })).rejects.toThrow(
      /signing\.key does not hold a sealing key/,
    )
  })
})

describe('keys rotate, keys list', () => {
  it('signs with a new key from then on, also in the running program; the old half is gone', async () => {
    const portal = await openPortal()
    const old = await issue(portal)
    const { current } = await keysOf(portal)
    portal.wait('P1D')
    const rotated = await runCli(['keys', 'rotate', '--json', '--data', portal.config.dataDir])
    expect(rotated.code).toBe(0)
    const { kid } = JSON.parse(rotated.out) as { kid: string }
    expect(kid).not.toBe(current)
    const fresh = await issue(portal, '在1番Y25071806')
    const known = await keysOf(portal)
    expect(known.current).toBe(kid)
    for (const text of [old, fresh]) expect((await checkCertificate(text, known)).verdict).toBe('unaltered')
    expect(fresh).toContain(`ZAIRYU1 ${kid}`)
    const rows = await listSigningKeys(portal.data.db)
    expect(rows.map(({ sealed }) => sealed !== null)).toEqual([false, true])
    const listed = await runCli(['keys', 'list', '--json', '--data', portal.config.dataDir])
    expect(JSON.parse(listed.out)).toMatchObject({
      total: 2,
      state: 'ready',
      items: [
        { kid: current, state: 'retired' },
        { kid, state: 'signs', retiredAt: null },
      ],
    })
    const audited = await portal.data.db
      .selectFrom('audit')
      .select(['actor', 'subject', 'detail'])
      .where('action', '=', 'keys.rotated')
      .execute()
    expect(audited).toEqual([{ actor: 'operator', subject: `key:${kid}`, detail: '{"reason":"asked"}' }])
  })

  it('leaves the line of a certificate as it was: reminders and copies carry that of its first mail', async () => {
    const portal = await openPortal()
    await issue(portal)
    const before = (await findCertificate(portal.data.db, NUMBER))?.signed_line
    await runCli(['keys', 'rotate', '--data', portal.config.dataDir])
    const { email } = { email: '1798@example.jp' }
    await portal.data.db
      .updateTable('certificates')
      .set({ next_reminder_at: '2026-11-22T00:00:00.000Z', mail_accepted_at: '2026-11-15T00:00:00.000Z' })
      .execute()
    await portal.runJobs()
    const { text, subject } = await portal.lastMailTo(email)
    expect(subject).toContain('受領登録のお願い')
    expect(text.replace(/\s+/g, ' ')).toContain(before)
  })
})

describe('doctor', () => {
  it('tells when the sealing key is missing, and changes nothing', async () => {
    const portal = await openPortal()
    const doctor = () => runCli(['doctor', '--data', portal.config.dataDir])
    expect((await doctor()).out).toMatch(/ok {6} signing key: sealed under .*signing\.key/)
    renameSync(keyFile(portal), `${keyFile(portal)}.away`)
    const missing = await doctor()
    expect(missing.code).toBe(1)
    expect(missing.out).toMatch(/PROBLEM {2}signing key: .*signing\.key is missing; put the copy of it back/)
    renameSync(`${keyFile(portal)}.away`, keyFile(portal))
    expect((await doctor()).out).toMatch(/ok {6} signing key/)
  })
})

describe('data of a version that kept its key open', () => {
  it('lose the private half, in every byte of the file; the lines of their mails can be checked and are kept', async () => {
    const source = await openPortal()
    await issue(source)
    const row = await findCertificate(source.data.db, NUMBER)
    if (!row) throw new Error('no certificate')
    const dataDir = folder()
    const old = openDatabase(join(dataDir, DATABASE_FILE))
    const clock = { now: () => source.now() }
    const before = MIGRATIONS.filter(({ name }) => name < '0015')
    await migrate(old, dataDir, { clock, version: '0.0.1', migrations: before })
    const key = await newSigningKey()
    const secret = 'draft-secret-that-lay-open-0123456789abcdefg'
    const line = await signedLineOf(signedValues(certificateFactsOf(row)), signerOf(key))
    const kept = { current: key.kid, keys: [{ ...key, madeAt: '2026-01-01T00:00:00.000Z' }] }
    await old.db
      .insertInto('facts')
      .values({ name: 'signing-keys', value: JSON.stringify(kept) })
      .execute()
    await old.db.insertInto('facts').values({ name: 'draft-secret', value: secret }).execute()
    const account = await source.data.db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow()
    await old.db.insertInto('accounts').values(account).execute()
    const { signed_line: _, ...certificate } = row
    await old.db.insertInto('certificates').values(certificate).execute()
    const facts = { ...certificateFactsOf(row), accountId: account.id, email: account.email, language: 'ja' } as const
    const mail = certificateMail({ ...facts, token: 't', code: '4KX7PM2R', signedLine: line })
    await sql`insert into outbox (id, kind, recipient, subject, language, text_body, html_body, message_id, status, attempts, created_at, next_attempt_at, certificate_number, account_id)
      values ('m1', 'certificate', ${account.email}, 's', 'ja, en', ${mail.text}, ${mail.html}, '<m1@x>', 'sent', 1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', ${NUMBER}, ${account.id})`.execute(
      old.db,
    )
    await old.close()
    expect(everything(dataDir)).toContain(key.d)

    const service = await compose({ ...source.config, dataDir }, { origins: [], hosts: null }, undefined, { clock })
    await service.stop()
    expect(service.notice).toMatch(/signed with a new key, sealed under/)
    const copies = readdirSync(join(dataDir, 'backups'))
    const now = everything(dataDir, ['signing.key', ...copies])
    expect(now).not.toContain(key.d)
    expect(now).not.toContain(secret)
    const restored = await openDataDirectory({ ...source.config, dataDir }, true, { clock })
    onTestFinished(() => restored.close())
    const known = await publicKeys(restored.db, false)
    expect(known.keys.map(({ kid }) => kid === key.kid)).toEqual([true, false])
    expect(known.keys[0]).toMatchObject({ madeAt: '2026-01-01T00:00:00.000Z', retiredAt: '2026-11-22T00:00:00.000Z' })
    expect((await findCertificate(restored.db, NUMBER))?.signed_line).toBe(line)
    expect((await checkCertificate(mail.text, known)).verdict).toBe('unaltered')
  })
})
