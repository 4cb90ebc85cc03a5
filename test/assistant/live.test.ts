// The assistant on a desk: answers alone with an article's words, drafts, hands over, is switched off, and keeps out of people's way.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { serialize } from 'node:v8'
import { gzipSync } from 'node:zlib'
import { addClassifier, labelledTexts, newestModels } from '#assistant/classifier-store.ts'
import { noTriage, type AssistantConfig } from '#assistant/config.ts'
import { saysAlways } from '#assistant/sentences.ts'
import { learnField } from '#assistant/triage.ts'
import type { Mode } from '#assistant/words.ts'
import { learnDue } from '#desk/assistant/learn.ts'
import { runOn } from '#desk/assistant/run.ts'
import type { TicketId } from '#kit/ids.ts'
import { sql } from '#store/sql.ts'
import { goLive, writeHelp } from '../support/assistant.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const support = 'support@docket.localhost'
const models = {
  ask: () => Promise.reject(new Error('nobody is asked')),
  close: () => undefined,
  isClosed: () => false,
}
const knowsNothing = {
  learnt: () => [],
  refresh: async () => undefined,
  alike: async () => null,
  find: async () => ({ sections: [], past: [], answerable: 0 }),
}
let desk: TestDesk
let returns: number

before(async () => {
  desk = await startDesk()
  returns = (await desk.api('POST', '/categories', { name: 'returns' })).body.id
  await desk.api('POST', '/categories', { name: 'shipping' })
  await writeHelp(desk)
})
after(() => desk.close())

const live = (config: Partial<AssistantConfig>, mode?: Mode) => goLive(desk, returns, config, mode)

const asked = 'Returning a lamp: how can I return my lamp?'

async function open(body = asked, more: object = {}) {
  const requester = { email: `cy${Math.random().toString().slice(2)}@example.com` }
  const made = await desk.api('POST', '/tickets', {
    subject: 'Returning a lamp',
    body,
    requester,
    category: 'returns',
    channel: 'email',
    ...more,
  })
  return made.body.id as number
}

const ranOn = (id: number) =>
  until(async () => {
    const { runs } = (await desk.api('GET', `/tickets/${id}/assistant`)).body
    return runs.length > 0 && runs
  })
const ticket = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body
const messages = async (id: number) => (await desk.api('GET', `/tickets/${id}/messages`)).body.items

test('A01 what it is sure of is answered in the article’s words and resolved; the mail waits, and says that a machine wrote it', async () => {
  await live({})
  const id = await open()
  const [run] = await ranOn(id)
  assert.deepEqual([run.decision, run.reason], ['auto_resolve', null])
  const after = await ticket(id)
  assert.deepEqual([after.status, after.assignee?.name], ['resolved', 'Lumi'])
  const answer = (await messages(id)).at(-1)
  assert.match(answer.bodyText ?? answer.text ?? JSON.stringify(answer), /Send it back within 30 days/)
  const sentBefore = desk.sink.mails.length
  desk.clock.pass(61)
  const [mail] = await until(async () => desk.sink.mails.length > sentBefore && desk.sink.mails.slice(-1))
  assert.match(mail?.raw.toString() ?? '', /Auto-Submitted: auto-replied/i)
})

test('A02 A11 less sure, it writes a draft for people and leaves the ticket', async () => {
  await live({ calibration: saysAlways(0.8) })
  const id = await open()
  assert.equal((await ranOn(id))[0].decision, 'draft')
  const note = (await messages(id)).at(-1)
  assert.equal(note.kind, 'note')
  assert.equal((await ticket(id)).assignee, null)
})

test('A03 a threat goes to people with a package, and is answered no more until a person says so', async () => {
  await live({})
  const id = await open(`${asked} Or I will sue you.`)
  assert.deepEqual([(await ranOn(id))[0].decision, (await ranOn(id))[0].reason], ['escalate', 'policy_hard'])
  const state = async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.state
  assert.equal(await state(), 'escalated')
  assert.equal((await ticket(id)).status, 'open')
  const note = JSON.stringify((await messages(id)).at(-1))
  assert.match(note, /hard list[^]*Asked:[^]*how can I return my lamp\?[^]*Tried: nothing/)
  const whole = await desk.running.desk.database.rows(
    sql`select lacks from assistant_run where ticket_id = ${id} and lacks is not null`,
  )
  assert.deepEqual(whole, [{ lacks: [] }])
  await desk.api('PUT', `/tickets/${id}/assistant`, { enabled: true })
  assert.equal(await state(), 'on')
  await desk.api('PUT', `/tickets/${id}/assistant`, { enabled: false })
  assert.equal(await state(), 'off')
})

