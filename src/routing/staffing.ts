// How many agents each hour of the week needs for what is promised: chats by Erlang A, since they are answered now or never; mail by
// levelling its work as far as the promise allows. A hint from averages, not a plan.
import { serversFor } from '#routing/erlang.ts'

export const HOURS = 168
/** A working hour is not all work on tickets. */
export const OCCUPANCY = 0.85

export type Week = {
  /** Tickets an hour, on average, by hour of the week from Monday midnight. */
  readonly mail: readonly number[]
  readonly chat: readonly number[]
  /** Hours in which the queue is open. */
  readonly open: readonly boolean[]
}

export type Terms = {
  /** Work of one mail ticket in all, and of one chat. */
  readonly mailSeconds: number
  readonly chatSeconds: number
  /** Open hours within which mail is to be answered. */
  readonly promiseHours: number
  readonly chatPromise: { readonly share: number; readonly seconds: number }
  readonly patienceSeconds: number
  /** Chats that one agent has at once. */
  readonly chatsAtOnce: number
}

/** Agents needed in each hour of the week. */
export function agentsNeeded({ mail, chat, open }: Week, terms: Terms): number[] {
  const work = mail.map((count) => (count * terms.mailSeconds) / 3_600)
  const levelled = levelWork(work, open, terms.promiseHours)
  return levelled.map((hours, hour) => {
    const load = {
      arrivalsPerHour: chat[hour] ?? 0,
      handleSeconds: terms.chatSeconds,
      patienceSeconds: terms.patienceSeconds,
    }
    const chats = open[hour] === true ? serversFor(load, terms.chatPromise) / terms.chatsAtOnce : 0
    return Math.ceil(hours / OCCUPANCY + chats - 1e-9)
  })
}

/** Weeks until each is like the one before; the last is only looked ahead to. */
const PLAYED_WEEKS = 8

/**
 * The hours of work to do in each hour of a week that repeats, so that each is done within so many open hours of coming and the
 * most that any hour asks for is as little as that allows. Work that comes while all is closed waits for the opening.
 */
export function levelWork(work: readonly number[], open: readonly boolean[], promiseHours: number): number[] {
  if (!open.includes(true)) return work.map(() => 0)
  const length = HOURS * PLAYED_WEEKS
  const isOpen = (hour: number) => open[hour % HOURS] === true
  const left = Array.from({ length: length + HOURS * 2 }, () => 0)
  const dues = Array.from({ length }, (_, hour) => dueHour(hour, isOpen, promiseHours))
  dues.forEach((due, hour) => (left[due] = (left[due] ?? 0) + (work[hour % HOURS] ?? 0)))
  const come: number[] = []
  const done: number[] = []
  for (let hour = 0; hour < length - HOURS; hour++) {
    const due = dues[hour] ?? hour
    come[due] = (come[due] ?? 0) + (work[hour % HOURS] ?? 0)
    const asked = isOpen(hour) ? tightest(left, hour, isOpen) : 0
    done[hour] = serve(asked, hour, left, come)
  }
  return done.slice(HOURS * (PLAYED_WEEKS - 2), HOURS * (PLAYED_WEEKS - 1))
}

/** The hour by whose end work that comes in `hour` must be done. */
function dueHour(hour: number, isOpen: (hour: number) => boolean, promiseHours: number): number {
  let due = hour
  for (let passed = 0; ; due++) if (isOpen(due) && ++passed >= Math.max(1, promiseHours)) return due
}

/** The pace that the most pressing stretch from now on asks for. */
function tightest(left: readonly number[], from: number, isOpen: (hour: number) => boolean): number {
  let sum = 0
  let opens = 0
  let most = 0
  for (let hour = from; hour < Math.min(from + HOURS, left.length); hour++) {
    sum += left[hour] ?? 0
    if (isOpen(hour)) opens++
    most = Math.max(most, sum / opens)
  }
  return most
}

/** Does so much of what has come, what is due first before the rest; returns how much that was. */
function serve(asked: number, from: number, left: number[], come: number[]): number {
  let done = 0
  for (let due = from; due < come.length && done < asked - 1e-12; due++) {
    const some = Math.min(come[due] ?? 0, asked - done)
    come[due] = (come[due] ?? 0) - some
    left[due] = (left[due] ?? 0) - some
    done += some
  }
  return done
}

type Stretch = { readonly from: number; readonly to: number }

/** Agents at work in each hour of the week, on average over the times that it came round; null where it has not yet. */
export function agentsThere(
  shifts: readonly Stretch[],
  seen: Stretch,
  hourOf: (at: number) => number,
): (number | null)[] {
  const rounds = hoursIn([seen], hourOf)
  return hoursIn(shifts, hourOf).map((hours, hour) => {
    const times = rounds[hour] ?? 0
    return times < 0.5 ? null : hours / times
  })
}

function hoursIn(stretches: readonly Stretch[], hourOf: (at: number) => number): number[] {
  const there = Array.from({ length: HOURS }, () => 0)
  for (const { from, to } of stretches)
    for (let at = from; at < to;) {
      const end = Math.min(to, (Math.floor(at / 3_600_000) + 1) * 3_600_000)
      const hour = hourOf(at)
      there[hour] = (there[hour] ?? 0) + (end - at) / 3_600_000
      at = end
    }
  return there
}
