// The spec's examples of a backtest (B01 to B11).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { always } from '#backtest/configuration.ts'
import type { PastTicket } from '#backtest/past-ticket.ts'
import { replay } from '#backtest/replay.ts'
import { days, lived, numbered, promising, saying, text, tried, under, window } from '#backtest/sentences.ts'
import { plus } from '#kit/time.ts'
import { is, rule, tagged } from '#rules/sentences.ts'
import type { ReadyRule } from '#rules/settle.ts'
import type { TicketEvent } from '#tickets/event.ts'
import {
  ada,
  agentAda,
  assistant,
  batch,
  does,
  leadBo,
  mail,
  messageId,
  monday,
  noted,
  opened,
  replied,
  set,
  updateId,
  type Step,
} from '#tickets/sentences.ts'

const hour = 3_600
const minute = 60
const isOfRule = ({ actor }: TicketEvent) => actor.type === 'rule'
const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const none = under([])
const mailsOnOpening = rule(1, { on: ['created'], do: [{ reply: { template: 'hello', to: 'requester' } }] })
const about = (word: string): ReadyRule =>
  rule(2, {
    on: ['created'],
    if: { field: 'message.text', op: 'contains_word', value: word },
    do: [{ setTeam: 2 }],
  })

test('B01 the candidate is the baseline: nothing differs', () => {
  const rules = under([mailsOnOpening, about('invoice')])
  const pasts = ids(20).map((id) =>
    saying(id, id % 2 === 0 ? 'An invoice' : 'A lamp', [mail({ at: hour })], rules),
  )
  const { report } = tried(pasts, rules, { ...rules })
  assert.deepEqual(
    [report.diffs, report.fidelity.share, report.findings.map(({ code }) => code)],
    [0, 1, ['thin_history']],
  )
})

test('B02 a rule that moves invoices to a team: fired on those that name one, sure from the opening on', () => {
  const pasts = ids(1_000).map((id) => saying(id, id <= 40 ? 'The invoice is wrong' : 'The lamp is dark'))
  const { report, verdicts } = tried(pasts, none, under([about('invoice')]))
  assert.equal(report.rules[0]?.candidate.fired, 40)
  assert.deepEqual(report.fields['teamId'], [{ from: '', to: '2', count: 40 }])
  assert.deepEqual([report.diffs, report.certain], [40, 40])
  assert.equal(verdicts[0]?.comparison.divergesAt, monday)
})

test('B03 moved by hand later: all go apart at the opening, those that were moved end the same, and nothing is broken', () => {
  const moved = [set(agentAda, { teamId: 2 as never }, { at: hour })]
  const pasts = ids(40).map((id) => saying(id, 'The invoice is wrong', id <= 30 ? moved : []))
  const { report, verdicts } = tried(pasts, none, under([about('invoice')]))
  assert.equal(verdicts.filter(({ comparison }) => comparison.divergesAt === monday).length, 40)
  assert.equal(verdicts.filter(({ changed }) => changed.length > 0).length, 10)
  assert.equal(report.brokenReplays, 0)
})

test('what the assistant said and did stays as it was, and the rules of either side answer it', () => {
  const sorted = [
    set(assistant, { priority: 'high' }, { at: minute }),
    replied(assistant, {}, { at: 2 * minute }),
    replied(agentAda, {}, { at: hour }),
  ]
  const answers = rule(4, { on: ['field_change'], if: is('priority', 'high'), do: [{ setTeam: 2 }] })
  const pasts = ids(10).map((id) => saying(id, 'The lamp is dark', sorted))
  const candidate = under([answers])
  const { report } = tried(pasts, none, candidate)
  assert.equal(report.rules[0]?.candidate.fired, 10)
  assert.deepEqual([report.fidelity.share, report.brokenReplays], [1, 0])
  const life = replay(pasts[0] as PastTicket, always(candidate), window.to)
  assert.deepEqual(
    life?.log.filter(({ actor }) => actor.type === 'assistant').map(({ kind }) => kind),
    pasts[0]?.log.filter(({ actor }) => actor.type === 'assistant').map(({ kind }) => kind),
  )
})

