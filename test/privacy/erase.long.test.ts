// Erasing a person: unusual strings wherever something of theirs can lie are found by a scan of every column and every file, and no longer
// once they are erased. What others said stays, and so do numbers.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { unzipSync } from 'fflate'
import { verifyAll } from '#commands/verify.ts'
import { instant } from '#kit/time.ts'
import { dropUnusedFiles } from '#desk/privacy/unused-files.ts'
import type { ReadyTicket } from '#imports/ready.ts'
import type { UserStory } from '#imports/story.ts'
import { tellStories } from '#imports/tell.ts'
import { tellUsers } from '#imports/users.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'
import { scan } from '../support/scan.ts'

let desk: TestDesk
let api: Call
before(async () => {
  desk = await startDesk({ web: true })
  api = desk.api
})
after(() => desk.close())

const NAME = 'Zyxwa Qwblyker'
const MAIL = 'zyxwa.q@qzhost.example'
const OTHER = 'qzother@qzsecond.example'

const sql = (text: string, ...values: unknown[]) =>
  desk.running.desk.database.rows<Record<string, unknown>>({ text, values, strings: [], sql: text } as never)
/** All is read, and nothing is on its way out: what is being sent is not erased for a minute, which does not pass here by itself. */
const idle = () =>
  until(async () => {
    const now = desk.running.desk.clock.now()
    const underWay = await sql(
      `select from raw_mail where state = 'waiting' union all
       select from outbox where state = 'sending' or (state = 'queued' and send_at <= $1 and not held and kept_at is null)`,
      now,
    )
    return underWay.length === 0
  })

/** What must be found before, and by no means after; each stands for one place. */
const seeds = {
  name: 'Qwblyker',
  address: 'qzhost',
  second: 'qzsecond',
  phone: '+49 999 7171717',
  notes: 'qznotes',
  body: 'qzbody',
  subject: 'Qzsubject of much grief',
  quotation: 'qzquoted',
  file: 'qzfilebytes',
  fileName: 'qzfilename',
  held: 'qzheldmail',
  draft: 'qzdraft',
  comment: 'qzcomment',
  search: 'qzsearched',
  page: 'qzpage',
  visitor: 'qzvisitor',
  payload: 'qzpayload',
  attempt: 'qzattempt',
  event: 'qzevent',
  failedEvent: 'qzfailedevent',
  matter: 'qzmatter',
  answer: 'qzanswer',
  scenario: 'qzscenario',
  field: 'qzfield',
  side: 'qzsidemail',
  source: 'qzsource',
  rfc: 'qzmessageid',
}
/** What others said. */
const stays = ['keptanswer', 'keptothers', 'keptnote', 'keptbea']

