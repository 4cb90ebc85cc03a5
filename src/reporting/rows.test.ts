// What reports know of a ticket, told as stories: what counts when, whose it is, and what an undo or a merge leaves of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { TeamId } from '#kit/ids.ts'
import { secondsBetween } from '#kit/time.ts'
import { changesOf, joinedChanges } from '#reporting/changes.ts'
import { counts, goesOn, moves } from '#reporting/moves.ts'
import { folded, goneOn, reportRows, type ReportRows } from '#reporting/rows.ts'
import { evolve } from '#tickets/evolve.ts'
import { byUpdate } from '#tickets/updates.ts'
import { voidedSeqs } from '#tickets/void.ts'
import { live, steps } from '#tickets/random.ts'
import {
  ada,
  agentAda,
  batch,
  bo,
  day,
  does,
  leadBo,
  mail,
  monday,
  north,
  noted,
  opened,
  replied,
  set,
  story,
  assistant,
  system,
  updateId,
  type Story,
} from '#tickets/sentences.ts'
import { isActive, isFlagged } from '#tickets/status.ts'
import type { Worked } from '#reporting/steps.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { ReportChanges } from '#tickets/write/report-store.ts'

const wall = (_: unknown, from: number, to: number) => to - from
const rowsOf = (told: Story) => reportRows(told.log, wall)
const hour = 3_600
const west = 2 as TeamId

/** The facts in words: kind, seconds after the opening, and the seconds that it took. */
function facts(told: Story): string[] {
  return rowsOf(told).facts.map(({ kind, at, sinceAt }) => {
    const took = sinceAt === null ? '' : ` took ${secondsBetween(sinceAt, at)}`
    return `${kind} at ${secondsBetween(monday, at)}${took}`
  })
}

function spans(told: Story): string[] {
  return rowsOf(told).spans.map(({ status, fromAt, toAt, censored }) => {
    const to = toAt === null ? 'now' : secondsBetween(monday, toAt)
    return `${status} ${secondsBetween(monday, fromAt)}–${to}${censored ? ' set aside' : ''}`
  })
}

test('a plain life: opened, answered, asked again, answered, resolved', () => {
  const told = story(
    opened(),
    replied(agentAda, { set: { status: 'pending' } }, { at: hour }),
    mail({ at: 2 * hour }),
    mail({ at: 3 * hour }),
    replied(agentAda, { set: { status: 'resolved' } }, { at: 4 * hour }),
  )
  assert.deepEqual(facts(told), [
    'opened at 0',
    'first_reply at 3600 took 3600',
    'next_reply at 14400 took 7200',
    'resolved at 14400 took 14400',
  ])
  const resolve = rowsOf(told).facts.at(-1)
  assert.deepEqual(resolve?.spentMs, [3_600_000, 7_200_000, 3_600_000, 0])
  assert.equal(resolve?.oneTouch, false)
  assert.deepEqual(spans(told), ['new 0–3600', 'pending 3600–7200', 'open 7200–14400', 'resolved 14400–now'])
})

test('thanks starts no run, a note answers nothing, a reply that nobody asked for took no time', () => {
  const told = story(
    opened(),
    noted(agentAda, { at: 60 }),
    replied(agentAda, { set: { status: 'resolved' } }, { at: 120 }),
    mail({ at: 180 }, { thanks: true }),
    replied(agentAda, {}, { at: 240 }),
  )
  assert.deepEqual(facts(told), [
    'opened at 0',
    'first_reply at 120 took 120',
    'resolved at 120 took 120',
    'further_reply at 240',
  ])
})

test('the assistant is shown beside people, never instead', () => {
  const told = story(opened(), replied(assistant, {}, { at: 60 }), replied(agentAda, {}, { at: hour }))
  assert.deepEqual(facts(told), [
    'opened at 0',
    'assistant_first_reply at 60 took 60',
    'assistant_answered at 60',
    'first_reply at 3600 took 3600',
  ])
  assert.deepEqual(
    rowsOf(told).facts.map(({ nth }) => nth),
    [1, 1, 1, 2],
  )
})

test('a fact belongs to whom it belonged then, whatever changes later', () => {
  const told = story(
    opened(),
    replied(agentAda, { set: { teamId: north, assigneeId: ada } }, { at: 60 }),
    set(leadBo, { assigneeId: bo, teamId: west, priority: 'urgent' }, { at: 120 }),
  )
  const reply = rowsOf(told).facts.find(({ kind }) => kind === 'first_reply')
  assert.deepEqual(
    [reply?.authorId, reply?.assigneeId, reply?.teamId, reply?.priority],
    [ada, ada, north, 'normal'],
  )
})

