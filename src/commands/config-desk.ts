// A whole desk as files: written, compared with what is live, and made so. Over the desk's own API in this process, so that every
// rule of a screen holds and everything is in the audit log; routing and the rulebook by their own files, in their places.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildServer } from '#api/server.ts'
import { ownerOf } from '#commands/accounts.ts'
import { root, Stop } from '#commands/command.ts'
import { alone, type NamedFile } from '#commands/files.ts'
import { isRoutingFile, routingAsFile, writeRoutingFile } from '#commands/routing-file.ts'
import { applyRoutingText, routingPlan } from '#commands/routing-files.ts'
import {
  applyRulebook,
  isChange,
  planRulebook,
  refusePlan,
  rulebookSentence,
  rulebookText,
  shownPlan,
  type Trying,
} from '#commands/rulebook-files.ts'
import { withDesk } from '#commands/with-desk.ts'
import type { Desk } from '#desk/desk.ts'
import type { Publishing } from '#desk/rules/rulebook.ts'
import { plus } from '#kit/time.ts'
import { createToken, revokeToken } from '#people/access-store.ts'
import { apiAt, type Api } from '#programs/api-client.ts'
import { carryOut, type Words } from '#programs/configuration/carry-out.ts'
import { compare, type Change, type Comparison, type Misfit } from '#programs/configuration/compare.ts'
import { isConfiguration, readConfiguration, writeConfiguration } from '#programs/configuration/file.ts'
import { gather, type Live } from '#programs/configuration/gather.ts'
import { earlier, kinds, later } from '#programs/configuration/kinds.ts'
import { Refused } from '#programs/refused.ts'
import { askWithin, INSIDE } from '#programs/within.ts'
import { listen } from '#store/listen.ts'

const EX_CANTCREAT = 73
const TOKEN_SECONDS = 3600

/** Writes everything into a folder, which is made. Files of earlier exports that have nothing any more are left. */
export async function exportDesk(folder: string, as: string | null): Promise<void> {
  const files = await withDeskApi(as, async (desk, api) => [
    ...writeConfiguration(await gather(api)),
    { name: 'routing.yaml', text: writeRoutingFile(await withoutTeams(desk)) },
    { name: 'rulebook.yaml', text: await rulebookText(desk, false) },
  ])
  try {
    await mkdir(folder, { recursive: true })
    for (const { name, text } of files) await writeFile(join(folder, name), text)
  } catch (error) {
    throw new Stop(EX_CANTCREAT, `${folder} cannot be written: ${(error as Error).message}`)
  }
  console.log(`${files.length} files in ${folder}. Secrets, pictures and attached files are in none of them.`)
}

/** Teams have a file of their own among these. */
async function withoutTeams(desk: Desk) {
  const { teams: _, ...rest } = await routingAsFile(desk, desk.database)
  return rest
}

type Planning = {
  readonly asJson: boolean
  readonly trying: Trying
  readonly reason: string | undefined
  readonly prunes: boolean
  readonly as: string | null
}

/** Shows what files would change of a desk. Exits as `config plan` says. */
export async function planDesk(files: readonly NamedFile[], asked: Planning): Promise<void> {
  const parts = partsOf(files)
  const { comparison, routing, rulebook } = await withDeskApi(asked.as, async (desk, api) => {
    const { comparison: found } = await compared(api, parts.configuration, asked.prunes)
    const isFirst = found.changes.length === 0
    const ways = parts.routing === null ? none : await waysOf(desk, parts.routing, isFirst)
    const isReady = isFirst && ways.lines.length === 0
    const trying = isReady ? asked.trying : null
    const book = parts.rulebook.length === 0 ? null : await planRulebook(desk, parts.rulebook, trying)
    // What is live already is not judged here. What cannot be read is a change.
    const isNews = book !== null && isChange(book.plan)
    return { comparison: found, routing: ways, rulebook: isNews ? { ...book, isReady } : null }
  })
  const shown = rulebook === null ? null : shownRules(rulebook)
  if (asked.asJson)
    console.log(
      JSON.stringify(
        {
          changes: comparison.changes.map(toldOf),
          unnamed: Object.fromEntries(comparison.unnamed),
          problems: comparison.problems,
          routing: routing.lines,
          rulebook: shown?.json ?? null,
        },
        null,
        2,
      ),
    )
  else console.log([...linesOf(comparison), ...routing.lines, ...(shown?.lines ?? [])].join('\n'))
  if (comparison.problems.length > 0) throw new Stop(1, `${comparison.problems.length} errors.`)
  if (rulebook?.isReady === true) refusePlan(rulebook.plan, rulebook.report, asked.reason)
  const isSame = comparison.changes.length + routing.lines.length === 0
  if (!isSame || (rulebook !== null && isChange(rulebook.plan))) process.exitCode = 2
}

type Ruled = Awaited<ReturnType<typeof planRulebook>> & { readonly isReady: boolean }

/** What names a thing that is yet to be made is judged once that stands. */
function shownRules({ plan, report, isReady }: Ruled) {
  if (isReady) return shownPlan(plan, report)
  const { lines, json } = shownPlan({ ...plan, problems: [] }, null)
  return { lines: [...lines, 'The rulebook is judged once what is above stands.'], json }
}

const none = { lines: [] as readonly string[] }

