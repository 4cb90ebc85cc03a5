// The measures as folds over tickets, without a database: what the SQL of report-store.ts is held to on random histories.
import { assert } from '#kit/assert.ts'
import { never } from '#kit/never.ts'
import { hourOfWeek } from '#hours/zone.ts'
import { nearestRank } from '#kit/statistics.ts'
import { plus, secondsBetween, type Instant } from '#kit/time.ts'
import { bucketAt } from '#reporting/buckets.ts'
import {
  measures,
  PEOPLES_REPLIES,
  SURVIVAL_DAYS,
  type Durations,
  type Measure,
  type Shares,
  type Which,
} from '#reporting/measures.ts'
import { FEWEST, type Asked, type Summary } from '#reporting/report.ts'
import { ageBands, daysOfBand, type AgeBand, type GroupField } from '#reporting/vocabulary.ts'
import type { ReportRows } from '#reporting/rows.ts'
import { isOfStanding, standingCalled } from '#tickets/report-standing.ts'
import { BAD_TO, GOOD_FROM } from '#tickets/survey.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'
import type { ReportFact, ReportKind, ReportSpan } from '#tickets/write/report-store.ts'

/** A ticket with its rows; those that are set aside are not among them. */
export type Counted = ReportRows & {
  readonly id: number
  readonly openedAt: Instant
  readonly requesterId: number
  readonly categoryId: number | null
  readonly channel: string
  readonly brandId: number
}

/** One thing that is counted or timed. */
type Unit = { readonly at: Instant; readonly group: string | null; readonly value: number }

/** Sums up what is asked of some tickets. */
export function summarise(
  tickets: readonly Counted[],
  asked: Asked,
  begins: readonly Instant[],
  now: Instant,
): Summary[] {
  const { source, unit }: Measure = measures[asked.key]
  if (source.from === 'backlog') return backlogOf(tickets, asked, begins)
  const units = unitsOf(tickets, asked, now)
  const whole = { ...summed(units, unit), bucket: null, group: null }
  const cells = Map.groupBy(units, ({ at, group }) => JSON.stringify([bucketAt(begins, at), group]))
  const rest = [...cells].map(([cell, own]) => {
    const [bucket, group] = JSON.parse(cell) as [number, string | null]
    return { ...summed(own, unit), bucket, group }
  })
  return [whole, ...rest]
}

function summed(units: readonly Unit[], unit: Measure['unit']): Omit<Summary, 'bucket' | 'group'> {
  const values = units.map(({ value }) => value).toSorted((a, b) => a - b)
  const sum = values.reduce((total, value) => total + value, 0)
  const n = values.length
  if (unit !== 'seconds') return { n, sum, percentiles: null, values: null }
  const rank = (share: number) => nearestRank(values, share)
  const isFew = n < FEWEST
  return {
    n,
    sum,
    percentiles: isFew ? null : [rank(0.5), rank(0.9), rank(0.95)],
    values: isFew ? values : null,
  }
}

function unitsOf(tickets: readonly Counted[], asked: Asked, now: Instant): Unit[] {
  const { source }: Measure = measures[asked.key]
  switch (source.from) {
    case 'durations':
    case 'counts':
    case 'shares':
      return tickets.flatMap((ticket) =>
        ticket.facts
          .filter((fact) => source.kinds.includes(fact.kind) && isMeant(fact, source.which, ticket))
          .filter(({ at, sinceAt }) => isIn(at, asked) && (source.from !== 'durations' || sinceAt !== null))
          .map((fact) => ({
            at: fact.at,
            group:
              asked.by === 'weekhour'
                ? String(hourOfWeek(asked.zone, Date.parse(fact.at)))
                : groupOf(asked.by, ticket, fact),
            value:
              source.from === 'durations'
                ? secondsOf(source, fact, asked)
                : source.from === 'counts'
                  ? source.minus.includes(fact.kind)
                    ? -1
                    : 1
                  : Number(isHit(source, fact, ticket, tickets)),
          })),
      )
    case 'ages':
      return agesOf(tickets, asked, now)
    case 'backlog':
    case 'clocks':
    case 'verdicts':
    case 'mails':
    case 'touches':
    case 'reviews':
    case 'saved':
      return []
    default:
      return never(source)
  }
}

function isMeant({ nth, untilAt, configVersion }: ReportFact, which: Which, { facts }: Counted): boolean {
  switch (which) {
    case 'all':
      return true
    case 'first':
      return nth === 1
    case 'later':
      return nth > 1
    case 'standing':
      return untilAt === null
    case 'assistants':
      return configVersion !== null
    case 'peoples':
      return configVersion === null
    case 'held_out':
      return facts.some(({ kind }) => kind === 'held_out')
    default:
      return never(which)
  }
}

function secondsOf({ spentAs, onlyWall }: Durations, fact: ReportFact, { hours }: Asked): number {
  const isWall = hours === 'wall' || onlyWall === true
  if (spentAs === undefined)
    return Math.floor(
      isWall ? secondsBetween(fact.sinceAt ?? fact.at, fact.at) : (fact.workingMs ?? 0) / 1000,
    )
  const spent = (isWall ? fact.spentMs : fact.spentWorkingMs) ?? []
  const ms = spentAs.reduce((sum, status) => sum + (spent[activeStatuses.indexOf(status)] ?? 0), 0)
  return Math.floor(ms / 1000)
}