test('B04 a rule that mailed everybody goes: its mails are lost, for certain', () => {
  const before = under([mailsOnOpening])
  const pasts = ids(50).map((id) => saying(id, 'Hello', [], before))
  const { report, verdicts } = tried(pasts, before, none)
  assert.deepEqual(report.mails.outside, { baseline: 50, candidate: 0 })
  assert.equal(report.mails.lostRecipients, 1)
  const lost = verdicts.flatMap(({ comparison }) =>
    comparison.differences.filter(({ kind }) => kind === 'mail_lost'),
  )
  assert.deepEqual([lost.length, lost.every(({ certain }) => certain)], [50, true])
})

test('B05 resolved after seven days of waiting: those whose requester wrote later reopen, which is assumed', () => {
  const resolves = rule(3, {
    kind: 'timer',
    on: [],
    timer: { hold: days(7) },
    if: is('status', 'pending'),
    do: [{ setStatus: 'resolved' }],
  })
  const waits = [set(agentAda, { status: 'pending', assigneeId: ada }, { at: hour })]
  const pasts = ids(100).map((id) =>
    saying(id, 'Hello', id <= 12 ? [...waits, mail({ at: days(9) })] : waits),
  )
  const { report, verdicts } = tried(pasts, none, under([resolves]))
  assert.equal(report.rules[0]?.candidate.fired, 100)
  assert.equal(report.reopened.candidate, 12)
  assert.equal(verdicts[0]?.comparison.divergesAt, plus(monday, hour + days(7)))
  const ends = verdicts[50]?.comparison.differences.find(({ kind }) => kind === 'value')
  assert.deepEqual([ends?.what, ends?.to, ends?.certain], ['status', 'closed', false])
})

test('B06 closed at once: what an agent answered later is refused, said, and no crash', () => {
  const closes = rule(4, { on: ['created'], do: [{ setStatus: 'resolved' }] })
  const answer = [set(agentAda, { priority: 'high' }, { at: days(2) })]
  const pasts = [lived(1, none, [opened({ set: { assigneeId: ada } }), ...answer])]
  const { report, verdicts } = tried(pasts, none, under([closes], { settings: { autoCloseAfter: 60 } }))
  assert.deepEqual(verdicts[0]?.marks, ['skipped_command'])
  assert.equal(report.brokenReplays, 1)
})

test('B07 what a program did on a rule’s webhook happens only where the rule still calls it', () => {
  const calls = rule(5, { on: ['created'], do: [{ webhook: { endpoint: 'shop' } }] })
  const before = under([calls])
  const past = saying(1, 'Hello', [], before)
  const firing = past.log.find(({ kind }) => kind === 'rule_fired')
  const echo = {
    ...past.log[0],
    kind: 'priority_changed',
    payload: { from: 'normal', to: 'urgent' },
    updateId: 77,
    at: plus(monday, 60),
    actor: { type: 'api', id: 1 },
    causeEventId: firing?.id ?? null,
    seq: past.log.length + 1,
    id: 9_999,
  } as unknown as TicketEvent
  const answered = { ...past, log: [...past.log, echo] }
  const { verdicts } = tried([answered], before, none)
  assert.deepEqual(verdicts[0]?.changed, [{ field: 'priority', from: 'urgent', to: 'normal' }])
  assert.deepEqual(verdicts[0]?.marks, ['depends_on_webhook'])
  assert.equal(verdicts[0]?.fidelity.reproduced, true)
})

test('B08 the text was erased: a test of it does not hold, and fidelity says why', () => {
  const live = under([about('invoice')])
  const past = saying(1, 'The invoice is wrong', [], live)
  const erased = { ...past, messages: new Map([[1, text(1, null)]]) }
  const { report } = tried([erased], live, live)
  assert.deepEqual(report.fidelity, { tickets: 1, reproduced: 0, share: 0, causes: { content_redacted: 1 } })
})

