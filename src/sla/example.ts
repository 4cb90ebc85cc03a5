// Reads a file of examples: calendars, policies and timelines as people write them. Refuses with the place of what is wrong.
import { z } from 'zod'
import type { Calendar } from '#hours/calendar.ts'
import { calendarSchema, calendarsOf } from '#hours/read-calendar.ts'
import { METRICS, type Terms } from '#sla/policy.ts'
import type { LogEvent } from '#sla/timeline.ts'
import { priorities } from '#tickets/vocabulary.ts'

export type Example = {
  readonly id: string
  readonly log: readonly LogEvent[]
  readonly terms: Terms
  readonly now: number
}

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const policy = z.object({
  targets: z.array(
    z.object({
      metric: z.enum(METRICS),
      priority: z.enum(priorities),
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
  calendars: z.record(z.string(), calendarSchema),
  examples: z.array(
    z.object({
      id: z.string(),
      policies: z.record(z.string(), policy),
      calendars: z.record(z.string(), calendarSchema).default({}),
      teamCalendars: z.record(z.string(), z.string()).default({}),
      timeline: z.array(event),
      now: instant,
    }),
  ),
})

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