test('A08 a word of the requester’s while a run works: that run is thrown away, and the next one looks at the newest word', async () => {
  await live({}, 'shadow')
  const id = await open()
  await ranOn(id)
  const { requester } = await ticket(id)
  const slow = {
    ...knowsNothing,
    guess: async () => {
      const body = 'It is the brass lamp.'
      await desk.api('POST', `/tickets/${id}/messages`, {
        kind: 'reply',
        body,
        onBehalfOf: { email: requester.email },
      })
      return []
    },
  }
  assert.equal(await runOn(desk.running.desk, { knowledge: slow, models }, id as TicketId), false)
  const runs = await until(async () => {
    const all = await ranOn(id)
    return all.length > 1 && all
  })
  const { seq } = (await messages(id)).at(-1)
  assert.equal(runs.length, 2)
  assert.ok(runs[0].seq > runs[1].seq && (seq === undefined || runs[0].seq === seq))
})

test('whoever asks it while it looks is not forgotten', async () => {
  await live({ name: 'Lumi' }, 'on_request')
  const id = await open()
  const { mention } = (await desk.api('GET', `/tickets/${id}/assistant`)).body
  const due = () => desk.running.desk.database.rows(sql`select from assistant_due where ticket_id = ${id}`)
  await until(async () => (await due()).length === 0)
  const asks = {
    ...knowsNothing,
    guess: async () => {
      await desk.api('POST', `/tickets/${id}/messages`, {
        kind: 'note',
        body: 'Well?',
        mentions: [mention.id],
      })
      return []
    },
  }
  assert.equal(await runOn(desk.running.desk, { knowledge: asks, models }, id as TicketId), false)
  await until(async () => (await ranOn(id)).some(({ answer }: { answer: string | null }) => answer !== null))
})

test('what was considered under a version that another one followed meanwhile is not carried out', async () => {
  await live({}, 'shadow')
  const id = await open()
  await ranOn(id)
  const overtaken = {
    ...knowsNothing,
    guess: async () => {
      await live({ maxTurns: 2 }, 'shadow')
      return []
    },
  }
  const runs = async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs.length
  const before = await runs()
  assert.equal(await runOn(desk.running.desk, { knowledge: overtaken, models }, id as TicketId), false)
  assert.equal(await runs(), before)
})

test('A10 a customer who comes back after its answer gets people', async () => {
  await live({})
  const id = await open()
  await ranOn(id)
  const { requester } = await ticket(id)
  desk.clock.pass(120)
  await desk.api('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: 'That did not help at all, the lamp is still here.',
    onBehalfOf: { email: requester.email },
  })
  const [run] = await until(async () => {
    const runs = await ranOn(id)
    return runs.length > 1 && runs
  })
  assert.deepEqual([run.decision, run.reason], ['escalate', 'repeat'])
  const after = await ticket(id)
  assert.deepEqual([after.status, after.assignee], ['open', null])
})

test('an answer that has not left is taken back where the version that follows only drafts, and stays where it answers too', async () => {
  await live({})
  const id = await open()
  await ranOn(id)
  const recalledAt = async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs[0].recalledAt
  await live({ maxTurns: 2 })
  const other = await open()
  await ranOn(other)
  assert.equal(await recalledAt(), null)
  await live({}, 'draft')
  await until(recalledAt)
  assert.deepEqual([(await ticket(id)).status, (await ticket(id)).assignee], ['open', null])
})

test('A16 the switch takes back an answer that has not left, and the next ticket is left alone', async () => {
  await live({})
  const id = await open()
  await ranOn(id)
  desk.clock.pass(10)
  const sent = desk.sink.mails.length
  await desk.api('PUT', '/assistant/switch', { scope: 'desk', off: true })
  await until(async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs[0].recalledAt)
  desk.clock.pass(120)
  const after = await ticket(id)
  assert.deepEqual([after.status, after.assignee], ['open', null])
  const next = await open()
  assert.deepEqual([(await ranOn(next))[0].decision, (await ranOn(next))[0].reason], ['skip', 'killed'])
  assert.equal(desk.sink.mails.slice(sent).filter(({ raw }) => /30 days/.test(raw.toString())).length, 0)
  await desk.api('PUT', '/assistant/switch', { scope: 'desk', off: false })
})

