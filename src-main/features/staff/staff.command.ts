import { Command, Option } from 'commander'
import { STAFF_PASSWORD_MIN } from '#contract/http/staff/admin'
import { loginNameField, STAFF_ROLES, type StaffRole } from '#contract/http/staff/staff'
import { CommandFailure, type CommandContext } from '../../command/command'
import { newPassphrase } from '../../platform/ids'
import { writeAudit } from '../../database/audit'
import {
  createServiceToken,
  createStaff,
  isLoginTaken,
  listServiceTokens,
  revokeServiceToken,
} from '../staff-session/staff-session.repo'

interface AddOptions {
  name?: string
  role: StaffRole
  password?: string
}

/** `staff add LOGIN`, `staff token NAME`, `staff tokens`, `staff revoke NAME` (DESIGN §1, §9). */
export function staffCommand({ withDataDirectory, print }: CommandContext): Command {
  const staff = new Command('staff').description('people behind the counter, and systems that hand certificates over')
  staff
    .command('add')
    .description('add somebody; without --password one is made and shown once')
    .argument('<login>', 'login name: small letters, digits, dot, hyphen, underscore')
    .option('--name <name>', 'name as it is shown')
    .addOption(new Option('--role <role>', 'what he may do').choices(STAFF_ROLES).default('clerk'))
    .option('--password <password>', `at least ${STAFF_PASSWORD_MIN} characters`)
    .action((login: string, { name, role, password }: AddOptions) =>
      withDataDirectory('write', async ({ db, clock, passwords }) => {
        const loginName = loginNameField.safeParse(login)
        if (!loginName.success)
          throw new CommandFailure(
            `"${login}" is no login name: 2 to 40 small letters, digits, dots, hyphens, underscores.`,
          )
        const chosen = password ?? newPassphrase()
        if (chosen.length < STAFF_PASSWORD_MIN)
          throw new CommandFailure(`The password is too short: at least ${STAFF_PASSWORD_MIN} characters.`)
        const person = { loginName: loginName.data, name: name ?? loginName.data, role }
        const passwordHash = await passwords.hash(chosen)
        const now = clock.now()
        await db.transaction().execute(async (trx) => {
          if (await isLoginTaken(trx, person.loginName))
            throw new CommandFailure(`${person.loginName} is there already.`)
          const id = await createStaff(trx, { ...person, passwordHash }, now)
          await writeAudit(trx, { actor: 'operator', action: 'staff.added', subject: `staff:${id}` }, now)
        })
        const shown = password === undefined ? { password: chosen } : {}
        print(
          { ...person, ...shown },
          `${person.loginName} (${role}) added${password === undefined ? `; password, shown once: ${chosen}` : ''}`,
        )
      }),
    )
  staff
    .command('token')
    .description('make a token with which another system may POST certificates; shown once')
    .argument('<name>', 'of the system')
    .action((name: string) =>
      withDataDirectory('write', async ({ db, clock }) => {
        const now = clock.now()
        const made = await db.transaction().execute(async (trx) => {
          const { id, token } = await createServiceToken(trx, name, now)
          await writeAudit(trx, { actor: 'operator', action: 'token.made', subject: `token:${id}` }, now)
          return { id, name, token }
        })
        print(made, `${made.token}`)
      }),
    )
  staff
    .command('tokens')
    .description('tokens of other systems')
    .action(() =>
      withDataDirectory('read', async ({ db }) => {
        const tokens = await listServiceTokens(db)
        const line = ({ name, createdAt, revokedAt }: (typeof tokens)[number]) =>
          `${name}  ${createdAt}  ${revokedAt === null ? 'good' : `revoked ${revokedAt}`}`
        print(tokens, tokens.map(line).join('\n') || 'There are no tokens.')
      }),
    )
  staff
    .command('revoke')
    .description('take a token back')
    .argument('<name>', 'name or id of the token')
    .action((name: string) =>
      withDataDirectory('read', async ({ db, clock }) => {
        const now = clock.now()
        await db.transaction().execute(async (trx) => {
          const ids = await revokeServiceToken(trx, name, now)
          if (ids.length === 0) throw new CommandFailure(`There is no token ${name}.`)
          for (const id of ids)
            await writeAudit(trx, { actor: 'operator', action: 'token.revoked', subject: `token:${id}` }, now)
        })
        print({ name, revoked: true }, `${name} is no longer good`)
      }),
    )
  return staff
}
