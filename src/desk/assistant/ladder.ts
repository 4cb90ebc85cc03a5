// Steps of the ladder, each a version of the configuration that goes live: up by a person's press where nothing is missing, down by a
// person's press or by itself when something bad happens too often, or anything harmful at all.
import { agreementOf } from '#assistant/agreement.ts'
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import {
  addSteps,
  categoriesInUse,
  daysLooked,
  handedOverSince,
  liveHistory,
  lockLive,
  outcomesSince,
  ownerOfLive,
  peopleSince,
} from '#assistant/ladder-store.ts'
import { ladderOf, REMEMBERED_SECONDS, type LadderRow } from '#assistant/ladder.ts'
import { isAbove, isSamePlace, rungBeside, withRung, type LadderPlace, type Step } from '#assistant/rungs.ts'
import { pairsOfVerdicts } from '#assistant/verdict-store.ts'
import type { Rung } from '#assistant/words.ts'
import { failureOf, goLive, tryOut, unreadyOf, type Trial } from '#desk/assistant/publish.ts'
import type { Desk } from '#desk/desk.ts'
import { tellAboutSteps } from '#desk/outbound/alerts.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { audit } from '#people/audit-store.ts'
import { isFilled } from '#reporting/fill-store.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Round } from '#store/lane.ts'
import type { Db, Transaction } from '#store/database.ts'

const AGREED_SECONDS = 90 * 86_400
const LOOK_SECONDS = 300

/** How far two reviewers mean the same. */
export async function reviewersAgree(desk: Desk, db: Db) {
  return agreementOf(await pairsOfVerdicts(db, plus(desk.clock.now(), -AGREED_SECONDS)))
}

/** The ladder as it stands; none while no version is live. */
export async function ladderNow(desk: Desk, db: Db): Promise<LadderRow[]> {
  const { version } = await liveAssistant(db)
  const live = version === null ? null : await findConfig(db, version)
  return live === null ? [] : ladderUnder(desk, db, live.content)
}

async function ladderUnder(desk: Desk, db: Db, config: AssistantConfig): Promise<LadderRow[]> {
  const now = desk.clock.now()
  const since = plus(now, -REMEMBERED_SECONDS)
  return ladderOf({
    config,
    history: await liveHistory(db),
    outcomes: await outcomesSince(db, since),
    looked: await daysLooked(db, since),
    handedOver: await handedOverSince(db, since),
    people: await peopleSince(db, plus(since, -REMEMBERED_SECONDS)),
    agreement: await reviewersAgree(desk, db),
    categoryIds: await categoriesInUse(db, since),
    now,
  })
}

export type Asked = LadderPlace & { readonly from: Rung; readonly to: Rung }
export type NoStep =
  | { readonly no: 'moved' | 'far' | 'missing' | 'falls' | 'filling' }
  | { readonly no: 'unpublished'; readonly why: string }

/** What a step up was tried with, before anything is held. */
export type Tried = { readonly version: number | null; readonly trial: Trial }

/** Lives the scenarios through as after a step that a person asks for; one down waits for none. */
export async function tryStep(desk: Desk, asked: Asked): Promise<Tried> {
  const { version } = await liveAssistant(desk.database)
  const live = version === null ? null : await findConfig(desk.database, version)
  if (live === null || !isAbove(asked.to, asked.from)) return { version, trial: [] }
  return { version, trial: await tryOut(desk, withRung(live.content, asked, asked.to)) }
}

/** Takes a step that a person asks for; says why not where it may not be taken. */
export async function takeStep(
  desk: Desk,
  tx: Transaction,
  asked: Asked,
  { by, tried }: { by: PersonId; tried: Tried },
): Promise<number | NoStep> {
  const version = await lockLive(tx)
  const live = version === null ? null : await findConfig(tx, version)
  const rows = live === null ? [] : await ladderUnder(desk, tx, live.content)
  const { from, to } = asked
  const row = rows.find((each) => isSamePlace(each, asked))
  if (live === null || row === undefined || row.rung !== from) return { no: 'moved' }
  const { brandId, channel, categoryId } = row
  const step: Step = { brandId, channel, categoryId, from, to, why: 'pressed' }
  const content = withRung(live.content, step, to)
  if (isAbove(to, from)) {
    // What it was tried as is not what it would be now.
    if (version !== tried.version) return { no: 'moved' }
    if (row.next !== to) return { no: 'far' }
    if (row.falls !== null) return { no: 'falls' }
    // Until then what the assistant settled counts as people's.
    if (!(await isFilled(tx))) return { no: 'filling' }
    if (row.missing.length > 0) return { no: 'missing' }
    const why = unreadyOf(content) ?? failureOf(tried.trial)
    if (why !== null) return { no: 'unpublished', why }
  }
  const next = await withSteps(desk, tx, live.content, [step], by)
  await goLive(desk, tx, next)
  return next
}

/** Takes every step down that is due, in one version; null where none is. */
export async function fallWhereDue(desk: Desk, tx: Transaction): Promise<number | null> {
  const version = await lockLive(tx)
  const live = version === null ? null : await findConfig(tx, version)
  if (live === null) return null
  const steps = (await ladderUnder(desk, tx, live.content)).flatMap(fallOf)
  if (steps.length === 0) return null
  const owner = await ownerOfLive(tx)
  const next = await withSteps(desk, tx, live.content, steps, null)
  await goLive(desk, tx, next)
  const thing = { type: 'assistant', id: next, name: `version ${next}` }
  await audit(tx, null, desk.clock.now(), { action: 'assistant_demoted', thing })
  await tellAboutSteps(desk, tx, { version: next, steps, ownerId: owner })
  return next
}

/** Looks every few minutes whether a step down is due. */
export function watchLadder(desk: Desk): () => Promise<Round> {
  let nextAt = desk.clock.now()
  return async () => {
    const at = desk.clock.now()
    if ((await desk.setup.now()).assistant.config === null) return null
    if (at < nextAt) return nextAt
    await desk.database.transaction((tx) => fallWhereDue(desk, tx))
    nextAt = plus(at, LOOK_SECONDS)
    return nextAt
  }
}

function fallOf({ brandId, channel, categoryId, rung, falls }: LadderRow): Step[] {
  const to = rungBeside(rung, -1)
  return falls === null || to === null ? [] : [{ brandId, channel, categoryId, from: rung, to, why: falls }]
}

async function withSteps(
  desk: Desk,
  tx: Transaction,
  config: AssistantConfig,
  steps: readonly Step[],
  by: PersonId | null,
): Promise<number> {
  const content = steps.reduce((all, step) => withRung(all, step, step.to), config)
  return addSteps(tx, { content, hash: hashOf(content), steps, by, at: desk.clock.now() })
}
