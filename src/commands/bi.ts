// `bi add`, `bi list` and `bi remove`: database logins for programs of statistics, each with the sight of an agent (docs/bi.md).
import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { configure, readArguments, root, Stop, type Command } from '#commands/command.ts'
import { systemClock } from '#kit/clock.ts'
import { createLog } from '#kit/log.ts'
import { findSignIn } from '#people/agent-store.ts'
import { audit, type Change } from '#people/audit-store.ts'
import {
  biReaders,
  blindBiReader,
  endLogin,
  forgetBiReader,
  grantReading,
  loginStatements,
  putBiReader,
  roleCalled,
  runStatements,
  type LoginEnd,
} from '#reporting/bi-store.ts'
import type { Database, Db } from '#store/database.ts'
import { openAsOwner } from '#store/open.ts'

const [EX_USAGE, EX_DATAERR, EX_UNAVAILABLE, EX_NOPERM] = [64, 65, 69, 77]
/** Short enough for the database, and never one of its own or of the desk's. */
const NAME = /^(?!pg_|docket(?:_|$)|postgres$)[a-z][a-z0-9_]{0,62}$/
const PASSWORD = /^[\x21-\x7e]{16,200}$/

export const biAdd: Command = {
  usage: 'bi add NAME --as EMAIL [--password-stdin] [--json]',
  about:
    'Makes a database login that reads the views of the schema bi, with the sight of this agent, or gives an existing one another’s sight.\nIt prints the password once. Where the desk’s own user may not make logins it prints the statements for somebody who may; then call it again.',
  run: async (args) => {
    const { values, positionals } = readArguments(biAdd, args, {
      as: { type: 'string' },
      'password-stdin': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const name = nameIn(positionals, biAdd)
    const email = values.as ?? null
    if (email === null) throw new Stop(EX_USAGE, `Usage: ./docket ${biAdd.usage}`)
    const given = values['password-stdin'] === true ? (await text(process.stdin)).replace(/\r?\n$/, '') : null
    if (given !== null && !PASSWORD.test(given))
      throw new Stop(EX_DATAERR, 'The password needs 16 to 200 letters, digits and signs of ASCII.')
    const password = given ?? randomBytes(24).toString('base64url')
    const made = await asOwner((db) =>
      db.transaction((tx) => addReader(tx, { name, email, password, given: given !== null })),
    )
    const secret = made && given === null ? password : null
    if (values.json === true) console.log(JSON.stringify({ name, as: email, made, password: secret }))
    else {
      console.log(
        made
          ? `${name} may sign in to the database, and sees what ${email} sees.`
          : `${name} sees what ${email} sees.`,
      )
      if (secret !== null) console.log(`Its password, shown only now: ${secret}`)
    }
  },
}

export const biList: Command = {
  usage: 'bi list [--json]',
  about: 'The database logins that read the views of the schema bi, and whose sight each has.',
  run: async (args) => {
    const { values } = readArguments(biList, args, { json: { type: 'boolean' } })
    const readers = await asOwner(biReaders)
    if (values.json === true) return void console.log(JSON.stringify({ items: readers }))
    for (const { role, agent, email, active, login } of readers) {
      if (agent === null) {
        console.log(`${role} sees nothing: it was removed, and its login could not be. Remove it again.`)
        continue
      }
      const state = !login
        ? ', but the database has no such login: add it again'
        : active
          ? ''
          : ', who has left: it sees nothing'
      console.log(`${role} sees what ${agent} <${email}> sees${state}`)
    }
    if (readers.length === 0) console.log('None.')
  },
}

export const biRemove: Command = {
  usage: 'bi remove NAME [--json]',
  about:
    'Takes its sight from a database login, and removes the login where `bi add` made it. What the database refuses may be tried again.',
  run: async (args) => {
    const { values, positionals } = readArguments(biRemove, args, { json: { type: 'boolean' } })
    const name = nameIn(positionals, biRemove)
    const login = await asOwner(async (db) => {
      await db.transaction(async (tx) => {
        if (!(await blindBiReader(tx, name)))
          throw new Stop(EX_DATAERR, `${name} reads nothing here. See ./docket bi list.`)
        await noted(tx, 'bi_reader_removed', name, [])
      })
      // The sight is gone, whatever becomes of the login.
      const end = await endLogin(db, name)
      if (end !== 'kept') await forgetBiReader(db, name)
      return end
    })
    console.log(values.json === true ? JSON.stringify({ name, login }) : removed[login](name))
  },
}

const removed: Readonly<Record<LoginEnd, (name: string) => string>> = {
  none: (name) => `${name} is gone.`,
  removed: (name) => `${name} is gone.`,
  left: (name) =>
    `${name} sees nothing any more, and is no member of docket_bi. The login itself was not made here, and stays.`,
  kept: (name) =>
    `${name} sees nothing any more. The login itself stays: another database of the server uses it, or the desk’s user may not drop it. Drop it as one who may, or call this again.`,
}

/** A password, and whether whoever called knows it already. */
type Secret = { readonly password: string; readonly given: boolean }

/** Says whether the login was made now. */
async function addReader(
  tx: Db,
  { name, email, ...secret }: { readonly name: string; readonly email: string } & Secret,
): Promise<boolean> {
  const agent = await findSignIn(tx, email.toLowerCase())
  if (agent === null || !agent.active) throw new Stop(EX_DATAERR, `${email} is no active agent.`)
  const role = await roleCalled(tx, name)
  if (role?.mayMore === true)
    throw new Stop(
      EX_DATAERR,
      `${name} may read more than the views: take another name, or take its rights away.`,
    )
  if (role !== null && !role.reads)
    throw new Stop(
      EX_DATAERR,
      `${name} is a role of the database already. If it is meant: grant docket_bi to ${name};`,
    )
  const before = (await biReaders(tx)).find((each) => each.role === name)?.email ?? null
  const made = role === null
  if (made) await make(tx, name, secret)
  await grantReading(tx, name)
  await putBiReader(tx, { name, agentId: agent.id, made }, systemClock.now())
  await noted(tx, 'bi_reader_added', name, [{ field: 'agent', from: before, to: email }])
  return made
}

async function make(tx: Db, name: string, { password, given }: Secret): Promise<void> {
  const statements = loginStatements(name, password)
  try {
    await runStatements(tx, statements)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    const said = given ? '' : `\n\nThe password in them is ${password}`
    const lines = statements.map((each) => `${each};`).join('\n')
    throw new Stop(
      EX_NOPERM,
      `The desk’s user of the database may not make logins. Have these statements run in its database by one who may, and call this again:\n\n${lines}${said}`,
    )
  }
}

const noted = (tx: Db, action: string, name: string, changes: readonly Change[]) =>
  audit(tx, null, systemClock.now(), { action, thing: { type: 'bi_reader', id: null, name }, changes })

function nameIn([name = '']: readonly string[], command: Command): string {
  if (NAME.test(name)) return name
  throw new Stop(
    EX_USAGE,
    `Usage: ./docket ${command.usage}\nNAME is of small letters, digits and _, and begins with a letter.`,
  )
}

async function asOwner<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const opened = await openAsOwner(configure(), root, createLog('error'), { beside: true }).catch(
    (error: Error) => {
      throw new Stop(EX_UNAVAILABLE, error.message)
    },
  )
  try {
    return await work(opened.database)
  } finally {
    await opened.close()
  }
}