test('in shadow, and for suggestions, the ticket is as it was', async () => {
  for (const mode of ['shadow', 'suggest'] as const) {
    await live({}, mode)
    const id = await open()
    const before = await ticket(id)
    assert.equal((await ranOn(id))[0].decision, 'draft')
    assert.deepEqual([(await ticket(id)).seq, (await messages(id)).length], [before.seq, 1])
  }
})

test('a colleague’s answer silences it: from then on it sorts, and no more', async () => {
  const agent = await desk.addAgent('Cleo', 'agent')
  await live({}, 'suggest')
  const third = await open()
  await ranOn(third)
  await desk.as(agent.token)('POST', `/tickets/${third}/messages`, { kind: 'reply', body: 'I look into it.' })
  const { requester } = await ticket(third)
  await live({})
  await desk.api('POST', `/tickets/${third}/messages`, {
    kind: 'reply',
    body: 'How can I return the lamp?',
    onBehalfOf: { email: requester.email },
  })
  const [run] = await until(async () => {
    const runs = await ranOn(third)
    return runs.length > 1 && runs
  })
  assert.deepEqual([run.decision, run.reason], ['triage_only', 'human_replied'])
})

test('what machines send starts no run', async () => {
  await live({})
  const from = 'robot@example.org'
  const raw = letter({
    from,
    to: support,
    subject: 'Returning a lamp',
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: asked,
  } as never)
  await post(desk.smtpPort, raw, { from, to: [support] })
  const found = await until(async () => {
    const { items } = (await desk.api('GET', '/tickets?limit=50')).body
    return items.find((each: { requester: { email: string } }) => each.requester.email === from)
  })
  const [run] = await ranOn(found.id)
  assert.deepEqual([run.decision, run.reason], ['skip', 'automatic'])
})

test('people judge a run, and see the list of runs within what they may see', async () => {
  await live({}, 'suggest')
  const id = await open()
  const [run] = await ranOn(id)
  const judged = await desk.api('POST', `/assistant/runs/${run.id}/verdict`, {
    verdict: 'wrong',
    note: 'Other lamp',
  })
  assert.equal(judged.body.verdict, 'wrong')
  const { items } = (await desk.api('GET', '/assistant/runs?judged=true')).body
  assert.ok(items.some((each: { id: number }) => each.id === run.id))
  const agent = await desk.addAgent('Dora', 'agent')
  assert.equal((await desk.as(agent.token)('GET', '/assistant/runs')).status, 403)
})

test('a configuration that answers alone is not published without a simulation', async () => {
  const { standard } = (await desk.api('GET', '/assistant')).body
  await desk.api('DELETE', '/assistant/live')
  const settings = { ...standard, otherwise: 'auto' }
  const { version } = (await desk.api('POST', '/assistant/versions', { settings })).body
  assert.equal((await desk.api('POST', `/assistant/versions/${version}/publish`)).status, 400)
  const drafts = { ...standard, otherwise: 'draft' }
  const safe = (await desk.api('POST', '/assistant/versions', { settings: drafts })).body
  const why = { reason: 'Drafts harm nobody.' }
  assert.equal((await desk.api('POST', `/assistant/versions/${safe.version}/publish`, why)).status, 200)
})