test('a reopened resolve says until when it stood; one that stands says whether one reply was enough', () => {
  const resolve = replied(agentAda, { set: { status: 'resolved' } }, { at: 60 })
  const once = rowsOf(story(opened(), resolve)).facts.at(-1)
  assert.deepEqual([once?.untilAt, once?.oneTouch], [null, true])
  const again = story(
    opened(),
    resolve,
    mail({ at: 120 }),
    set(agentAda, { status: 'resolved' }, { at: 180 }),
  )
  const resolves = rowsOf(again).facts.filter(({ kind }) => kind === 'resolved')
  assert.deepEqual(
    resolves.map(({ untilAt, oneTouch }) => [untilAt && secondsBetween(monday, untilAt), oneTouch]),
    [
      [120, null],
      [null, false],
    ],
  )
  assert.ok(facts(again).includes('reopened at 120'))
})

test('teams that send a ticket to and fro without a word play ping-pong', () => {
  const to = (teamId: TeamId, at: number) => set(leadBo, { teamId }, { at })
  const told = story(
    opened(),
    to(north, 1),
    to(west, 2),
    to(north, 3),
    noted(agentAda, { at: 4 }),
    to(west, 5),
  )
  assert.deepEqual(
    facts(told).filter((each) => !each.startsWith('opened')),
    ['team_hop at 2', 'team_hop at 3', 'ping_pong at 3', 'team_hop at 5'],
  )
})

test('an undone resolve never was, one undone twice was', () => {
  const told = story(opened(), replied(agentAda, { set: { status: 'open' } }, { at: 60 }))
  const before = rowsOf(told)
  told.tell(set(agentAda, { status: 'resolved' }, { at: 120 }))
  const resolved = rowsOf(told)
  told.tell(does(leadBo, { kind: 'undo', updateId: updateId(3), batchId: batch }, { at: 180 }))
  assert.deepEqual(rowsOf(told), before)
  told.tell(does(leadBo, { kind: 'undo', updateId: updateId(4), batchId: batch }, { at: 240 }))
  assert.deepEqual(rowsOf(told), resolved)
})

test('what is set aside ends where it was; what comes back was never away', () => {
  const told = story(opened())
  const before = rowsOf(told)
  told.tell(does(leadBo, { kind: 'markSpam' }, { at: hour }))
  assert.deepEqual(spans(told), ['new 0–3600 set aside'])
  told.tell(does(leadBo, { kind: 'unmarkSpam' }, { at: 2 * hour }))
  assert.deepEqual(rowsOf(told), before)
})

test('one that closes by itself after a resolve is no second end', () => {
  const told = story(
    opened(),
    replied(agentAda, { set: { status: 'resolved' } }, { at: 60 }),
    does(system, { kind: 'autoClose' }, { at: 40 * day }),
  )
  assert.equal(told.now.status, 'closed')
  assert.equal(facts(told).filter((each) => /^(resolved|closed)/.test(each)).length, 1)
})

const runs = { numRuns: 200 }

test('stretches follow one another without a gap and end as the ticket stands; facts add up to being active', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const told = live(drawn)
      const rows = rowsOf(told)
      assertWhole(rows)
      const last = rows.spans.at(-1)
      if (isFlagged(told.now)) assert.equal(last?.censored, true)
      else {
        assert.equal(last?.status, told.now.status)
        assert.equal(last?.teamId, told.now.teamId)
        assert.equal(last?.assigneeId, told.now.assigneeId)
        const count = (...kinds: string[]) => rows.facts.filter(({ kind }) => kinds.includes(kind)).length
        const net = count('opened', 'reopened') - count('resolved', 'closed_unresolved')
        assert.equal(net, isActive(told.now.status) ? 1 : 0)
      }
    }),
    runs,
  )
})

test('the changes of each update, applied or joined, are the rows of the whole log', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const { log } = live(drawn)
      let rows: ReportRows = { spans: [], facts: [] }
      let joined: ReportChanges | null = null
      for (const { seq } of log) {
        const next = reportRows(log.slice(0, seq), wall)
        const changes = changesOf(rows, next)
        joined = joinedChanges(joined, changes)
        rows = applied(rows, changes)
        assert.deepEqual(sorted(rows), sorted(next))
      }
      assert.deepEqual(sorted(applied({ spans: [], facts: [] }, joined)), sorted(reportRows(log, wall)))
    }),
    { numRuns: 60 },
  )
})