async function seed() {
  const field = await api('POST', '/fields', { key: 'iban', label: 'Account', type: 'text', personal: true })
  assert.equal(field.status, 201)
  const file = Buffer.from(`something ${seeds.file}`).toString('base64')
  const raw = [
    `From: ${NAME} <${MAIL}>`,
    'To: support@docket.localhost, Fay <fay@friend.example>',
    `Subject: ${seeds.subject}`,
    `Message-ID: <${seeds.rfc}@qzhost.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    `Hello, ${seeds.body}. ${NAME}`,
    '--b',
    `Content-Type: application/octet-stream; name="${seeds.fileName}.bin"`,
    `Content-Disposition: attachment; filename="${seeds.fileName}.bin"`,
    'Content-Transfer-Encoding: base64',
    '',
    file,
    '--b--',
    '',
  ].join('\r\n')
  const mailbox = String((await api('GET', '/mailboxes')).body.items[0].address)
  await post(desk.smtpPort, Buffer.from(raw.replace('support@docket.localhost', mailbox)), {
    from: MAIL,
    to: [mailbox],
  })
  await idle()
  const [ticket] = (await api('GET', '/tickets')).body.items
  const id = Number(ticket.id)
  const personId = Number(ticket.requester.id)
  await api('PATCH', `/people/${personId}`, { phone: seeds.phone, notes: seeds.notes })
  await api('POST', `/people/${personId}/addresses`, { email: OTHER })
  const said = await api('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: `Dear ${NAME}, keptanswer about ${seeds.subject} to ${MAIL}`,
  })
  assert.equal(said.status, 201)
  await api('POST', `/tickets/${id}/messages`, {
    kind: 'note',
    body: `keptnote: called Qwblyker at ${OTHER.toUpperCase()}`,
  })
  await api('PATCH', `/tickets/${id}`, { fields: { iban: seeds.field } }, { 'idempotency-key': 'one' })
  await api('POST', `/tickets/${id}/participants`, { role: 'cc', email: 'fay@friend.example' })
  // A friend answers all, and quotes.
  const answer = letter({
    from: 'fay@friend.example',
    to: mailbox,
    subject: `Re: ${seeds.subject}`,
    inReplyTo: `${seeds.rfc}@qzhost.example`,
    text: `keptothers\n\nOn Monday ${NAME} <${MAIL}> wrote:\n> ${seeds.quotation} ${seeds.body}\n`,
  })
  await post(desk.smtpPort, answer, { from: 'fay@friend.example', to: [mailbox] })
  await idle()
  // Somebody else speaks of them, on a ticket they took no part in.
  const requester = { email: 'bea@friend.example', name: 'Bea Friend' }
  const speaking = { subject: 'Lamp', body: `keptbea: ask ${NAME}, ${MAIL.toUpperCase()}`, requester }
  assert.equal((await api('POST', '/tickets', speaking)).status, 201)
  await seedBeside(id, personId)
  return { id, personId }
}

/** Places that no customer of this test comes by. */
async function seedBeside(id: number, personId: number) {
  const [{ id: messageId } = {}] = await sql(`select min(id) as id from message where ticket_id = $1`, id)
  const [{ id: agentId } = {}] = await sql(`select min(person_id) as id from agent`)
  const one = async (text: string, ...values: unknown[]) => Number((await sql(text, ...values))[0]?.['id'])
  const at = '2026-03-02T09:00:00Z'
  const rawId = await one(
    `insert into raw_mail (dedupe_key, received_at, source, envelope, bytes, state, next_try_at, size)
     values ('k', $1, 'smtp', $2, $3, 'quarantined', $1, 10) returning id`,
    at,
    JSON.stringify({ from: MAIL, to: [], remoteAddress: null }),
    Buffer.from(`Subject: ${seeds.held}`),
  )
  await sql(
    `insert into quarantine (raw_mail_id, reasons, sender, subject, snippet, held_at, expires_at)
     values ($1, '{}', $2, $3, $3, $4, $4)`,
    rawId,
    MAIL,
    seeds.held,
    at,
  )
  await sql(
    `insert into draft (ticket_id, agent_id, mode, body, updated_at) values ($1, $2, 'reply', $3, $4)`,
    id,
    agentId,
    seeds.draft,
    at,
  )
  const brandId = await one(`select min(id) as id from brand`)
  await sql(
    `insert into survey (id, ticket_id, episode, brand_id, person_id, outcome, scale, at, score, comment)
     values (1, $1, 1, $2, $3, 'sent', 5, $4, 4, $5)`,
    id,
    brandId,
    personId,
    at,
    seeds.comment,
  )
  await sql(
    `insert into help_search (mark, at, brand_id, language, source, query, found, person_id)
     values ('m', $1, $2, 'en', 'portal', $3, 0, $4)`,
    at,
    brandId,
    seeds.search,
    personId,
  )
  const widgetId = await one(`select id from widget limit 1`)
  if (Number.isFinite(widgetId)) throw new Error('Bug: there is a widget already')
  const made = await api('POST', '/widgets', {
    name: 'Shop',
    brand: brandId,
    origins: ['https://shop.example'],
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const visitorId = await one(
    `insert into visitor (widget_id, token_hash, kind, subject, person_id, name, email, created_at, seen_at)
     values ($1, 'x', 'verified', $2, $3, $4, $5, $6, $6) returning id`,
    made.body.id,
    seeds.visitor,
    personId,
    NAME,
    MAIL,
    at,
  )
  await sql(
    `insert into chat (ticket_id, visitor_id, begun_at, page) values ($1, $2, $3, $4)`,
    id,
    visitorId,
    at,
    `https://shop.example/${seeds.page}`,
  )
  await sql(
    `insert into portal_ask (brand_id, email, language, at) values ($1, $2, 'en', $3)`,
    brandId,
    MAIL,
    at,
  )
  const hookId = await one(
    `insert into webhook (key, name, url, key_id, sealed, created_at) values ('h', 'H', 'https://x.example', '', '', $1) returning id`,
    at,
  )
  const eventsId = await one(
    `insert into hook (name, key_hash, scheme, brand_id, mapping, again, created_at)
     values ('E', 'x', 'secret', $1, '{}', 'note', $2) returning id`,
    brandId,
    at,
  )
  await sql(
    `insert into hook_delivery (hook_id, sender_key, at, state, ticket_id, headers, body, detail)
     values ($1, $2, $3, 'done', $4, $5::jsonb, $5::text, 'opened'), ($1, $6, $3, 'failed', null, '{}', $7, $8)`,
    eventsId,
    seeds.event,
    at,
    id,
    JSON.stringify({ text: seeds.event }),
    `order of ${MAIL}`,
    JSON.stringify({ text: seeds.failedEvent, from: { email: OTHER } }),
    `${NAME} is no customer`,
  )
  await sql(
    `insert into hook_matter (hook_id, key, ticket_id) values ($1, $2, $3), ($1, $4, null)`,
    eventsId,
    seeds.matter,
    id,
    MAIL,
  )
  const deliveryId = await one(
    `insert into webhook_delivery (key, webhook_id, ticket_id, update_id, rule_id, cause_seq, payload, state, next_try_at, created_at)
     values ('d', $1, $2, 1, 1, 1, $3, 'delivered', $4, $4) returning id`,
    hookId,
    id,
    JSON.stringify({ body: seeds.payload }),
    at,
  )
  await sql(
    `insert into webhook_attempt (delivery_id, at, duration_ms, detail) values ($1, $2, 1, $3)`,
    deliveryId,
    at,
    seeds.attempt,
  )
  await sql(
    `insert into assistant_config (version, content, hash, note, created_by, created_at) overriding system value values (1, '{}', '', '', $1, $2)`,
    agentId,
    at,
  )
  await sql(
    `insert into assistant_run (ticket_id, seq, config_version, at, mode, decision, steps, guesses, evidence, sentences, answer, ms)
     values ($1, 1, 1, $2, 'draft', 'answer', '[{"step": "model"}]', '[]', '[]', $3, $4, 1)`,
    id,
    at,
    JSON.stringify([{ text: seeds.answer, evidence: 1 }]),
    seeds.answer,
  )
  await sql(
    `insert into assistant_scenario (title, subject, channel, turns, ticket_id, created_by, updated_at)
     values ('A scenario', $1, 'email', $2, $3, $4, $5)`,
    seeds.scenario,
    JSON.stringify([{ by: 'customer', text: seeds.scenario }]),
    id,
    agentId,
    at,
  )
  await sql(
    `insert into outbox (key, kind, ticket_id, update_id, message_id, recipients, to_email, rfc_message_id, state, send_at, created_at,
       subject, body_text, response) values ('o', 'notification', $1, 1, $2, '{"to": [], "cc": []}', $3, '<x@y>', 'queued', $4, $5, $6, $6, $6)`,
    id,
    messageId,
    MAIL,
    '2027-01-01T00:00:00Z',
    at,
    seeds.side,
  )
  for (const text of [
    `insert into suppression (email, reason, at) values ('${MAIL}', 'hard_bounce', '${at}')`,
    `insert into mail_brake (email, at) values ('${MAIL}', '${at}')`,
    `insert into import (source, kind, state, options, created_at) values ('zd', 'zendesk', 'done', '{}', '${at}')`,
  ])
    await sql(text)
  const importId = await one(`select max(id) as id from import`)
  for (const [kind, name, local] of [
    ['users', `${seeds.source}@old.example`, personId],
    ['tickets', `${seeds.source}-1`, id],
  ] as const) {
    await sql(
      `insert into import_ref (source, kind, source_id, local_id, version, made, import_id) values ('zd', $1, $2, $3, '1', true, $4)`,
      kind,
      name,
      local,
      importId,
    )
    await sql(
      `insert into import_problem (import_id, kind, source_id, place, outcome, reason) values ($1, $2, $3, $3, 'skipped', $4)`,
      importId,
      kind,
      name,
      `${MAIL} is odd`,
    )
  }
}