test('on request it looks when it is called in a note or by a macro, once each time; beside a person it only suggests', async () => {
  await live({ name: 'Lumi', triage: noTriage('suggest') }, 'on_request')
  const id = await open()
  const runs = async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs
  const { mention } = (await desk.api('GET', `/tickets/${id}/assistant`)).body
  assert.equal(mention.name, 'Lumi')
  await until(async () => (await runs()).length === 1)
  assert.deepEqual([(await runs())[0].decision, (await runs())[0].answer], ['triage_only', null])
  const call = { kind: 'note', body: 'What do you say?', mentions: [mention.id] }
  assert.equal((await desk.api('POST', `/tickets/${id}/messages`, call)).status, 201)
  await until(async () => (await runs()).length === 2)
  assert.match((await runs())[0].answer, /Send it back within 30 days/)
  assert.equal((await messages(id)).length, 2)
  const macro = { name: 'Ask', scope: 'shared', change: { askAssistant: true, snoozeSeconds: 3_600 } }
  const { body: made } = await desk.api('POST', '/macros', macro)
  const look = (await desk.api('POST', `/macros/${made.id}/preview`, { ticketId: id })).body.changes
  assert.deepEqual(
    look.map(({ field, to }: { field: string; to: string }) => [field, field === 'assistant' ? to : '']),
    [
      ['snooze', ''],
      ['assistant', 'Lumi'],
    ],
  )
  const applied = await desk.api('POST', `/macros/${made.id}/apply`, { ticketId: id })
  assert.equal(Date.parse(applied.body.snoozedUntil) - Date.parse(desk.clock.now()), 3_600_000)
  await until(async () => (await runs()).length === 3)

  await live({}, 'auto')
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'I look at it.' })
  assert.equal((await desk.api('GET', `/tickets/${id}/assistant`)).body.mention, null)
  const { requester } = await ticket(id)
  const more = { kind: 'reply', body: asked, onBehalfOf: { email: requester.email } }
  assert.equal((await desk.api('POST', `/tickets/${id}/messages`, more)).status, 201)
  assert.equal((await desk.api('POST', `/tickets/${id}/messages`, call)).status, 201)
  const [last] = await until(async () => {
    const all = await runs()
    return all.length > 3 && all[0].answer !== null && all
  })
  assert.deepEqual([last.decision, last.mode, last.messageId], ['draft', 'suggest', null])
})

test('a team is learnt from where tickets ended; on so few it is suggested and not set', async () => {
  const asked = {
    Bulbs: 'The bulb flickers and the light of my lamp goes out in the evening',
    Bills: 'The invoice names a wrong amount and I paid the bill by bank transfer twice',
  }
  const teams: Record<string, number> = {}
  for (const [name, text] of Object.entries(asked)) {
    const team = (await desk.api('POST', '/teams', { name })).body.id
    teams[name] = team
    for (let count = 0; count < 3; count++) {
      const id = await open(`${text}, ${count}`, { subject: text, team, category: undefined })
      await desk.api('PATCH', `/tickets/${id}`, { status: 'resolved' })
    }
  }
  const triage = { ...noTriage(), team: 'set' } as const
  await live({ triage, otherwise: 'off' }, 'off')
  await learnDue(desk.running.desk)
  const id = await open(`${asked.Bills}, please look`, { subject: 'My bill', category: undefined })
  const [run] = await ranOn(id)
  const guess = run.guesses.find(({ field }: { field: string }) => field === 'team')
  assert.deepEqual(
    [run.decision, guess?.label, guess?.isKnown, guess?.isSure],
    ['triage_only', String(teams['Bills']), true, false],
  )
  assert.equal((await ticket(id)).team, null)
})

test('tags, language and skill are set where they are sure; what people took away or said stays, and routing asks for the skill', async () => {
  const { database: db, clock } = desk.running.desk
  const skillId = (await desk.api('POST', '/skills', { name: 'Wiring' })).body.id
  const lead = await desk.addAgent('Wil', 'agent')
  await desk.api('PUT', `/agents/${lead.principal.agentId}/skills`, { skills: [{ skillId, level: 3 }] })
  for (const name of ['sparks']) await desk.api('POST', '/tags', { name })
  const wires = 'Funken kommen aus dem Kabel der Lampe und die Sicherung ist gefallen'
  const tells = { tags: 'sparks', skill: String(skillId), language: 'de' } as const
  for (const [field, label] of Object.entries(tells) as ['tags' | 'skill' | 'language', string][]) {
    const examples = Array.from({ length: 40 }, (_, at) =>
      at % 2 === 0
        ? { text: `${wires} ${at}`, labels: [label] }
        : {
            text: `The shade of my lamp is green and not blue ${at}`,
            labels: field === 'language' ? ['en'] : [],
          },
    )
    const { classifier } = learnField(field, examples, [])
    const measured = { learnt: 40, tested: 8, right: 8, sureFrom: 0.1, sure: 8, knownFrom: 0 }
    await addClassifier(db, {
      field,
      at: clock.now(),
      labels: 1,
      measured,
      model: gzipSync(serialize(classifier)),
    })
  }
  const team = (await desk.api('POST', '/teams', { name: 'Wires' })).body.id
  assert.equal(
    (await desk.api('POST', '/queues', { title: 'All', mode: 'pull', primaryTeams: [team] })).status,
    201,
  )
  const triage = { ...noTriage(), tags: 'set', language: 'set', skill: 'set' } as const
  await live({ triage, otherwise: 'off' }, 'off')
  const id = await open(`${wires}, bitte helfen`, { subject: 'Funken', category: undefined })
  const [run] = await ranOn(id)
  assert.equal(run.decision, 'triage_only')
  const sorted = await ticket(id)
  assert.deepEqual(sorted.tags, ['sparks'])
  assert.equal((await desk.api('GET', `/people/${sorted.requester.id}`)).body.language, 'de')
  const beside = (await desk.api('GET', `/tickets/${id}/assistant`)).body
  assert.deepEqual([beside.language, beside.skills], ['de', [{ id: skillId, name: 'Wiring' }]])
  await until(async () => {
    const rows = await db.rows<{ needs: unknown }>(
      sql`select needs from route_waiting where ticket_id = ${id}`,
    )
    return isDeepStrictEqual(rows[0]?.needs, [{ skillId, minLevel: 1, tier: 3 }])
  })

  await desk.api('PATCH', `/people/${sorted.requester.id}`, { language: 'nl' })
  await desk.api('PATCH', `/tickets/${id}`, { removeTags: ['sparks'] })
  const more = {
    kind: 'reply',
    body: `${wires}, schon wieder`,
    onBehalfOf: { email: sorted.requester.email },
  }
  await desk.api('POST', `/tickets/${id}/messages`, more)
  await until(async () => (await ranOn(id)).length > 1)
  assert.deepEqual((await ticket(id)).tags, [])
  assert.equal((await desk.api('GET', `/people/${sorted.requester.id}`)).body.language, 'nl')
  // What it read itself teaches it nothing.
  await desk.api('PATCH', `/tickets/${id}`, { status: 'resolved' })
  assert.ok((await labelledTexts(db, 'language')).every(({ ticketId }) => ticketId !== id))
})

