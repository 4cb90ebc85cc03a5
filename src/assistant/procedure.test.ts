// Procedures: what starts one, what it asks for and reads, where it branches, how it ends, and what is wrong with one that would stop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consider, quiet, returns } from '#assistant/sentences.ts'
import { problemsOf } from './procedure-check.ts'
import { filled, holds, isDistinct, readFact, sayer, type Wanted } from './procedure-fact.ts'
import {
  proceed as proceedOrAsk,
  recordedOf,
  soFarOf,
  type Matter,
  type Procedure,
  type ProcedureRun,
} from './procedure.ts'

const today = '2026-06-15'
const wanted = (as: Wanted['as'], more: Partial<Wanted> = {}): Wanted => ({
  as,
  example: '',
  choices: [],
  ...more,
})

const late: Procedure = {
  key: 'late-parcel',
  name: 'Late parcel',
  categoryId: null,
  brandId: null,
  languages: ['en', 'de'],
  phrases: ['parcel is late', 'not arrived'],
  mostQuestions: 2,
  steps: [
    {
      kind: 'ask',
      only: [],
      fact: 'order',
      ...wanted('code', { example: 'LU-12345' }),
      text: {
        en: 'Which order is it? It looks like LU-12345.',
        de: 'Welche Bestellung ist es? Etwa LU-12345.',
      },
    },
    { kind: 'look_up', only: [], fact: 'company', from: 'requester.company' },
    {
      kind: 'ask',
      only: [],
      fact: 'day',
      ...wanted('date'),
      text: {
        en: 'When did you order it? Please write the day as 2026-05-31.',
        de: 'Wann haben Sie bestellt? Bitte als 31.05.2026.',
      },
    },
    { kind: 'propose', only: [{ fact: 'day', is: 'more', value: '10' }], macroId: 7 },
    {
      kind: 'answer',
      only: [{ fact: 'company', is: 'unknown', value: '' }],
      text: { en: 'Order {{order}} is on its way.', de: 'Bestellung {{order}} ist unterwegs.' },
      closes: true,
    },
    { kind: 'hand_over', only: [] },
  ],
}

const matter = (text: string, more: Partial<Matter> = {}): Matter => ({
  categoryId: null,
  brandId: 1,
  question: `Parcel\n${text}`,
  text,
  language: 'en',
  saysLanguage: true,
  deskFacts: { 'requester.company': null },
  outside: { recorded: [], asks: false },
  today,
  ...more,
})
const proceed = (...told: Parameters<typeof proceedOrAsk>) => {
  const found = proceedOrAsk(...told)
  assert.ok(found === null || !('wants' in found))
  return found
}
const go = (text: string, pending: ProcedureRun | null = null, more: Partial<Matter> = {}) =>
  proceed([late], { pending, ended: [] }, matter(text, more))
const did = (found: ReturnType<typeof go>) => found?.run.trace.map(({ step, did: what }) => `${step} ${what}`)

test('it asks for one thing after another, does not ask for what was said, and answers with what it was told', () => {
  const first = go('My parcel is late!')
  assert.deepEqual([first?.end, first?.run.asked, first?.run.questions], ['ask', 'order', 1])
  const second = go('It is lu-22101, thanks', first?.run ?? null, { saysLanguage: false })
  assert.deepEqual([second?.end, second?.run.asked, second?.run.questions], ['ask', 'day', 2])
  const third = go('2026-06-10', second?.run ?? null, { saysLanguage: false })
  assert.deepEqual([third?.end, third?.text], ['close', 'Order LU-22101 is on its way.'])
  assert.deepEqual(did(third), ['1 known', '2 found_nothing', '3 read', '4 left_out', '5 answered'])
  const told = go('Order LU-22101 has not arrived.')
  assert.deepEqual([told?.end, told?.run.asked], ['ask', 'day'])
})

test('it branches on what it knows: a day long past is proposed to people, a company’s ticket is theirs', () => {
  const second = go('LU-22101 has not arrived')
  const old = go('on 20.05.2026', second?.run ?? null)
  assert.deepEqual([old?.end, old?.run.macroId], ['propose', 7])
  const of = { deskFacts: { 'requester.company': 'Lamps & Co' } }
  const big = go('2026-06-14', go('LU-22101 has not arrived', null, of)?.run ?? null, of)
  assert.deepEqual([big?.end, did(big)?.at(-1)], ['hand_over', '6 handed_over'])
  assert.deepEqual(recordedOf(big?.run ?? { facts: [] }), of.deskFacts)
})

test('who does not say it is asked again, so often and no more; who says two things has said none', () => {
  const first = go('My parcel is late')
  const again = go('either LU-11111 or LU-22222', first?.run ?? null)
  assert.deepEqual([again?.end, did(again)], ['ask', ['1 asked_again']])
  const over = go('I do not know', again?.run ?? null)
  assert.deepEqual([over?.end, did(over)], ['hand_over', ['1 enough_asked']])
})

