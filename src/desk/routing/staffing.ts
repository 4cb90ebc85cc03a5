// Gathers what a staffing hint is made of, and asks how many agents each hour of the week needs.
import type { Desk } from '#desk/desk.ts'
import { ALWAYS } from '#hours/calendar.ts'
import { isOpen } from '#hours/working-time.ts'
import { hourOfWeek } from '#hours/zone.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { defaultUnits } from '#routing/load.ts'
import type { PresenceChange } from '#routing/report.ts'
import { shiftsOf } from '#routing/report.ts'
import { presencesSince } from '#routing/report-store.ts'
import { agentsNeeded, agentsThere, HOURS } from '#routing/staffing.ts'
import { cameByQuarter, workSeen } from '#routing/staffing-store.ts'
import { readStaff } from '#routing/staff-store.ts'
import type { Db } from '#store/database.ts'

/** An answer's work where the past says nothing: eight minutes; of chat, ten. */
const [USUAL_SECONDS, CHAT_SECONDS] = [480, 600]
/** People in a chat give up after three minutes on average. */
const PATIENCE_SECONDS = 180
const CHAT_SHARE = 0.8
const USUAL_PROMISE_HOURS = 8
const WEEK_MS = 7 * 86_400_000

export type StaffingAsked = {
  readonly days: number
  readonly queueId: number | null
  readonly promiseHours: number | null
  readonly chatSeconds: number
  readonly reader: Reader
}

/** The hint for one queue, or for all together. */
export async function staffingOf(desk: Desk, db: Db, asked: StaffingAsked) {
  const { routing, sla, directory, desk: settings } = await desk.setup.now()
  const now = desk.clock.now()
  const zone = settings.timeZone
  const since = plus(now, -asked.days * 86_400)
  const compiling = { directory, at: now, zone, agentId: asked.reader.agentId }
  const came = await cameByQuarter(
    db,
    routing.queues,
    { queueId: asked.queueId, since },
    compiling,
    asked.reader,
  )
  const seen = await workSeen(db, since, asked.reader)
  const from = seen.firstAt !== null && seen.firstAt > since ? seen.firstAt : since
  const weeks = Math.max(1, (Date.parse(now) - Date.parse(from)) / WEEK_MS)
  const perHour = (isChat: boolean) => {
    const counts = weekOf(() => 0)
    for (const { at, count } of came.filter((each) => each.isChat === isChat)) {
      const hour = hourOfWeek(zone, at)
      counts[hour] = (counts[hour] ?? 0) + count
    }
    return counts.map((count) => count / weeks)
  }
  const [mail, chat] = [perHour(false), perHour(true)]
  const calendars = routing.queues
    .filter(({ id }) => asked.queueId === null || id === asked.queueId)
    .map(({ definition }) => sla.calendars.get(definition.calendarId) ?? ALWAYS)
  const open = openHours((at) => calendars.some((calendar) => isOpen(calendar, at)), zone, now)
  const answer = seen.answerSeconds ?? USUAL_SECONDS
  const ticketSeconds = answer * (seen.answersPerTicket ?? 1)
  const promised = Math.max(1, Math.round((seen.promisedSeconds ?? USUAL_PROMISE_HOURS * 3_600) / 3_600))
  const promiseHours = Math.min(120, asked.promiseHours ?? promised)
  const needed = agentsNeeded(
    { mail, chat, open },
    {
      mailSeconds: ticketSeconds,
      chatSeconds: CHAT_SECONDS,
      promiseHours,
      chatPromise: { share: CHAT_SHARE, seconds: asked.chatSeconds },
      patienceSeconds: PATIENCE_SECONDS,
      chatsAtOnce: await chatsAtOnce(desk, db),
    },
  )
  const { shifts, seenSince } = await shiftsIn(desk, db, asked.queueId, from, now)
  const there = agentsThere(shifts, { from: seenSince, to: Date.parse(now) }, (at) => hourOfWeek(zone, at))
  return {
    weeks,
    promiseHours,
    chatSeconds: asked.chatSeconds,
    ticketSeconds,
    isGuess: seen.answerSeconds === null,
    timeZone: zone,
    hours: needed.map((count, hour) => ({
      came: (mail[hour] ?? 0) + (chat[hour] ?? 0),
      chats: chat[hour] ?? 0,
      needed: count,
      there: there[hour] ?? null,
      open: open[hour] ?? false,
    })),
  }
}

const weekOf = <Value>(of: (hour: number) => Value) => Array.from({ length: HOURS }, (_, hour) => of(hour))

/** Which hours of the week are open, by the week that begins now. */
function openHours(isOpenAt: (at: number) => boolean, zone: string, now: Instant): boolean[] {
  const open = weekOf(() => false)
  const from = Math.floor(Date.parse(now) / 3_600_000) * 3_600_000
  for (let hour = 0; hour < HOURS; hour++) {
    const at = from + hour * 3_600_000
    if (isOpenAt(at + 1_800_000)) open[hourOfWeek(zone, at + 1_800_000)] = true
  }
  return open
}

/** Chats that an agent may have at once, in the middle. */
async function chatsAtOnce(desk: Desk, db: Db): Promise<number> {
  const { routing } = await desk.setup.now()
  const units = routing.units.channels.chat ?? defaultUnits.channels.chat ?? 3
  const most = (await readStaff(db))
    .map(({ maxUnits, capacity }) => Math.floor(Math.min(maxUnits, capacity.chat ?? maxUnits) / units))
    .filter((each) => each > 0)
    .toSorted((a, b) => a - b)
  return most[Math.floor(most.length / 2)] ?? 1
}

/** When agents of a queue's teams were taking work, and since when that is known. */
async function shiftsIn(desk: Desk, db: Db, queueId: number | null, from: Instant, to: Instant) {
  const { routing } = await desk.setup.now()
  const queue = routing.queues.find(({ id }) => id === queueId)
  const teams =
    queue === undefined ? null : [...queue.definition.teams.primary, ...queue.definition.teams.secondary]
  const members = (await readStaff(db)).filter(
    (agent) => teams === null || agent.teams.some((team) => teams.includes(team)),
  )
  const ids = new Set<number>(members.map(({ id }) => id))
  const all = await presencesSince(db, from)
  const changes: PresenceChange[] = all.filter(({ agentId }) => ids.has(agentId))
  const first = all.reduce((least, { at }) => Math.min(least, at), Date.parse(to))
  return {
    shifts: shiftsOf(changes, Date.parse(from), Date.parse(to)),
    seenSince: Math.max(first, Date.parse(from)),
  }
}
