// `user add`, `user reset-factors` and `token create`: accounts and API tokens from the command line.
import { text } from 'node:stream/consumers'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDatabase } from '#commands/with-database.ts'
import { withDesk } from '#commands/with-desk.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import { systemClock } from '#kit/clock.ts'
import { addressFault, mendedAddress, typedKey } from '#mail/address.ts'
import { createToken } from '#people/access-store.ts'
import { addAgent, findAgent, findSignIn, firstAdministrator } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import { scopes } from '#people/can.ts'
import { partOf } from '#people/rights.ts'
import { resetFactors } from '#people/reset-store.ts'
import { findRoleByName } from '#people/role-store.ts'
import { roles, type Role } from '#people/role.ts'
import { hashPassword } from '#people/secrets.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'

export const userAdd: Command = {
  usage: `user add EMAIL --name N --role ${roles.join('|')}|NAME [--password-stdin]`,
  about:
    'Adds an agent, with one of these roles or one of the desk’s own by its name. Without a password, an administrator sets one later.',
  run: async (args) => {
    const { values, positionals } = readArguments(userAdd, args, {
      name: { type: 'string' },
      role: { type: 'string' },
      'password-stdin': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const email = mendedAddress(positionals[0] ?? '')
    const { name, role = 'agent' } = values
    if (email === null && positionals[0] !== undefined)
      throw new Stop(64, `"${positionals[0]}" ${addressFault(positionals[0])}.`)
    if (email === null || name === undefined) throw new Stop(64, `Usage: ./docket ${userAdd.usage}`)
    const password =
      values['password-stdin'] === true ? (await text(process.stdin)).replace(/\r?\n$/, '') : null
    if (password !== null && password.length < 10)
      throw new Stop(65, 'The password needs at least 10 characters.')
    const passwordHash = password === null ? null : await hashPassword(password)
    const id = await withDatabase(async (db) => {
      const at = systemClock.now()
      const added = await addAgent(db, {
        email: email.toLowerCase(),
        name,
        ...(await roleCalled(db, role)),
        passwordHash,
        at,
      })
      if (added === null) throw new Stop(65, `${email} is an agent already.`)
      await audit(db, null, at, { action: 'agent_added', thing: { type: 'agent', id: added, name } })
      return added
    })
    console.log(
      values.json === true
        ? JSON.stringify({ id, email, name, role })
        : `Added ${name} <${email}> as ${role}.`,
    )
  },
}

export const userResetFactors: Command = {
  usage: 'user reset-factors EMAIL [--json]',
  about:
    'Takes all second factors from an agent who lost them, and ends the sessions: the password is enough again.\nIt works when nobody can sign in any more. It is written to the audit log.',
  run: async (args) => {
    const { values, positionals } = readArguments(userResetFactors, args, { json: { type: 'boolean' } })
    const [email] = positionals
    if (email === undefined) throw new Stop(64, `Usage: ./docket ${userResetFactors.usage}`)
    const removed = await withDesk((desk) =>
      desk.database.transaction(async (tx) => {
        const found = await findSignIn(tx, email.toLowerCase())
        const agent = found === null ? null : await findAgent(tx, found.id)
        if (agent === null) throw new Stop(65, `${email} is not an agent.`)
        await tellOwner(desk, tx, agent.id, 'factors_reset')
        return resetFactors(tx, { agent, by: null, at: desk.clock.now() })
      }),
    )
    console.log(
      values.json === true
        ? JSON.stringify({ removed })
        : `${removed} second factors removed, and every session ended. ${email} signs in with the password.`,
    )
  },
}

export const tokenCreate: Command = {
  usage: 'token create --name N --scopes a,b [--user EMAIL] [--per-minute N]',
  about: `Prints a new API token, once. The scope * is everything its user may do. It may make as many requests as it likes unless --per-minute says how many.\nScopes: ${scopes.join(', ')}`,
  run: async (args) => {
    const { values } = readArguments(tokenCreate, args, {
      name: { type: 'string' },
      scopes: { type: 'string' },
      user: { type: 'string' },
      'per-minute': { type: 'string' },
      json: { type: 'boolean' },
    })
    const wanted = values.scopes?.split(',').map((scope) => scope.trim()) ?? []
    if (values.name === undefined || wanted.length === 0)
      throw new Stop(64, `Usage: ./docket ${tokenCreate.usage}`)
    const unknown = wanted.filter((scope) => scope !== '*' && !scopes.includes(scope))
    if (unknown.length > 0)
      throw new Stop(65, `Unknown scopes: ${unknown.join(', ')}. Known: *, ${scopes.join(', ')}`)
    const name = values.name
    const limit = values['per-minute']
    const perMinute = limit === undefined ? null : Number(limit)
    if (perMinute !== null && (!Number.isInteger(perMinute) || perMinute < 1))
      throw new Stop(64, '--per-minute needs a whole number.')
    const secret = await withDatabase(async (db) => {
      const at = systemClock.now()
      const agentId = await ownerOf(db, values.user ?? null)
      const made = await createToken(db, { name, agentId, scopes: wanted, at, expiresAt: null, perMinute })
      await audit(db, null, at, { action: 'token_created', thing: { type: 'token', id: made.id, name } })
      return made.secret
    })
    console.log(values.json === true ? JSON.stringify({ token: secret, name, scopes: wanted }) : secret)
  },
}

/** One of the four roles, or one of the desk's own with what it makes of whoever holds it. */
async function roleCalled(db: Db, name: string): Promise<{ role: Role; roleId: number | null }> {
  const known = roles.find((each) => each === name)
  if (known !== undefined) return { role: known, roleId: null }
  const found = await findRoleByName(db, name)
  if (found === null) throw new Stop(64, `There is no role "${name}".\nUsage: ./docket ${userAdd.usage}`)
  return { role: partOf(found.actions), roleId: found.id }
}

/** The named agent, or the first administrator. */
export async function ownerOf(db: Db, email: string | null): Promise<PersonId> {
  if (email === null) {
    const first = await firstAdministrator(db)
    if (first === null)
      throw new Stop(65, 'There is no administrator yet. Add one with "./docket user add", or name --user.')
    return first
  }
  const agent = await findSignIn(db, typedKey(email))
  if (agent === null || !agent.active) throw new Stop(65, `${email} is not an active agent.`)
  return agent.id
}
