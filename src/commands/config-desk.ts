// A whole desk as files: written, compared with what is live, and made so. Over the desk's own API in this process, so that every
// rule of a screen holds and everything is in the audit log; routing and the rulebook by their own files, in their places.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newCustomRole } from '#api/contract/roles.ts'
import { Stop } from '#commands/command.ts'
import { withDeskApi } from '#commands/config-api.ts'
import { alone, type NamedFile } from '#commands/files.ts'
import { readRoutingFile, ROUTING, routingAsFile, writeRoutingFile } from '#commands/routing-file.ts'
import { applyRoutingText, routingPlan } from '#commands/routing-files.ts'
import {
  anyRulebookText,
  applyRulebook,
  inTheWay,
  isChange,
  planRulebook,
  refusePlan,
  rulebookSentence,
  rulesOfNobody,
  shownPlan,
  type Trying,
} from '#commands/rulebook-files.ts'
import type { Desk } from '#desk/desk.ts'
import type { Publishing } from '#desk/rules/rulebook.ts'
import { cleanLine, cleanText } from '#mail/clean.ts'
import { can, type Principal } from '#people/can.ts'
import { completed, type Action } from '#people/rights.ts'
import type { Api } from '#programs/api-client.ts'
import { carryOut, putAway, type Words } from '#programs/configuration/carry-out.ts'
import {
  compare,
  type Change,
  type Comparison,
  type Misfit,
  type Wanted,
} from '#programs/configuration/compare.ts'
import {
  faultsOf,
  isConfiguration,
  readConfiguration,
  thingsInFiles,
  writeConfiguration,
} from '#programs/configuration/file.ts'
import { gather, type Live } from '#programs/configuration/gather.ts'
import { earlier, later } from '#programs/configuration/kinds.ts'
import { Refused } from '#programs/refused.ts'
import { rulebookFile } from '#rules/rulebook-file-schema.ts'
import { createLocks } from '#store/lock.ts'

const [EX_CANTCREAT, EX_TEMPFAIL] = [73, 75]

/** Writes everything into a folder, which is made. Files of earlier exports that have nothing any more are left. */
export async function exportDesk(folder: string, as: string | null): Promise<void> {
  const { files, without, untaken } = await withDeskApi(as, async (desk, api) => {
    const things = thingsInFiles(await gather(api))
    return {
      files: [...writeConfiguration(things), ...(await routingFiles(desk)), ...(await rulebookFiles(desk))],
      without: await rulesOfNobody(desk),
      // What a desk that has nothing yet would say of them.
      untaken: compare(new Map(), things, false).problems,
    }
  })
  try {
    await mkdir(folder, { recursive: true })
    for (const { name, text } of files) await writeFile(join(folder, name), text)
  } catch (error) {
    throw new Stop(EX_CANTCREAT, `${folder} cannot be written: ${(error as Error).message}`)
  }
  for (const { key, owner } of without)
    console.log(
      cleanLine(
        `Rule "${key}": ${owner} is deactivated, and in no file. Name another owner for another desk.`,
      ),
    )
  for (const misfit of untaken) console.log(`Another desk does not take this: ${misfitLine(misfit)}.`)
  console.log(`${files.length} files in ${folder}. Secrets, pictures and attached files are in none of them.`)
}

/** Teams have a file of their own among these. */
async function routingFiles(desk: Desk) {
  const { teams: _, ...rest } = await routingAsFile(desk, desk.database)
  const isEmpty = rest.skills.length + rest.queues.length === 0
  return isEmpty ? [] : [{ name: 'routing.yaml', text: writeRoutingFile(rest) }]
}