test('while a field is learnt anew, by two processes at once, what was learnt of it is there for whoever looks', async () => {
  const { database: db, clock } = desk.running.desk
  const measured = { learnt: 2, tested: 0, right: 0, sureFrom: null, sure: 0, knownFrom: null }
  const learn = async () => {
    for (let times = 0; times < 40; times++)
      await addClassifier(db, {
        field: 'priority',
        at: clock.now(),
        labels: 2,
        measured,
        model: Buffer.of(1),
      })
  }
  await learn()
  let isOver = false
  const learning = Promise.all([learn(), learn()]).finally(() => (isOver = true))
  const seen: boolean[] = []
  while (!isOver)
    for (const { learnt, model } of await newestModels(db, []))
      if (learnt.field === 'priority') seen.push(model !== null)
  await learning
  assert.ok(
    seen.length > 5 && seen.every(Boolean),
    `${seen.filter((each) => !each).length} of ${seen.length}`,
  )
  const [{ count } = { count: 0 }] = await db.rows<{ count: number }>(
    sql`select count(*)::int as count from assistant_classifier where field = 'priority' and model is not null`,
  )
  assert.ok(count >= 1 && count <= 2)
  await db.rows(sql`delete from assistant_classifier where field = 'priority'`)
})

test('a long conversation is summarised in its own sentences: notes with it, nothing of side conversations or of what was taken back', async () => {
  const id = await open('The brass floor lamp from order 4711 flickers since Monday.')
  const say = async (body: string, more: object = {}) =>
    (await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, ...more })).body.id
  await say('Please send a photo of the plug and of the dimmer behind it.')
  const taken = await say('Your door code for the parcel room is brass lamp forty.')
  await say('The warehouse has two brass floor lamps left, keep one back.', { kind: 'note' })
  const side = {
    to: ['carrier@example.net'],
    subject: 'Brass',
    body: 'Is the brass lamp of 4711 lost?',
  }
  assert.equal((await desk.api('POST', `/tickets/${id}/side-conversations`, side)).status, 201)
  assert.equal((await desk.api('POST', `/tickets/${id}/messages/${taken}/redact`, {})).status, 200)
  const { status, body } = await desk.api('GET', `/tickets/${id}/summary`)
  assert.equal(status, 200)
  const said = JSON.stringify(body.lines)
  assert.match(said, /flickers since Monday/)
  assert.match(said, /keep one back/)
  assert.doesNotMatch(said, /door code|lost\?/)
  const items = await messages(id)
  for (const { messageId, sentence } of body.lines) {
    const { text } = items.find((each: { id: number }) => each.id === messageId)
    assert.ok(text.includes(sentence))
  }
  assert.equal(body.total, body.read)
  assert.equal((await desk.api('GET', '/tickets/999999/summary')).status, 404)
})