test('an update that goes on from where the fold was kept comes to what the whole log makes', () => {
  // Whose calendar counts, counts: each owner works another part of every hour.
  const worked: Worked = ({ teamId, organizationId, brandId }, from, to) => {
    const part = 10 * 60_000 * (1 + (((teamId ?? 0) + (organizationId ?? 0) + brandId) % 5))
    const until = (at: number) => Math.floor(at / 3_600_000) * part + Math.min(part, at % 3_600_000)
    return until(to) - until(from)
  }
  let goneOnFrom = 0
  fc.assert(
    fc.property(steps, (drawn) => {
      const { log } = live(drawn)
      let [rows, kept, before] = [folded([], worked).rows, folded([], worked).fold, null as Ticket | null]
      for (const events of byUpdate(log)) {
        const after = events.reduce<Ticket | null>(evolve, before) as Ticket
        const whole = folded(log.slice(0, events.at(-1)?.seq), worked)
        if (before !== null && kept !== null && goesOn(events)) {
          if (moves({ before, after, events })) {
            const gone = goneOn(kept, { before, after, events }, worked)
            rows = applied(rows, gone.changes)
            kept = gone.fold
            goneOnFrom++
          }
        } else if (counts(events)) ({ rows, fold: kept } = whole)
        else kept = null
        assert.deepEqual(sorted(rows), sorted(whole.rows))
        if (kept !== null)
          assert.deepEqual(JSON.parse(JSON.stringify(kept)), JSON.parse(JSON.stringify(whole.fold)))
        before = after
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(goneOnFrom > 300)
})

test('nothing of what is voided is counted', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const { log } = live(drawn)
      const voided = voidedSeqs(log)
      const replies = log.filter(
        ({ seq, kind, actor }) => kind === 'message_added' && actor.type === 'agent' && !voided.has(seq),
      )
      const counted = reportRows(log, wall).facts.filter(({ kind }) =>
        /^(first|next|further)_reply$/.test(kind),
      )
      assert.ok(counted.length <= replies.length)
    }),
    runs,
  )
})

function assertWhole({ spans: all }: ReportRows): void {
  assert.ok(all.length > 0)
  all.forEach((span, index) => {
    assert.equal(span.nth, index + 1)
    const next = all[index + 1]
    if (next !== undefined) assert.equal(span.toAt, next.fromAt)
  })
  const [first, last] = [all[0], all.at(-1)]
  const sum = all.reduce((ms, { workingMs }) => ms + (workingMs ?? 0), 0)
  const end = last?.toAt ?? last?.fromAt ?? monday
  assert.equal(sum, 1_000 * secondsBetween(first?.fromAt ?? monday, end))
}

function applied(rows: ReportRows, changes: ReportChanges | null): ReportRows {
  if (changes === null) return rows
  const key = ({ kind, nth }: { kind: string; nth: number }) => `${kind} ${nth}`
  const spansBy = new Map([...rows.spans, ...changes.spans].map((each) => [each.nth, each]))
  const factsBy = new Map([...rows.facts, ...changes.facts].map((each) => [key(each), each]))
  for (const nth of changes.goneSpans) spansBy.delete(nth)
  for (const each of changes.goneFacts) factsBy.delete(key(each))
  return { spans: [...spansBy.values()], facts: [...factsBy.values()] }
}

function sorted({ spans: all, facts: some }: ReportRows) {
  const byKey = some.toSorted((a, b) => `${a.kind} ${a.nth}`.localeCompare(`${b.kind} ${b.nth}`))
  return { spans: all.toSorted((a, b) => a.nth - b.nth), facts: byKey }
}

test('a rating belongs to whoever resolved it then, whatever happens to the ticket later', () => {
  const survey = { surveyId: 1, episode: 1 }
  const record = (
    kind: 'csat_sent' | 'csat_answered' | 'csat_changed',
    more: { score?: number; from?: number },
    at: number,
  ) => does(system, { kind: 'record', facts: [{ kind, payload: { ...survey, ...more } }] }, { at })
  const told = story(
    opened(),
    set(leadBo, { assigneeId: ada }, { at: hour }),
    set(agentAda, { status: 'resolved' }, { at: 2 * hour }),
    set(leadBo, { assigneeId: bo, teamId: north }, { at: 3 * hour }),
    record('csat_sent', {}, day),
    mail({ at: 2 * day }),
    set(leadBo, { status: 'resolved' }, { at: 3 * day }),
    record('csat_answered', { score: 5 }, 4 * day),
    record('csat_changed', { score: 2, from: 5 }, 5 * day),
  )
  const found = rowsOf(told).facts.filter(({ kind }) => kind === 'surveyed' || kind === 'rated')
  assert.deepEqual(
    found.map(({ kind, nth, score, assigneeId, teamId, at, untilAt }) => [
      kind,
      nth,
      score,
      assigneeId,
      teamId,
      secondsBetween(monday, at),
      untilAt === null ? null : secondsBetween(monday, untilAt),
    ]),
    [
      ['surveyed', 1, 2, ada, null, day, 4 * day],
      ['rated', 1, 2, ada, null, 4 * day, null],
    ],
  )
})