async function rulebookFiles(desk: Desk) {
  const text = await anyRulebookText(desk)
  return text === null ? [] : [{ name: 'rulebook.yaml', text }]
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
    const { comparison: found } = await compared(api, parts, asked.prunes)
    const isFirst = found.changes.length === 0
    const isRead = !found.problems.some(({ kind }) => kind === 'File')
    const ways =
      parts.routing === null || !isRead
        ? none
        : await waysOf(desk, parts.routing, { isFirst, prunes: asked.prunes })
    const isReady = isFirst && ways.lines.length === 0
    const trying = isReady ? asked.trying : null
    const book =
      parts.rulebook.length === 0 || !isRead ? null : await planRulebook(desk, parts.rulebook, trying)
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
          notes: comparison.notes,
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
async function waysOf(
  desk: Desk,
  text: string,
  { isFirst, prunes }: { isFirst: boolean; prunes: boolean },
): Promise<{ lines: readonly string[] }> {
  try {
    return { lines: await routingPlan(desk, text, prunes) }
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

/** Makes a desk as files say, and tells each thing that is done, on a failure too. */
export async function applyDesk(files: readonly NamedFile[], asked: Applying): Promise<void> {
  const run: Run = { isBegun: false, done: [], routing: [], rulebook: null }
  try {
    await withDeskApi(asked.as, (desk, api, by) =>
      oneAtATime(desk, () => applyParts(desk, api, by, { parts: partsOf(files), asked, run })),
    )
  } catch (error) {
    if (asked.asJson) console.log(JSON.stringify({ ...toldOfRun(run), error: (error as Error).message }))
    if (!(error instanceof Stop)) throw error
    throw new Stop(error.code, `${error.message}\n${leftAt(run, asked.asJson)}`)
  }
  const { done, routing, rulebook } = run
  if (asked.asJson) return console.log(JSON.stringify(toldOfRun(run)))
  if (done.length + routing.length === 0 && rulebook === null) console.log('No changes.')
  if (rulebook !== null) console.log(rulebookSentence(rulebook))
}

/** Two that make one desk so at a time would both add what neither finds. */
async function oneAtATime(desk: Desk, work: () => Promise<void>): Promise<void> {
  const locks = createLocks(desk.database)
  try {
    if ((await locks.take('config apply', 0)) === null)
      throw new Stop(EX_TEMPFAIL, 'Files are being applied to this desk already. Wait for that to end.')
    await work()
  } finally {
    await locks.close()
  }
}

/** What was done so far. */
type Run = {
  isBegun: boolean
  readonly done: { readonly change: Change; readonly without: string | null }[]
  readonly routing: string[]
  rulebook: Awaited<ReturnType<typeof rulesOf>>
}

const toldOfRun = ({ done, routing, rulebook }: Run) => ({
  changes: done.map(({ change, without }) => ({
    ...toldOf(change),
    ...(without === null ? {} : { without }),
  })),
  routing,
  rulebook,
})

function leftAt({ isBegun, done, routing }: Run, asJson: boolean): string {
  if (!isBegun) return 'Nothing was changed.'
  if (done.length + routing.length === 0) return 'Nothing else was changed.'
  return `Done so far: ${done.length + routing.length}${asJson ? '' : ', as told above'}. Mend this and apply the files again.`
}

type Work = { readonly parts: Parts; readonly asked: Applying; readonly run: Run }

async function applyParts(desk: Desk, api: Api, by: Principal | null, { parts, asked, run }: Work) {
  const tell = (lines: readonly string[]) =>
    asked.asJson || lines.length === 0 ? null : console.log(lines.join('\n'))
  const told = (change: Change, without: string | null) => {
    run.done.push({ change, without })
    tell([`${lineOf(change)}${without === null ? '' : `, without ${without}`}`])
  }
  const missing = rightsMissing(by, parts, asked.publishing)
  if (missing.length > 0) throw new Stop(1, missing.join('\n'))
  const { comparison, live } = await compared(api, parts, asked.prunes)
  const faults = [
    ...comparison.problems.map(problemLine),
    ...(await inTheWay(desk, parts.rulebook, asked.expected)),
  ]
  if (faults.length > 0) throw new Stop(1, faults.join('\n'))
  run.isBegun = true
  const { changes } = comparison
  const stays = changes.filter(({ does }) => does !== 'put_away')
  await carryOut(api, earlier, stays, live, asked.words, told)
  const route = async (text: string, prunes: boolean) => {
    const lines = await applyRoutingText(desk, text, { by, prunes })
    run.routing.push(...lines)
    tell(lines)
  }
  if (parts.routing !== null) await route(parts.routing, false)
  const now = changes.length === 0 ? live : await gather(api)
  await carryOut(api, later, stays, now, asked.words, told)
  desk.setup.forget()
  run.rulebook = await rulesOf(desk, by, parts.rulebook, asked)
  const gone = changes.filter(({ does }) => does === 'put_away')
  const kept = await putAway(api, gone, told)
  // A queue goes once no view names it, and a team once no queue does.
  const text = asked.prunes ? parts.routing : null
  const wayKept = text === null ? null : await refusalOf(() => route(text, true))
  const left =
    text === null
      ? kept
      : await putAway(
          api,
          kept.map(({ change }) => change),
          told,
        )
  const whys = [...(wayKept === null ? [] : [wayKept]), ...left.map(({ why }) => why)]
  if (whys.length > 0) throw new Refused(whys.join('\n'))
}

/** What is said against some work; null where it is done. */
async function refusalOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof Stop) return error.message
    throw error
  }
}

