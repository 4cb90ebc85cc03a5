// Reads a file of examples: calendars, policies and timelines as people write them. Refuses with the place of what is wrong.
import { z } from 'zod'
import {
  problemOfHours,
  WEEKDAYS,
  type Calendar,
  type CalendarVersion,
  type LocalInterval,
} from '#hours/calendar.ts'
import { isZone } from '#hours/zone.ts'
import { METRICS, type Terms } from '#sla/policy.ts'
import type { LogEvent } from '#sla/timeline.ts'

export type Example = {
  readonly id: string
  readonly log: readonly LogEvent[]
  readonly terms: Terms
  readonly now: number
}

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is no time of day from 00:00 to 24:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const hours = z.array(z.tuple([time, time])).superRefine((value, context) => {
  const problem = problemOfHours(value)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})
const version = z.object({
  effectiveFrom: instant.nullable().default(null),
  timeZone: z.string().refine(isZone, 'is no time zone of the IANA database'),
  weekly: z.partialRecord(z.enum(WEEKDAYS), hours).default({}),
  holidays: z.array(z.string().regex(/^(\d{4}-)?\d\d-\d\d$/, 'is no date')).default([]),
  exceptions: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is no date'), hours).default({}),
})
const calendar = z.union([
  z.object({ union: z.array(z.string()).min(1) }),
  z.object({ versions: z.array(version).min(1) }),
  version,
])
const policy = z.object({
  targets: z.array(
    z.object({
      metric: z.enum(METRICS),
      priority: z.enum(['low', 'normal', 'high', 'urgent']),
      seconds: z.number().positive().nullable(),
      calendar: z.string(),
    }),
  ),
  options: z
    .object({
      agentCreatedCounts: z.boolean(),
      noteFulfils: z.boolean(),
      assistantReplyFulfils: z.boolean(),
      onHoldPausesRequesterWait: z.boolean(),
      ownershipPausesInPending: z.boolean(),
      totalCountsResolvedGap: z.boolean(),
      mergeInheritsEarliest: z.boolean(),
    })
    .partial()
    .default({}),
})
const event = z.object({
  seq: z.number(),
  updateId: z.union([z.string(), z.number()]).transform(String),
  at: instant,
  actor: z.string(),
  kind: z.string(),
  payload: z.record(z.string(), z.unknown()).default({}),
})
const file = z.object({
  calendars: z.record(z.string(), calendar),
  examples: z.array(
    z.object({
      id: z.string(),
      policies: z.record(z.string(), policy),
      calendars: z.record(z.string(), calendar).default({}),
      teamCalendars: z.record(z.string(), z.string()).default({}),
      timeline: z.array(event),
      now: instant,
    }),
  ),
})

type Written = z.output<typeof calendar>
type WrittenExample = z.output<typeof file>['examples'][number]

export type ReadExamples =
  | { readonly ok: true; readonly examples: readonly Example[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads parsed JSON; every problem names its place. */
export function readExamples(input: unknown): ReadExamples {
  const read = file.safeParse(input)
  if (!read.success)
    return {
      ok: false,
      problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    }
  const problems: string[] = []
  calendarsOf(read.data.calendars, problems)
  const examples = read.data.examples.map((each, index) => {
    const calendars = calendarsOf({ ...read.data.calendars, ...each.calendars }, problems)
    problems.push(...disorderIn(each, calendars).map((problem) => `examples.${index}.${problem}`))
    const policies = new Map(Object.entries(each.policies))
    const terms = { policies, calendars, teamCalendars: new Map(Object.entries(each.teamCalendars)) } as Terms
    return { id: each.id, log: each.timeline, now: each.now, terms }
  })
  return problems.length > 0 ? { ok: false, problems: [...new Set(problems)] } : { ok: true, examples }
}

/** References to what is not there, and a log that runs backwards. */
function disorderIn(each: WrittenExample, calendars: ReadonlyMap<string, Calendar>): string[] {
  const problems: string[] = []
  for (const [id, { targets }] of Object.entries(each.policies))
    targets.forEach((target, index) => {
      if (target.calendar !== 'inherit' && !calendars.has(target.calendar))
        problems.push(`policies.${id}.targets.${index}.calendar: there is no calendar "${target.calendar}"`)
    })
  for (const [team, id] of Object.entries(each.teamCalendars))
    if (!calendars.has(id)) problems.push(`teamCalendars.${team}: there is no calendar "${id}"`)
  each.timeline.forEach(({ seq, at, kind, payload }, index) => {
    const before = each.timeline[index - 1]
    if (before !== undefined && (at < before.at || seq <= before.seq))
      problems.push(`timeline.${index}: is out of order`)
    if (
      kind === 'sla_applied' &&
      payload['policyId'] !== null &&
      !(String(payload['policyId']) in each.policies)
    )
      problems.push(`timeline.${index}.payload.policyId: there is no policy "${String(payload['policyId'])}"`)
  })
  return problems
}

function calendarsOf(written: Readonly<Record<string, Written>>, problems: string[]): Map<string, Calendar> {
  const made = new Map<string, Calendar>()
  const make = (id: string, inside: readonly string[]): Calendar | null => {
    const [known, given] = [made.get(id), written[id]]
    if (known !== undefined) return known
    if (given === undefined || inside.includes(id)) {
      const problem = given === undefined ? `there is no calendar "${id}"` : 'is a part of itself'
      problems.push(`calendars.${inside.at(-1) ?? id}: ${problem}`)
      return null
    }
    const calendar: Calendar =
      'union' in given
        ? { id, union: given.union.flatMap((part) => make(part, [...inside, id]) ?? []) }
        : { id, versions: ('versions' in given ? given.versions : [given]).map(versionOf) }
    made.set(id, calendar)
    return calendar
  }
  for (const id of Object.keys(written)) make(id, [])
  if (!made.has('always')) made.set('always', ALWAYS)
  return made
}

function versionOf({ weekly, holidays, exceptions, ...rest }: z.output<typeof version>): CalendarVersion {
  return {
    ...rest,
    weekly: weekly as CalendarVersion['weekly'],
    holidays: new Set(holidays),
    exceptions: new Map(Object.entries(exceptions)),
  }
}

const DAY: readonly LocalInterval[] = [[0, 1440]]
const ALWAYS: Calendar = {
  id: 'always',
  versions: [
    {
      effectiveFrom: null,
      timeZone: 'UTC',
      weekly: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY },
      holidays: new Set(),
      exceptions: new Map(),
    },
  ],
}