const everywhere = async () => [
  ...(await scan(desk.config.databaseUrl ?? '', [...Object.values(seeds), ...stays])),
  ...blobsSaying([...Object.values(seeds), ...stays]),
]

function blobsSaying(words: readonly string[]) {
  const folder = join(desk.config.dataDir, 'blobs')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return files
    .filter((path) => statSync(path).isFile())
    .flatMap((path) =>
      words
        .filter((word) => readFileSync(path, 'latin1').includes(word))
        .map((word) => ({ word, place: 'blobs' })),
    )
}

test('nothing of an erased person is found in any column or file, and what others said stays', async () => {
  const { id, personId } = await seed()
  const found = await everywhere()
  for (const word of [...Object.values(seeds), ...stays])
    assert.ok(
      found.some((each) => each.word === word),
      `the scan does not find ${word}, which stands somewhere`,
    )
  assert.ok(found.some(({ place }) => place === 'blobs'))

  // The one that only speaks of them is found by the search.
  await until(async () => (await api('GET', `/people/${personId}/erasure`)).body.otherTickets === 1)
  const shown = await api('GET', `/people/${personId}/erasure`)
  assert.deepEqual([shown.body.tickets, shown.body.hindrance, shown.body.files], [1, null, 1])
  assert.equal(
    (await api('POST', `/people/${personId}/erasure`, { tickets: 1, otherTickets: 0 })).status,
    409,
  )
  await idle()
  const asked = await api('POST', `/people/${personId}/erasure`, { tickets: 1, otherTickets: 1 })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await until(async () => (await api('GET', `/people/${personId}/erasure`)).body.erasure.finishedAt)
  // Asked for again it is the same one.
  assert.equal(
    (await api('POST', `/people/${personId}/erasure`, { tickets: 0, otherTickets: 0 })).body.id,
    asked.body.id,
  )

  // A file that was stored just now waits.
  const drop = () =>
    dropUnusedFiles({ ...desk.running.desk, clock: { now: () => instant(Date.now() + 7_200_000) } })()
  await drop()
  const left = await everywhere()
  assert.deepEqual(
    left.filter(({ word }) => !stays.includes(word)),
    [],
  )
  for (const word of stays)
    assert.ok(
      left.some((each) => each.word === word),
      `${word} is gone`,
    )

  const events = (await api('GET', `/tickets/${id}/events`)).body.items
  assert.deepEqual(
    events
      .filter(({ kind }: { kind: string }) => kind === 'words_erased')
      .map(({ actor }: { actor: object }) => actor),
    [{ type: 'api', id: events.at(-1).actor.id, name: events.at(-1).actor.name }],
  )
  const { body: ticket } = await api('GET', `/tickets/${id}`)
  assert.deepEqual([ticket.subject, ticket.requester.name, ticket.requester.email], ['', 'Erased person', ''])
  const { body: log } = await api('GET', '/audit')
  assert.ok(log.items.some(({ action }: { action: string }) => action === 'person_erased'))
  assert.deepEqual((await verifyAll(desk.running.desk.database)).differences, [])

  // The source tells of them again, and they stay erased.
  const again = await desk.running.desk.database.transaction(async (tx) => {
    const from = {
      source: 'zd',
      importId: Number((await sql('select max(id) as id from import'))[0]?.['id']),
    }
    const name = `${seeds.source}@old.example`
    const person = { kind: 'users', id: name, version: '2', name: NAME, email: MAIL, otherEmails: [] }
    const ticket = {
      kind: 'tickets',
      id: `${seeds.source}-1`,
      version: '2',
      story: {},
      lacks: null,
      files: new Map(),
    }
    return [
      ...(await tellUsers(desk.running.desk, tx, from, [person as unknown as UserStory])),
      ...(await tellStories(desk.running.desk, tx, from, [ticket as unknown as ReadyTicket])),
    ]
  })
  assert.deepEqual(
    again.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['skipped', 'it was erased here'],
      ['skipped', 'it was erased here'],
    ],
  )

  // Whoever writes from there now is somebody new.
  const mailbox = String((await api('GET', '/mailboxes')).body.items[0].address)
  const back = letter({ from: MAIL, to: mailbox, subject: 'Anew', text: 'I am back' })
  await post(desk.smtpPort, back, { from: MAIL, to: [mailbox] })
  await idle()
  const [newest] = (await api('GET', '/tickets?sort=newest')).body.items
  assert.deepEqual([newest.requester.email, newest.requester.id === personId], [MAIL, false])
})