/** What the API would ask of whoever changes routing and rules, which do not go by it. */
function rightsMissing(by: Principal | null, parts: Parts, publishing: Publishing | null): string[] {
  if (by === null) return []
  const needed: readonly Action[] = [
    ...(parts.routing === null ? [] : (['routing.write', 'teams.write'] as const)),
    ...(parts.rulebook.length === 0 ? [] : (['rules.write'] as const)),
    ...(parts.rulebook.length === 0 || publishing === null ? [] : (['rules.publish'] as const)),
  ]
  return needed
    .filter((action) => !can(by, action))
    .map((action) => cleanLine(`error: ${by.email} may not do this: ${action}`))
}

async function rulesOf(
  desk: Desk,
  by: Principal | null,
  files: readonly NamedFile[],
  { expected, publishing }: Applying,
) {
  if (files.length === 0) return null
  const { plan } = await planRulebook(desk, files, null)
  return !isChange(plan)
    ? null
    : desk.database.transaction((tx) => applyRulebook(desk, tx, files, { by, expected, publishing }))
}

async function compared(api: Api, parts: Parts, prunes: boolean) {
  const { wanted: read, problems } = readConfiguration(parts.configuration)
  const wanted = withNeeds(read)
  const live: Live = await gather(api)
  const found = compare(live, wanted, prunes)
  const known = [...(live.get('Agents') ?? []).map(({ key }) => key), ...emailsIn(wanted)]
  const all = [...problems, ...misread(parts, known), ...found.problems]
  const comparison: Comparison = { ...found, problems: all }
  return { live, comparison }
}

/** What roles may do brings what that needs, as where they are kept. */
function withNeeds(wanted: Wanted): Wanted {
  const roles = wanted.get('Roles')?.map((role) => {
    const read = newCustomRole.shape.actions.safeParse(role['actions'])
    return read.success ? { ...role, actions: completed(read.data) } : role
  })
  return roles === undefined ? wanted : new Map([...wanted, ['Roles', roles]])
}

const emailsIn = (wanted: Wanted) =>
  (wanted.get('Agents') ?? []).map(({ email }) => String(email).toLowerCase())

/** What is wrong with the files of routing and rules whatever else is made: by themselves, and whose rules nobody has. */
function misread({ routing, rulebook }: Parts, emails: readonly string[]): readonly Misfit[] {
  const ways = routing === null ? [] : readRoutingFile(routing).problems
  return [
    ...ways.map((message) => ({ kind: 'File', key: ROUTING, place: '', message })),
    ...rulebook.flatMap(({ name, said }) => {
      const read = rulebookFile.safeParse(said)
      if (!read.success) return faultsOf(name, said, read.error)
      const rules = read.data.sections.flatMap((section) => section.rules)
      return rules
        .filter(({ owner }) => !emails.includes(owner.toLowerCase()))
        .map(({ key, owner }) => ({
          kind: 'Rule',
          key,
          place: 'owner',
          message: `names ${owner}, who is no agent here or in a file`,
        }))
    }),
  ]
}

type Parts = ReturnType<typeof partsOf>

function partsOf(files: readonly NamedFile[]) {
  const configuration = files.filter(({ kind }) => isConfiguration(kind))
  const routing = files.filter(({ kind }) => kind === ROUTING)
  const rulebook = files.filter((each) => !configuration.includes(each) && !routing.includes(each))
  return { configuration, routing: routing.length === 0 ? null : alone(routing), rulebook }
}

const signs = { add: '+', change: '~', restore: '↺', put_away: '-', order: '↕' }

const toldOf = ({ kind, key, does, fields }: Change) => ({ kind, key, does, fields })

function lineOf({ does, kind, key, fields }: Change): string {
  const what = does === 'change' ? `: ${fields.join(', ')}` : ''
  return cleanLine(`${signs[does]} ${kind}${key === '' ? '' : ` "${key}"`}${what}`)
}

const problemLine = (misfit: Misfit) => `error: ${misfitLine(misfit)}`

/** Nothing in a name may steer a terminal. */
function misfitLine({ kind, key, place, message }: Misfit): string {
  return cleanText(`${kind} "${cleanLine(key)}"${place === '' ? '' : ` ${cleanLine(place)}`}: ${message}`)
}

const SHOWN = 5

function linesOf({ changes, problems, notes, unnamed }: Comparison): string[] {
  const left = [...unnamed].map(([kind, keys]) => {
    const more = keys.length > SHOWN ? `, and ${keys.length - SHOWN} more` : ''
    return cleanLine(`Not in the files, left as they are: ${kind} ${keys.slice(0, SHOWN).join(', ')}${more}`)
  })
  return [
    ...(changes.length === 0 ? ['No changes of what is set up.'] : changes.map(lineOf)),
    ...left,
    ...notes.map((note) => `note: ${misfitLine(note)}`),
    ...problems.map(problemLine),
  ]
}
