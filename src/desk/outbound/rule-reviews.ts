// Once a day what is wrong with live rules is written down for their owners to look at. What stands for a week is told to them by mail,
// and again each quarter; to the administrators where an owner has left.
import type { Desk } from '#desk/desk.ts'
import { tellAboutRules } from '#desk/outbound/alerts.ts'
import { rulesFared } from '#desk/reports/automation.ts'
import { localDate } from '#hours/zone.ts'
import { plus } from '#kit/time.ts'
import { keepReviews, takeUntold } from '#reporting/rule-review-store.ts'
import { liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Round } from '#store/lane.ts'

const LOOK_SECONDS = 86_400
const STANDS_SECONDS = 7 * 86_400
const QUARTER_SECONDS = 91 * 86_400

/** The round that looks at the live rules, once a day. */
export function reviewRules(desk: Desk): () => Promise<Round> {
  let nextAt = desk.clock.now()
  return async () => {
    const at = desk.clock.now()
    if (at < nextAt) return nextAt
    await look(desk)
    nextAt = plus(at, LOOK_SECONDS)
    return nextAt
  }
}

async function look(desk: Desk): Promise<void> {
  const at = desk.clock.now()
  const setup = await desk.setup.now()
  const rules = (await readRulebook(desk.database, await liveVersion(desk.database)))?.rules ?? []
  const fared = await rulesFared(desk.database, rules, setup, at)
  const found = fared.flatMap(({ rule, verdicts }) =>
    verdicts.map((verdict) => ({ ruleId: rule.id, verdict })),
  )
  const today = localDate(setup.desk.timeZone, Date.parse(at))
  await desk.database.transaction(async (tx) => {
    await keepReviews(tx, found, at)
    const untold = await takeUntold(tx, {
      at,
      today,
      openedBefore: plus(at, -STANDS_SECONDS),
      toldBefore: plus(at, -QUARTER_SECONDS),
    })
    const told = fared.flatMap(({ rule, isOwnerActive }) => {
      const verdicts = untold.flatMap(({ ruleId, verdict }) => (ruleId === rule.id ? [verdict] : []))
      return verdicts.length === 0
        ? []
        : [{ ownerId: isOwnerActive ? rule.ownerId : null, title: rule.title, verdicts }]
    })
    for (const [ownerId, own] of Map.groupBy(told, (each) => each.ownerId))
      await tellAboutRules(desk, tx, ownerId, own)
  })
}