test('what is somebody else’s stays: what a visitor only typed, a join taken back, what stands beside the tickets of others', async () => {
  const ask = async (email: string, name: string, body: string) =>
    (await api('POST', '/tickets', { subject: 'Bill', body, requester: { email, name } })).body
  const bea = await ask('bea@other.example', 'Bea Support Other', 'beasaid Support before Ned Team wrote')
  const ned = await ask('ned@typed.example', 'Ned Team', 'nedsaid')
  const beaId = Number(bea.requester.id)
  const nedId = Number(ned.requester.id)
  await api('POST', `/tickets/${bea.id}/participants`, { role: 'cc', email: 'ned@typed.example' })
  await api('PATCH', `/people/${nedId}`, { phone: '-' })
  const at = '2026-03-02T09:00:00Z'
  const [{ id: agentId } = {}] = await sql(`select min(person_id) as id from agent`)
  const [{ id: brandId } = {}] = await sql(`select min(id) as id from brand`)
  const [{ id: widgetId } = {}] = await sql(`select min(id) as id from widget`)
  await sql(
    `insert into visitor (widget_id, token_hash, kind, person_id, name, email, created_at, seen_at)
     values ($1, 'typed', 'claimed', $2, 'Bea Support Other', 'bea@other.example', $3, $3)`,
    widgetId,
    nedId,
    at,
  )
  await sql(
    `insert into person_join (kept_id, gone_id, at, joined_by, moved, undone_at) values ($1, $2, $3, $4, $5, $3)`,
    nedId,
    beaId,
    at,
    agentId,
    JSON.stringify({
      addresses: ['bea@other.example', 'once@other.example'],
      goneEmail: 'bea@other.example',
      before: { name: 'Ned Team' },
      after: { name: 'Bea Support Other' },
    }),
  )
  await sql(
    `insert into survey (id, ticket_id, episode, brand_id, person_id, outcome, scale, at, score, comment)
     values (2, $1, 1, $2, $3, 'sent', 5, $4, 4, 'beacomment')`,
    bea.id,
    brandId,
    beaId,
    at,
  )
  await sql(
    `insert into help_search (mark, at, brand_id, language, source, query, found, person_id, ticket_id)
     values ('bea', $1, $2, 'en', 'portal', 'beasearched', 1, $3, $4)`,
    at,
    brandId,
    beaId,
    bea.id,
  )
  await sql(
    `insert into draft (ticket_id, agent_id, mode, body, updated_at) values ($1, $2, 'reply', 'beadraft', $3)`,
    bea.id,
    agentId,
    at,
  )
  await sql(`insert into import_file (name, bytes, created_at) values ('f', 'a-b 0', now())`)
  // While they were one, hers came in his name.
  await sql(
    `insert into message (id, ticket_id, kind, direction, author_id, author_type, channel, at, body_text, from_email)
     select max(id) + 500000, $1, 'reply', 'inbound', $2, 'customer', 'email', $3, 'beajoined', 'bea@other.example' from message`,
    bea.id,
    nedId,
    at,
  )
  await sql(
    `insert into outbox (key, kind, recipients, to_email, rfc_message_id, state, send_at, created_at, subject, body_text, update_id)
     values ('ned', 'notification', '{"to": [], "cc": []}', 'ned@typed.example', '<n@y>', 'queued', '2027-01-01', $1, 'A way in', 'nedlink', 1)`,
    at,
  )
  const emptied = async () =>
    (await sql(`select id from audit_entry where salt is null and thing_id is distinct from $1`, nedId))
      .length
  const before = await emptied()

  const { tickets, otherTickets } = (await api('GET', `/people/${nedId}/erasure`)).body
  assert.deepEqual([tickets, otherTickets], [1, 1])
  await idle()
  const asked = await api('POST', `/people/${nedId}/erasure`, { tickets, otherTickets })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await until(async () => (await api('GET', `/people/${nedId}/erasure`)).body.erasure.finishedAt)

  const [first] = (await api('GET', `/tickets/${bea.id}/messages`)).body.items
  assert.equal(first.text, 'beasaid Support before █████ wrote')
  assert.deepEqual(
    [
      (await api('GET', `/people/${beaId}`)).body.email,
      (await api('GET', `/tickets/${bea.id}`)).body.subject,
    ],
    ['bea@other.example', 'Bill'],
  )
  const kept = await sql(`select (select comment from survey where id = 2) as rated,
    (select query from help_search where mark = 'bea') as searched, (select body from draft where body = 'beadraft') as draft,
    (select ticket_id is not null from help_search where mark = 'bea') as wrote,
    (select count(*)::int from import_file) as files, (select state || to_email from outbox where rfc_message_id = '<n@y>') as mail`)
  assert.deepEqual(kept, [
    {
      rated: 'beacomment',
      searched: 'beasearched',
      draft: 'beadraft',
      wrote: true,
      files: 1,
      mail: 'cancelled',
    },
  ])
  assert.equal(await emptied(), before)
  const said = (await api('GET', `/tickets/${bea.id}/messages`)).body.items
  assert.ok(said.some(({ text }: { text: string }) => text === 'beajoined'))
  // Nothing of his is left by that.
  assert.equal(
    (await api('POST', `/people/${nedId}/erasure`, { tickets: 1, otherTickets: 1 })).body.id,
    asked.body.id,
  )

  // What came in their name after all is not kept: they can be erased once more.
  await sql(
    `insert into message (id, ticket_id, kind, direction, author_id, author_type, channel, at, body_text)
     select max(id) + 1000000, $1, 'reply', 'inbound', $2, 'customer', 'email', $3, 'nedlate' from message`,
    ned.id,
    nedId,
    at,
  )
  const again = await api('POST', `/people/${nedId}/erasure`, { tickets: 1, otherTickets: 1 })
  assert.notEqual(again.body.id, asked.body.id)
  await until(async () => (await sql(`select from message where body_text = 'nedlate'`)).length === 0)
})

