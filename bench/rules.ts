// Settling one update of a ticket under 200 believable rules: conditions of three tests, one in ten fires.
import type { Cond } from '#rules/condition.ts'
import type { Action } from '#rules/action.ts'
import { directory, rule } from '#rules/sentences.ts'
import { noContent } from '#rules/scene.ts'
import { noPast, settle, type Settling } from '#rules/settle.ts'
import { noCalendars } from '#rules/calendar.ts'
import { monday, opened, story } from '#tickets/sentences.ts'
import { defaultSettings } from '#tickets/settings.ts'
import { randomOf } from '../demo/random.ts'
import { median, percentile, type Bench } from './bench.ts'

const RULES = 200
const RUNS = 2_000
const text =
  'Hello, my order 482913 arrived late and one cup is broken. Can I have a refund or a new one? Thanks, Cy. '

export const run: Bench = () => {
  const input = settling()
  const times: number[] = []
  // A busy machine takes the processor away in the middle of a run: what the run computes itself is told too.
  const computing: number[] = []
  let fired = 0
  for (let count = 0; count < RUNS; count++) {
    const [startedAt, before] = [performance.now(), process.threadCpuUsage()]
    fired = settle(input).events.filter(({ kind }) => kind === 'rule_fired').length
    times.push(performance.now() - startedAt)
    const { user, system } = process.threadCpuUsage(before)
    computing.push((user + system) / 1_000)
  }
  const [p95Ms, computingP95Ms] = [percentile(times, 0.95), percentile(computing, 0.95)]
  return Promise.resolve({
    rows: [
      { name: 'rules, and how many of them fire', value: `${RULES}, ${fired}` },
      { name: 'settle, median', value: `${median(times).toFixed(2)} ms` },
      { name: 'settle, p95', value: `${p95Ms.toFixed(2)} ms` },
      { name: 'settle, p95 of its own computing', value: `${computingP95Ms.toFixed(2)} ms` },
    ],
    results: { rules: RULES, fired, medianMs: median(times), p95Ms, computingP95Ms },
  })
}

function settling(): Settling {
  const random = randomOf(5)
  const told = story(opened())
  const message = {
    id: 1,
    kind: 'reply' as const,
    direction: 'inbound' as const,
    authorId: 3,
    authorRole: 'requester' as const,
    text: text.repeat(8),
    thanks: false,
    attachmentCount: 0,
    recipients: [],
    isAutoReply: false,
  }
  return {
    rules: Array.from({ length: RULES }, (_, index) =>
      rule(index + 1, {
        if: { all: [testOf(random.whole(0, 5)), testOf(random.whole(0, 5)), rare(index)] },
        do: [actionOf(index)],
      }),
    ),
    rulebook: { version: 1, templates: [] },
    scene: {
      before: null,
      now: told.now,
      at: monday,
      zone: 'UTC',
      update: {
        kinds: ['any', 'created', 'inbound_message'],
        actor: { type: 'requester', id: 3 },
        actorRole: null,
        via: 'mail',
        rating: null,
        messageIds: [1],
      },
      content: { ...noContent, subject: 'Late parcel', messages: [message] },
      directory,
      calendars: noCalendars,
      reader: null,
    },
    past: noPast,
    settings: defaultSettings,
    facts: {},
    actingAgentId: null,
    causeSeq: 1,
  }
}

function testOf(kind: number): Cond {
  const tests: readonly Cond[] = [
    { field: 'status', op: 'in', value: ['new', 'open'] },
    { field: 'channel', op: 'is', value: 'email' },
    { field: 'subject', op: 'contains_word', value: 'parcel' },
    { field: 'message.text', op: 'contains_word', value: 'refund' },
    { field: 'message.text', op: 'matches', value: '\\border\\s+(\\d{6})\\b' },
    { not: { field: 'assignee', op: 'empty', value: false } },
  ]
  return tests[kind] ?? { all: [] }
}

/** True for one rule in ten. */
function rare(index: number): Cond {
  return { field: 'priority', op: 'is', value: index % 10 === 0 ? 'normal' : 'urgent' }
}

function actionOf(index: number): Action {
  return index % 20 === 0 ? { addTags: [`t${index}`] } : { notify: { template: 'x', to: ['assignee'] } }
}