/** Routing names teams, which may be yet to come. */
async function waysOf(desk: Desk, text: string, isFirst: boolean): Promise<{ lines: readonly string[] }> {
  try {
    return { lines: await routingPlan(desk, text) }
  } catch (error) {
    if (isFirst || !(error instanceof Stop)) throw error
    return { lines: [`Routing is compared once what is above stands: ${error.message.split('\n')[0]}`] }
  }
}

type Applying = {
  readonly asJson: boolean
  readonly expected: number | null
  readonly publishing: Publishing | null
  readonly words: Words
  readonly prunes: boolean
  readonly as: string | null
}

/** Makes a desk as files say, and tells each thing that is done. */
export async function applyDesk(files: readonly NamedFile[], asked: Applying): Promise<void> {
  const parts = partsOf(files)
  const done: Change[] = []
  const told = (change: Change) => {
    done.push(change)
    if (!asked.asJson) console.log(lineOf(change))
  }
  const { routing, rulebook } = await withDeskApi(asked.as, async (desk, api) => {
    const { comparison, live } = await compared(api, parts.configuration, asked.prunes)
    if (comparison.problems.length > 0)
      throw new Stop(1, [...comparison.problems.map(problemLine), 'Nothing was changed.'].join('\n'))
    const { changes } = comparison
    const goes = (change: Change) => change.does === 'put_away'
    const stays = changes.filter((each) => !goes(each))
    await carryOut(api, earlier, stays, live, asked.words, told)
    const ways = parts.routing === null ? [] : await applyRoutingText(desk, parts.routing)
    if (!asked.asJson && ways.length > 0) console.log(ways.join('\n'))
    const now = changes.length === 0 ? live : await gather(api)
    await carryOut(api, later, stays, now, asked.words, told)
    desk.setup.forget()
    const rules = await rulesOf(desk, parts.rulebook, asked)
    // Last, and what names others before those.
    await carryOut(api, kinds.toReversed(), changes.filter(goes), now, asked.words, told)
    return { routing: ways, rulebook: rules }
  })
  if (asked.asJson) return console.log(JSON.stringify({ changes: done.map(toldOf), routing, rulebook }))
  if (done.length + routing.length === 0 && rulebook === null) console.log('No changes.')
  if (rulebook !== null) console.log(rulebookSentence(rulebook))
}

async function rulesOf(desk: Desk, files: readonly NamedFile[], { expected, publishing }: Applying) {
  if (files.length === 0) return null
  const { plan } = await planRulebook(desk, files, null)
  return !isChange(plan)
    ? null
    : desk.database.transaction((tx) => applyRulebook(desk, tx, files, expected, publishing))
}

async function compared(api: Api, files: readonly NamedFile[], prunes: boolean) {
  const { wanted, problems } = readConfiguration(files)
  const live: Live = await gather(api)
  const found = compare(live, wanted, prunes)
  const comparison: Comparison = { ...found, problems: [...problems, ...found.problems] }
  return { live, comparison }
}

function partsOf(files: readonly NamedFile[]) {
  const configuration = files.filter(({ text }) => isConfiguration(text))
  const routing = files.filter(({ text }) => isRoutingFile(text))
  const rulebook = files.filter((each) => !configuration.includes(each) && !routing.includes(each))
  return { configuration, routing: routing.length === 0 ? null : alone(routing), rulebook }
}

const signs = { add: '+', change: '~', restore: '↺', put_away: '-', order: '↕' }

const toldOf = ({ kind, key, does, fields }: Change) => ({ kind, key, does, fields })

function lineOf({ does, kind, key, fields }: Change): string {
  const what = does === 'change' ? `: ${fields.join(', ')}` : ''
  return `${signs[does]} ${kind}${key === '' ? '' : ` "${key}"`}${what}`
}

function problemLine({ kind, key, place, message }: Misfit): string {
  return `error: ${kind} "${key}"${place === '' ? '' : ` ${place}`}: ${message}`
}

const SHOWN = 5

function linesOf({ changes, problems, unnamed }: Comparison): string[] {
  const left = [...unnamed].map(([kind, keys]) => {
    const more = keys.length > SHOWN ? `, and ${keys.length - SHOWN} more` : ''
    return `Not in the files, left as they are: ${kind} ${keys.slice(0, SHOWN).join(', ')}${more}`
  })
  return [
    ...(changes.length === 0 ? ['No changes of what is set up.'] : changes.map(lineOf)),
    ...left,
    ...problems.map(problemLine),
  ]
}

/** The desk's API without a wire, in the name of an agent, with a token of this run alone. A no of it ends the process with 1. */
async function withDeskApi<T>(as: string | null, work: (desk: Desk, api: Api) => Promise<T>): Promise<T> {
  return withDesk(async (desk) => {
    const at = desk.clock.now()
    const agentId = await ownerOf(desk.database, as)
    const given = { name: 'config', agentId, scopes: ['*'], at, expiresAt: plus(at, TOKEN_SECONDS) }
    const token = await createToken(desk.database, given)
    const listener = await listen(desk.database, desk.log)
    desk.database.onTold(() => desk.setup.forget())
    const { app, close } = await buildServer(desk, root, listener, [], [])
    try {
      await app.ready()
      const stopped = new AbortController()
      return await work(desk, apiAt(INSIDE, token.secret, stopped.signal, askWithin(app, '127.0.0.1')))
    } catch (error) {
      if (error instanceof Refused)
        throw new Stop(
          1,
          `${error.message}\nWhat is told above is done. Mend this and apply the files again.`,
        )
      throw error
    } finally {
      await revokeToken(desk.database, token.id, desk.clock.now())
      await close()
      await listener.close()
    }
  })
}