function isHit({ test }: Shares, fact: ReportFact, ticket: Counted, tickets: readonly Counted[]): boolean {
  const untilOf = ({ at }: ReportFact) => plus(at, SURVIVAL_DAYS * 86_400)
  const stood = (of: ReportFact) => of.untilAt === null || of.untilAt > untilOf(of)
  const cameBack = (of = fact) =>
    of.categoryId !== null &&
    tickets.some(
      ({ id, requesterId, categoryId, openedAt }) =>
        id !== ticket.id &&
        requesterId === ticket.requesterId &&
        categoryId === of.categoryId &&
        openedAt > of.at &&
        openedAt <= untilOf(of),
    )
  const has = (kinds: readonly ReportKind[], more: (other: ReportFact) => boolean = () => true) =>
    ticket.facts.some((other) => kinds.includes(other.kind) && more(other))
  const alone = () => !has(PEOPLES_REPLIES)
  switch (test) {
    case 'one_touch':
      return fact.oneTouch === true
    case 'reopened':
      return fact.untilAt !== null
    case 'survived':
      return stood(fact) && !cameBack()
    case 'first_contact':
      return fact.oneTouch === true && !cameBack()
    case 'good':
      return fact.score !== null && fact.score >= GOOD_FROM
    case 'bad':
      return fact.score !== null && fact.score <= BAD_TO
    case 'answered':
      return fact.untilAt !== null
    case 'involved':
      return has(['assistant_answered'])
    case 'contained':
      return alone()
    case 'confirmed':
      return (
        alone() &&
        (has(['confirmed']) ||
          has(['rated'], ({ configVersion, score }) => configVersion !== null && (score ?? 0) >= GOOD_FROM))
      )
    case 'survived_alone':
      return stood(fact) && !cameBack() && alone()
    case 'automated':
      return alone() && has(['resolved'], (one) => one.configVersion !== null && stood(one) && !cameBack(one))
    case 'assisted':
      return has(['draft_accepted', 'draft_edited'], ({ at }) => at <= fact.at)
    case 'word_by_word':
      return has(['draft_accepted'], ({ at }) => at >= fact.at)
    case 'accepted':
    case 'edited':
    case 'rejected':
      return fact.kind === `draft_${test}`
    default:
      return never(test)
  }
}

function agesOf(tickets: readonly Counted[], asked: Asked, now: Instant): Unit[] {
  const end = asked.to < now ? asked.to : now
  return tickets.flatMap((ticket) => {
    const span = ticket.spans.find((each) => isActiveBefore(each, asked.to))
    if (span === undefined) return []
    const value = Math.max(0, Math.floor(secondsBetween(ticket.openedAt, end)))
    const group =
      asked.by === 'age' ? ageBandOf(secondsBetween(ticket.openedAt, end)) : groupOf(asked.by, ticket, span)
    return [{ at: asked.from, group, value }]
  })
}

function ageBandOf(seconds: number): AgeBand {
  return ageBands.find((band) => seconds < (daysOfBand(band) ?? Infinity) * 86_400) ?? 'older'
}

function backlogOf(tickets: readonly Counted[], asked: Asked, begins: readonly Instant[]): Summary[] {
  const at = (bucket: number) => begins[bucket + 1] ?? asked.to
  const active = (end: Instant) =>
    tickets.flatMap((ticket) => {
      const span = ticket.spans.find((each) => isActiveBefore(each, end))
      return span === undefined ? [] : [groupOf(asked.by, ticket, span)]
    })
  const summary = (bucket: number | null, group: string | null, n: number): Summary => ({
    bucket,
    group,
    n,
    sum: n,
    percentiles: null,
    values: null,
  })
  const cells = begins.flatMap((_, bucket) =>
    [...Map.groupBy(active(at(bucket)), (group) => group)].map(([group, own]) =>
      summary(bucket, group, own.length),
    ),
  )
  return [summary(null, null, active(asked.to).length), ...cells]
}

function isActiveBefore({ status, fromAt, toAt }: ReportSpan, end: Instant): boolean {
  return (
    (activeStatuses as readonly string[]).includes(status) && fromAt < end && (toAt === null || toAt >= end)
  )
}

function isIn(at: Instant, { from, to }: Asked): boolean {
  return from <= at && at < to
}

function groupOf(by: GroupField | null, ticket: Counted, row: ReportFact | ReportSpan): string | null {
  const text = (value: number | string | null) => (value === null ? null : String(value))
  if (by === null) return null
  if (isOfStanding(by)) return text(row[standingCalled(by).key])
  switch (by) {
    case 'channel':
      return ticket.channel
    case 'brand':
      return text(ticket.brandId)
    case 'author':
      assert('authorId' in row, 'only replies have an author')
      return text(row.authorId)
    case 'status':
      assert('status' in row, 'only stretches have a status')
      return row.status
    case 'version':
      assert('configVersion' in row, 'only facts have a version')
      return text(row.configVersion)
    case 'policy':
    case 'metric':
    case 'age':
    case 'cause':
    case 'hour':
    case 'weekhour':
    case 'reason':
    case 'question':
      return null
    default:
      return never(by)
  }
}