test('B09 an answer is promised in two hours instead of four: breaches gained are listed, and rules that wait for one fire', () => {
  const escalates = rule(14, { on: ['sla_breached'], do: [{ addTags: ['late'] }] })
  const [four, two] = [4, 2].map((hours) => under([escalates], { sla: promising(hours * hour) }))
  if (four === undefined || two === undefined) throw new Error('Bug: both are there')
  const answered = (id: number) => [replied(agentAda, {}, { at: (id <= 7 ? 3 : 1) * hour })]
  const pasts = ids(10).map((id) => saying(id, 'Hello', answered(id), four))
  const { report } = tried(pasts, four, two)
  assert.deepEqual(report.sla.breached, [1, 2, 3, 4, 5, 6, 7])
  assert.deepEqual(
    report.rules.map(({ id, baseline, candidate }) => [id, baseline.fired, candidate.fired]),
    [[14, 0, 7]],
  )
  const [first] = report.sla.metrics
  assert.deepEqual([first?.metric, first?.attainment], ['first_reply', { baseline: 1, candidate: 0.3 }])
  assert.ok(first !== undefined && first.low <= -0.7 && first.high >= -0.7 && first.high < 0)
  assert.ok(report.findings.some(({ code, about: what }) => code === 'sla_worse' && what === 'first_reply'))
  assert.deepEqual(tried(pasts, two, four, four).report.sla.saved, [1, 2, 3, 4, 5, 6, 7])
})

test('B10 a rule that another one’s tag set off: with the first gone the second does not fire either', () => {
  const first = rule(6, { on: ['created'], do: [{ addTags: ['a'] }] })
  const second = rule(7, { if: tagged('a'), do: [{ setPriority: 'high' }] })
  const before = under([first, second])
  const { report } = tried(
    ids(10).map((id) => saying(id, 'Hello', [], before)),
    before,
    under([second]),
  )
  const rules = report.rules.map(({ id, baseline, candidate }) => [id, baseline.fired, candidate.fired])
  assert.deepEqual(rules, [
    [6, 10, 0],
    [7, 10, 0],
  ])
  assert.deepEqual(
    report.findings.map(({ code, about: what }) => [code, what]),
    [
      ['thin_history', null],
      ['rule_dead', 'rule-7'],
    ],
  )
})

test('B11 a timer fires at its own instant, whenever the desk woke up', () => {
  const nags = rule(8, {
    kind: 'timer',
    on: [],
    timer: { hold: days(1) },
    if: is('status', 'new'),
    do: [{ addTags: ['waits'] }],
  })
  const live = under([nags])
  const past = saying(1, 'Hello', [], live)
  const late = past.log.map((event) =>
    event.actor.type === 'rule' ? { ...event, at: plus(event.at, 2 * hour) } : event,
  )
  const { verdicts } = tried([{ ...past, log: late }], live, live)
  assert.equal(verdicts[0]?.fidelity.reproduced, true)
  // Somebody wrote between the due instant and the moment at which the desk was back.
  const written = saying(2, 'Hello', [noted(agentAda, { at: days(1) + hour })], live)
  const [timer, note] = [written.log.filter(isOfRule), written.log.filter((event) => !isOfRule(event))]
  const asItCame = [...note, ...timer.map((event) => ({ ...event, at: plus(event.at, 2 * hour) }))]
  const log = asItCame.map((event, index) => ({ ...event, seq: index + 1 }))
  const between = tried([{ ...written, log }], live, live).verdicts[0]?.fidelity
  assert.deepEqual([between?.cause, between?.fields], [null, []])
})

