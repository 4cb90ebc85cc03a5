// A ticket's log as its clocks read it: what was undone is taken out, what belongs together is one update, and each update says
// how the ticket stood after it and what happened in it.
import { byUpdate } from '#tickets/updates.ts'
import type { Hiding } from '#tickets/vocabulary.ts'

export type LogEvent = {
  readonly seq: number
  readonly updateId: string
  /** In ms. */
  readonly at: number
  readonly actor: string
  readonly kind: string
  readonly payload: Readonly<Record<string, unknown>>
}

export type Standing = {
  readonly status: string
  readonly priority: string
  readonly teamId: string | null
  readonly policyId: string | null
  readonly flags: ReadonlySet<Hiding>
}

export type Update = {
  readonly updateId: string
  readonly at: number
  readonly events: readonly LogEvent[]
  readonly after: Standing
  /** The policy was changed so that live clocks begin again. */
  readonly restarts: boolean
}

const START: Standing = { status: 'new', priority: 'normal', teamId: null, policyId: null, flags: new Set() }

/** The updates of a log that were not undone, as of `now` (ms). */
export function updatesOf(log: readonly LogEvent[], now: number): Update[] {
  return stood(valid(now === Infinity ? log : log.filter(({ at }) => at <= now)), START, now)
}

/** The updates of a log that has grown; null where what came since takes something back. */
export function updatesWith(updates: readonly Update[], more: readonly LogEvent[]): readonly Update[] | null {
  if (more.some(setsBack)) return null
  const last = updates.at(-1)
  if (last === undefined || last.updateId !== more[0]?.updateId)
    return [...updates, ...stood(more, standingOf(updates), Infinity)]
  const earlier = updates.slice(0, -1)
  return [...earlier, ...stood([...last.events, ...more], standingOf(earlier), Infinity)]
}

function stood(log: readonly LogEvent[], begins: Standing, now: number): Update[] {
  const updates: Update[] = []
  let standing = begins
  for (const events of byUpdate(log)) {
    const before = standing
    standing = events.reduce(stand, before)
    const changed = before.policyId !== null && before.policyId !== standing.policyId
    const asked = events.some(
      ({ kind, payload }) => kind === 'sla_applied' && payload['onChange'] === 'restart',
    )
    updates.push({
      updateId: events[0]?.updateId ?? '',
      at: events[0]?.at ?? now,
      events,
      after: standing,
      restarts: changed && asked,
    })
  }
  return updates
}

/** How the ticket stands after its updates. */
export function standingOf(updates: readonly Update[]): Standing {
  return updates.at(-1)?.after ?? START
}

const SET_BACK: readonly string[] = ['undone', 'message_reclassified', 'ticket_unmerged']

function setsBack({ kind }: LogEvent): boolean {
  return SET_BACK.includes(kind)
}

/** Without what was undone, and with later judgements on messages and merges applied. */
function valid(log: readonly LogEvent[]): readonly LogEvent[] {
  if (!log.some(setsBack)) return log
  const dropped = new Set<number>()
  const thanks = new Map<unknown, unknown>()
  const unmerged = new Set<unknown>()
  for (const { seq, kind, payload } of log.toReversed()) {
    if (dropped.has(seq)) continue
    if (kind === 'undone') for (const each of (payload['seqs'] ?? []) as number[]) dropped.add(each)
    else if (kind === 'message_reclassified' && !thanks.has(payload['messageId']))
      thanks.set(payload['messageId'], payload['thanks'])
    else if (kind === 'ticket_unmerged') unmerged.add(payload['sourceTicketId'])
    else if (kind === 'ticket_merged_in' && unmerged.delete(payload['sourceTicketId'])) dropped.add(seq)
  }
  return log
    .filter(({ seq, kind }) => kind !== 'undone' && !dropped.has(seq))
    .map((event) => {
      const id = event.payload['messageId']
      return id !== undefined && thanks.has(id)
        ? { ...event, payload: { ...event.payload, thanks: thanks.get(id) } }
        : event
    })
}

function stand(standing: Standing, { kind, payload }: LogEvent): Standing {
  const { flags } = standing
  switch (kind) {
    case 'ticket_opened':
      return { ...standing, ...openedAs(payload) }
    case 'status_changed':
      return { ...standing, status: String(payload['to']) }
    case 'priority_changed':
      return { ...standing, priority: String(payload['to']) }
    case 'team_changed':
      return { ...standing, teamId: idOf(payload['to']) }
    case 'sla_applied':
      return { ...standing, policyId: idOf(payload['policyId']) }
    case 'spam_marked':
      return { ...standing, flags: flags.union(new Set<Hiding>(['spam'])) }
    case 'spam_unmarked':
      return { ...standing, flags: flags.difference(new Set(['spam'])) }
    case 'ticket_deleted':
      return { ...standing, flags: flags.union(new Set<Hiding>(['deleted'])) }
    case 'ticket_restored':
      return { ...standing, flags: flags.difference(new Set(['deleted'])) }
    case 'ticket_merged_into':
      return { ...standing, flags: flags.union(new Set<Hiding>(['merged'])) }
    case 'ticket_unmerged_from':
      return { ...standing, flags: flags.difference(new Set(['merged'])) }
    default:
      return standing
  }
}

function openedAs(payload: LogEvent['payload']): Partial<Standing> {
  return {
    ...(payload['status'] === undefined ? {} : { status: String(payload['status']) }),
    ...(payload['priority'] === undefined ? {} : { priority: String(payload['priority']) }),
    ...(payload['teamId'] === undefined ? {} : { teamId: idOf(payload['teamId']) }),
  }
}

function idOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
