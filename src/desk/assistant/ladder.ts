// Steps of the ladder, each a version of the configuration that goes live: up by a person's press where nothing is missing, down by a
// person's press or by itself when something bad happens too often, or anything harmful at all.
import { agreementOf } from '#assistant/agreement.ts'
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import {
  addSteps,
  liveHistory,
  lockLive,
  outcomesSince,
  ownerOfLive,
  peopleSince,
} from '#assistant/ladder-store.ts'
import {
  ladderOf,
  rungBeside,
  withRung,
  type LadderPlace,
  type LadderRow,
  type Step,
} from '#assistant/ladder.ts'
import { categoryCounts } from '#assistant/metric-store.ts'
import { pairsOfVerdicts } from '#assistant/verdict-store.ts'
import { rungs, type Rung } from '#assistant/words.ts'
import { goLive, publishVersion } from '#desk/assistant/publish.ts'
import type { Desk } from '#desk/desk.ts'
import { tellAboutSteps } from '#desk/outbound/alerts.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { audit } from '#people/audit-store.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Round } from '#store/lane.ts'
import type { Db, Transaction } from '#store/database.ts'

/** What is older says little of the desk's articles and questions of today. */
const REMEMBERED_SECONDS = 180 * 86_400
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
  const counts = await categoryCounts(db)
  return ladderOf({
    config,
    history: await liveHistory(db),
    outcomes: await outcomesSince(db, since),
    people: await peopleSince(db, since),
    agreement: await reviewersAgree(desk, db),
    categoryIds: counts.filter(({ tickets, runs }) => tickets + runs > 0).map(({ id }) => id),
    now,
  })
}

export type Asked = LadderPlace & { readonly from: Rung; readonly to: Rung }
export type NoStep =
  | { readonly no: 'moved' | 'far' | 'missing' }
  | { readonly no: 'unpublished'; readonly why: string }

/** Takes a step that a person asks for; says why not where it may not be taken. */
export async function takeStep(
  desk: Desk,
  tx: Transaction,
  asked: Asked,
  by: PersonId,
): Promise<number | NoStep> {
  const version = await lockLive(tx)
  const live = version === null ? null : await findConfig(tx, version)
  const rows = live === null ? [] : await ladderUnder(desk, tx, live.content)
  const { from, to } = asked
  const row = rows.find((each) => isAt(each, asked))
  if (live === null || row === undefined || row.rung !== from) return { no: 'moved' }
  const isUp = rungs.indexOf(to) > rungs.indexOf(from)
  if (isUp && row.next !== to) return { no: 'far' }
  if (isUp && row.missing.length > 0) return { no: 'missing' }
  const { brandId, channel, categoryId } = row
  const step: Step = { brandId, channel, categoryId, from, to, why: 'pressed' }
  const next = await withSteps(desk, tx, live.content, [step], by)
  if (!isUp) await goLive(desk, tx, next)
  const why = isUp ? await publishVersion(desk, tx, next) : null
  return why === null ? next : { no: 'unpublished', why }
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

function isAt(row: LadderPlace, place: LadderPlace): boolean {
  return row.brandId === place.brandId && row.channel === place.channel && row.categoryId === place.categoryId
}
