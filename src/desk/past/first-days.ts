// The first days of rules that went live on a backtest, beside what it foretold.
import { reportOfBacktest } from '#backtest/backtest-store.ts'
import { foretold, WATCHED_DAYS, watchedDays, type Foretold, type Watched } from '#backtest/prediction.ts'
import type { Desk } from '#desk/desk.ts'
import { localDate } from '#hours/zone.ts'
import type { Bounds } from '#kit/statistics.ts'
import { plus } from '#kit/time.ts'
import { firingsByQuarter, mailsByQuarter } from '#rules/health-store.ts'
import { publicationOf } from '#rules/rulebook-store.ts'
import type { Rulebook } from '#rules/rule.ts'
import type { Db } from '#store/database.ts'

const DAY = 86_400

/** Each rule's days since a book went live, seven at most; null when it did not go live on a backtest that is still kept. */
export async function firstDays(desk: Desk, db: Db, book: Rulebook): Promise<readonly Watched[] | null> {
  const published = await publicationOf(db, book.version)
  const report = published?.backtestId ? await reportOfBacktest(db, published.backtestId) : null
  if (published === null || report === null) return null
  const { timeZone: zone } = (await desk.setup.now()).desk
  const now = desk.clock.now()
  const dayOf = (at: string) => localDate(zone, Date.parse(at))
  // The day on which it went live is not whole: the first that counts is the next.
  const days = Array.from({ length: WATCHED_DAYS }, (_, index) =>
    dayOf(plus(published.at, (index + 1) * DAY)),
  )
  const past = days.filter(
    (day) => day <= dayOf(now) && (published.endedAt === null || day < dayOf(published.endedAt)),
  )
  const rules = book.rules.filter(({ enabled, kind }) => enabled && kind !== 'macro')
  const window = { from: published.at, to: plus(published.at, (WATCHED_DAYS + 2) * DAY) }
  const ids = rules.map(({ id }) => id)
  const byDay = {
    fired: daysOf(await firingsByQuarter(db, ids, window), dayOf),
    mailed: daysOf(await mailsByQuarter(db, ids, window), dayOf),
  }
  const ranges = new Map(report.rules.map((rule) => [rule.id, rule]))
  // A report from before mails were foretold says nothing of them.
  const isOfMails = report.rules.some(({ mailsPerDay }) => mailsPerDay !== undefined)
  return rules.flatMap(({ id }) =>
    foretold.flatMap((what) => {
      const counts = byDay[what].get(id) ?? {}
      const range = (what === 'fired' ? ranges.get(id)?.perDay : ranges.get(id)?.mailsPerDay) ?? NEVER
      const mailsNothing = range.high === 0 && Object.keys(counts).length === 0
      if (what === 'mailed' && (!isOfMails || mailsNothing)) return []
      return [watchedDays({ ruleId: id, what, range }, counts, past, dayOf(now))]
    }),
  )
}

const NEVER: Bounds = { low: 0, high: 0 }

function daysOf(
  counted: readonly { readonly ruleId: number; readonly at: string; readonly count: number }[],
  dayOf: (at: string) => string,
): ReadonlyMap<number, Record<string, number>> {
  const byRule = new Map<number, Record<string, number>>()
  for (const { ruleId, at, count } of counted) {
    const own = byRule.get(ruleId) ?? {}
    byRule.set(ruleId, own)
    own[dayOf(at)] = (own[dayOf(at)] ?? 0) + count
  }
  return byRule
}

export type Surprise = Bounds & {
  readonly ruleId: number
  readonly title: string
  readonly what: Foretold
  readonly day: string
  readonly count: number
}

/** Rules that a person owns and that fired or mailed otherwise than was foretold, yesterday or today. */
export async function surprisesFor(desk: Desk, db: Db, ownerId: number): Promise<readonly Surprise[]> {
  const { rulebook, desk: own } = await desk.setup.now()
  const { version, rules } = rulebook.rulebook
  const owned = new Map(rules.flatMap((rule) => (rule.ownerId === ownerId ? [[rule.id, rule.title]] : [])))
  const now = desk.clock.now()
  const published = owned.size === 0 ? null : await publicationOf(db, version)
  if (published === null || plus(published.at, (WATCHED_DAYS + 2) * DAY) < now) return []
  const since = localDate(own.timeZone, Date.parse(plus(now, -DAY)))
  return ((await firstDays(desk, db, rulebook.rulebook)) ?? []).flatMap(
    ({ ruleId, what, low, high, days }) => {
      const title = owned.get(ruleId)
      const found = days.findLast(({ day, isOutside }) => isOutside && day >= since)
      if (title === undefined || found === undefined) return []
      return [{ ruleId, title, what, low, high, day: found.day, count: found.count }]
    },
  )
}