test('what the desk cannot say of that moment ends it, and so does another language or a procedure that is gone', () => {
  const unknown = go('LU-22101 has not arrived', null, { deskFacts: {} })
  assert.deepEqual([unknown?.end, did(unknown)?.at(-1)], ['hand_over', '2 unknown'])
  const first = go('My parcel is late')
  assert.equal(go('mon colis', first?.run ?? null, { language: 'fr' })?.end, 'hand_over')
  assert.equal(go('LU-11111', first?.run ?? null, { language: 'fr', saysLanguage: false })?.end, 'ask')
  assert.deepEqual(did(proceed([], { pending: first?.run ?? null, ended: [] }, matter('LU-11111'))), [
    '0 gone',
  ])
  assert.equal(go('mon colis is late: parcel is late', null, { language: 'fr' }), null)
  assert.equal(go('How do I return it?'), null)
})

test('a correction replaces one value, two are left to people, and what may be meant for another question is none', () => {
  const first = go('LU-11111 has not arrived')
  const right = go('Wrong number, it is LU-22222', first?.run ?? null)
  assert.deepEqual([right?.end, right?.run.facts[0]?.value], ['ask', 'LU-22222'])
  assert.equal(go('It is LU-22222 or LU-33333', first?.run ?? null)?.end, 'hand_over')
  const other: Procedure = {
    ...late,
    key: 'two',
    steps: [...late.steps.slice(0, 1), ...late.steps.slice(0, 1)],
  }
  const [one, two] = other.steps
  if (one?.kind !== 'ask' || two?.kind !== 'ask') return assert.fail('asks')
  const steps = [one, { ...two, fact: 'replacement' }]
  const before = proceed([{ ...other, steps }], { pending: null, ended: [] }, matter('parcel is late'))
  const asked: ProcedureRun = {
    ...(before?.run ?? assert.fail('begun')),
    facts: [{ fact: 'order', value: 'LU-11111', from: null }],
    asked: 'replacement',
  }
  const gone = proceed([{ ...other, steps }], { pending: asked, ended: [] }, matter('LU-22222'))
  assert.deepEqual(
    gone?.run.facts.map(({ value }) => value),
    ['LU-11111', 'LU-22222'],
  )
})

test('what the desk does not know is asked for, and what the customer then says stays', () => {
  const look = { kind: 'look_up', only: [], fact: 'order', from: 'field.order' } as const
  const procedure: Procedure = {
    ...late,
    steps: [look, ...late.steps.slice(0, 1), { kind: 'hand_over', only: [] }],
  }
  const deskFacts = { 'field.order': null }
  const first = proceed([procedure], { pending: null, ended: [] }, matter('parcel is late', { deskFacts }))
  assert.deepEqual([first?.end, first?.run.asked], ['ask', 'order'])
  const on = { pending: first?.run ?? null, ended: [] }
  const second = proceed([procedure], on, matter('LU-11111', { deskFacts }))
  const third = proceed(
    [procedure],
    { pending: second?.run ?? null, ended: [] },
    matter('LU?', { deskFacts }),
  )
  assert.deepEqual([third?.end, third?.run.facts[0]?.value], ['hand_over', 'LU-11111'])
  assert.deepEqual(recordedOf(third?.run ?? { facts: [] }), deskFacts)
})

test('a proposal and a question that did not leave are gone on with; what was answered or decided does not begin again', () => {
  const run = go('My parcel is late')?.run ?? assert.fail('begun')
  const of = { run, decision: 'ask', hasLeft: true, isDecided: false } as const
  assert.equal(soFarOf([of]).pending?.asked, 'order')
  const unsent = soFarOf([{ ...of, hasLeft: false }]).pending
  assert.deepEqual([unsent?.asked, unsent?.questions], [null, 0])
  const proposing = {
    ...of,
    run: { ...run, asked: null, macroId: 7 },
    decision: 'draft',
    hasLeft: false,
  } as const
  assert.equal(soFarOf([proposing]).pending?.macroId, 7)
  const answered = { ...of, run: { ...run, asked: null }, decision: 'answer_stay_open' } as const
  for (const over of [answered, { ...proposing, isDecided: true }]) {
    const soFar = soFarOf([over])
    assert.deepEqual(soFar, { pending: null, ended: ['late-parcel'] })
    const again = proceed([late], soFar, matter('My parcel is late, still'))
    assert.deepEqual([again?.end, again?.text], ['repeat', null])
    assert.equal(proceed([late], soFar, matter('How do I return it?')), null)
  }
  assert.deepEqual(soFarOf([{ ...answered, decision: 'draft', hasLeft: false }]), {
    pending: null,
    ended: [],
  })
})