test('a person’s data is an archive of what they may read: no notes, nobody’s address, files whole', async () => {
  const requester = { email: 'reader@customer.example', name: '=Reader <b>' }
  const opened = await api('POST', '/tickets', {
    subject: 'Mine </title>',
    body: 'I <i>said</i> it',
    requester,
  })
  const id = Number(opened.body.id)
  await api('POST', `/tickets/${id}/participants`, { role: 'cc', email: 'secret@friend.example' })
  await api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'internalonly' })
  const answered = await api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'Publicly told' })
  const sha256 = await desk.running.desk.blobs.put(Buffer.from('bytes of a file'))
  await sql(
    `insert into attachment (message_id, sha256, name, type, size) values ($1, $2, '../../etc/x', 'text/plain', 15)`,
    answered.body.id,
    sha256,
  )
  desk.clock.pass(60)
  await until(
    async () =>
      (await sql(`select from outbox where message_id = $1 and state = 'sent'`, answered.body.id)).length > 0,
  )
  // Lost on the disk; cut off at 120 units its name would begin with half a sign.
  await sql(
    `insert into attachment (message_id, sha256, name, type, size) values ($1, $2, $3, 'text/plain', 15)`,
    answered.body.id,
    'f'.repeat(64),
    `${'𝒳'.repeat(60)}.`,
  )
  const response = await fetch(`${desk.url}/api/v1/people/${opened.body.requester.id}/data.zip`, {
    headers: { authorization: `Bearer ${desk.token}` },
  })
  assert.equal(response.headers.get('content-type'), 'application/zip')
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const text = (path: string) => Buffer.from(files[path] ?? []).toString()
  const names = Object.keys(files).toSorted()
  const [file = '', lost = ''] = names.filter((name) => name.startsWith('files/'))
  assert.match(text(lost), /missing or damaged/)
  assert.match(file, /^files\/\d+\/\d+-[^/]+$/)
  assert.deepEqual(names, [
    file,
    lost,
    'index.html',
    'person.json',
    `tickets/${id}.html`,
    `tickets/${id}.json`,
  ])
  assert.equal(text(file), 'bytes of a file')
  const told = JSON.parse(text(`tickets/${id}.json`))
  assert.deepEqual(
    told.messages.map((each: { text: string; byThem: boolean }) => [each.text, each.byThem]),
    [
      ['I <i>said</i> it', true],
      ['Publicly told', false],
    ],
  )
  const all = names.map(text).join('\n')
  assert.doesNotMatch(all, /internalonly|secret@friend/)
  assert.doesNotMatch(text(`tickets/${id}.html`) + text('index.html'), /<i>|<b>/)
  assert.deepEqual(JSON.parse(text('person.json')).addresses, ['reader@customer.example'])
})