test('B11 a desk that was down over warning, timer and breach tells the breach first and no warning: that is reproduced', () => {
  const tags = rule(8, {
    kind: 'timer',
    on: [],
    timer: { hold: 3 * hour },
    if: is('status', 'new'),
    do: [{ addTags: ['waits'] }],
  })
  const live = under([tags], { sla: promising(4 * hour) })
  const { log, ...past } = saying(1, 'Hello', [noted(agentAda, { at: 5 * hour })], live)
  const back = (event: TicketEvent) => ({ ...event, at: plus(monday, 6 * hour) })
  const isBreach = ({ kind }: TicketEvent) => kind === 'sla_breached'
  const asItCame = [
    ...log.filter((event) => !isOfRule(event) && !['sla_breached', 'sla_warning'].includes(event.kind)),
    ...log.filter(isBreach).map(back),
    ...log.filter(isOfRule).map(back),
  ]
  assert.ok(log.some(isBreach) && log.some(isOfRule), 'both came')
  const renumbered = asItCame.map((event, index) => ({ ...event, seq: index + 1 }))
  const { verdicts } = tried([{ ...past, log: renumbered }], live, live)
  assert.deepEqual([verdicts[0]?.fidelity.cause, verdicts[0]?.fidelity.fields], [null, []])
})

test('an undo of what a dropped rule did sets nothing back that is not there', () => {
  const raises = rule(9, { on: ['note'], do: [{ setPriority: 'urgent' }] })
  const before = under([raises])
  const past = saying(
    1,
    'Hello',
    [noted(agentAda, { at: hour }), set(leadBo, { addTags: ['seen'] }, { at: 2 * hour })],
    before,
  )
  const last = past.log.at(-1)
  const undone = {
    ...last,
    kind: 'undone',
    seq: past.log.length + 1,
    updateId: 50,
    at: plus(monday, 3 * hour),
    payload: { seqs: [], restores: [{ field: 'priority', from: 'urgent', to: 'normal' }], changedSince: [] },
  } as unknown as TicketEvent
  const { verdicts } = tried([{ ...past, log: numbered([...past.log, undone]) }], before, none)
  assert.deepEqual(verdicts[0]?.changed, [])
  assert.equal(verdicts[0]?.fidelity.reproduced, true)
})

test('a later update does not read what was taken back before it left', () => {
  const refunds = rule(9, {
    on: ['note'],
    if: { field: 'anyMessage.text', op: 'contains_word', value: 'refund' },
    do: [{ setPriority: 'urgent' }],
  })
  const messages = new Map([
    [1, text(1, 'Hello')],
    [2, text(2, 'We refund it')],
  ])
  const sent = replied(agentAda, { messageId: messageId(2) }, { at: hour })
  const taken = does(
    agentAda,
    { kind: 'undo', updateId: updateId(2), batchId: batch, send: true },
    { at: hour + 5, facts: { unsent: true } },
  )
  const priorityAfter = (...steps: readonly Step[]) => {
    const said = [opened({ messageId: messageId(1) }), ...steps, noted(agentAda, { at: 9 * hour })]
    return replay(lived(1, none, said, { messages }), always(under([refunds])), window.to)?.ticket.priority
  }
  assert.deepEqual([priorityAfter(sent), priorityAfter(sent, taken)], ['urgent', 'normal'])
})

test('a rule that goes round in circles ends, and is found', () => {
  const round = [
    rule(10, { if: is('priority', 'normal'), do: [{ setPriority: 'high' }] }),
    rule(11, { if: is('priority', 'high'), do: [{ setPriority: 'low' }] }),
    rule(12, { if: is('priority', 'low'), do: [{ setPriority: 'urgent' }] }),
    rule(13, { if: is('priority', 'urgent'), do: [{ setPriority: 'normal' }] }),
  ]
  const { report } = tried(
    ids(5).map((id) => saying(id, 'Hello')),
    none,
    under(round),
  )
  const codes = report.findings.map(({ code }) => code)
  assert.ok(codes.includes('conflict_new') && codes.includes('loop_risk'), codes.join())
})