test('facts are read as what they are', () => {
  const number = wanted('number')
  for (const either of ['1.250 of them', '0.125', '-5', '3.141', '007', '3-5'])
    assert.equal(readFact(number, either), null)
  assert.equal(readFact(number, 'I have 1250 of them'), '1250')
  assert.equal(readFact(number, 'about 2,5 metres'), '2.5')
  assert.equal(readFact(number, '3 or 4'), null)
  assert.equal(readFact(wanted('date'), 'on 3.4.2026'), '2026-04-03')
  assert.equal(readFact(wanted('date'), '03/04/2026'), null)
  assert.equal(readFact(wanted('date'), '31/04/2026'), null)
  assert.equal(readFact(wanted('date'), '25/04/2026'), '2026-04-25')
  assert.equal(readFact(wanted('email'), 'to Cy@Example.com please'), 'cy@example.com')
  const choice = wanted('choice', {
    choices: [
      { value: 'yes', words: ['yes', 'ja'] },
      { value: 'no', words: ['no', 'nein'] },
    ],
  })
  assert.equal(readFact(choice, 'Ja, bitte'), 'yes')
  assert.equal(readFact(choice, 'yes and no'), null)
  assert.equal(readFact(choice, 'nothing'), null)
  assert.equal(readFact(wanted('text'), ' the\nbrass  lamp '), 'the brass lamp')
  assert.equal(readFact(wanted('text'), 'see https://evil.example'), null)
  assert.equal(readFact(wanted('code', { example: 'A*-99' }), 'it is aX-12.'), 'AX-12')
  assert.equal(isDistinct(wanted('code', { example: '12345' })), false)
  assert.equal(sayer('Mein PAKET ist verspätet!')('paket ist verspatet'), true)
  assert.equal(sayer('parcels')('parcel'), false)
})

test('what is not known is neither this nor another, and nothing is sent with a hole', () => {
  const facts = new Map([
    ['n', '5'],
    ['none', null],
  ])
  const asks = (fact: string, is: 'equal' | 'other' | 'more' | 'less' | 'unknown', value = '5') =>
    holds([{ fact, is, value }], facts, today)
  assert.deepEqual(
    [asks('n', 'equal'), asks('n', 'other'), asks('n', 'more', '4'), asks('n', 'less', '4')],
    [true, false, true, false],
  )
  assert.deepEqual(
    [asks('none', 'equal'), asks('none', 'other'), asks('none', 'less'), asks('none', 'unknown')],
    [false, false, false, true],
  )
  assert.equal(filled('{{ N }} and {{none}}', facts), null)
  assert.equal(filled('{{ N }}', facts), '5')
  const said = (value: string) => filled('{{n}}', new Map([['n', value]]))
  for (const link of ['Bo //evil.example', 'see evil.example', 'www.x', 'Bo <b>', 'me@evil.example or so'])
    assert.equal(said(link), null)
  for (const plain of ['Lamps & Co.', 'cy@customer.example', 'LU-1.2', '2026-05-31'])
    assert.equal(said(plain), plain)
})

test('a procedure that would stop in the middle is refused, with where', () => {
  assert.deepEqual(problemsOf([late]), [])
  const [ask] = late.steps
  const broken: Procedure = {
    ...late,
    phrases: [],
    steps: [
      {
        kind: 'answer',
        only: [{ fact: 'order', is: 'more', value: 'x' }],
        text: { en: '{{order}}' },
        closes: false,
      },
      ...(ask === undefined ? [] : [ask]),
    ],
  }
  assert.deepEqual(
    problemsOf([late, broken]).map(({ path }) => path),
    [
      '1.key',
      '1.phrases',
      '1.steps.0.only',
      '1.steps.0.only',
      '1.steps.0.text.en',
      '1.steps.0.text.de',
      '1.steps.1.kind',
    ],
  )
})

test('its words leave alone only where the assistant answers alone; the hard list, other modes and people come first', () => {
  const run = (mode: 'auto' | 'draft' | 'suggest', text = 'My parcel is late', more: object = {}) =>
    consider({
      config: {
        procedures: [late],
        rows: [{ brandId: null, channel: null, categoryId: returns, mode, share: 1 }],
        ...more,
      },
      incoming: { subject: 'Parcel', text },
    })
  assert.deepEqual([run('auto').decision, run('auto').procedure?.asked], ['ask', 'order'])
  assert.equal(run('draft').decision, 'draft')
  assert.equal(run('suggest').decision, 'draft')
  assert.equal(run('auto', undefined, { highStakes: [returns] }).decision, 'draft')
  assert.equal(run('auto', undefined, { answersPerDay: 0 }).reason, 'budget')
  assert.equal(run('auto', 'My parcel is late, I will sue you').reason, 'policy_hard')
  const pending = run('auto').procedure
  const german = {
    ...quiet,
    deskFacts: { 'requester.company': null },
    pending: pending && { ...pending, language: 'de' },
  }
  const short = {
    config: { procedures: [late], languages: ['de'] },
    standing: german,
    incoming: { text: 'LU-11111' },
  }
  assert.deepEqual([consider(short).reason, consider(short).procedure?.asked], [null, 'day'])
  const spent = consider({ config: { procedures: [late] }, standing: { ...quiet, pending, ownTurns: 3 } })
  assert.deepEqual([spent.decision, spent.reason], ['escalate', 'budget'])
})
