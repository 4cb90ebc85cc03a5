// What a ticket says, erased: all of it, or what some people said of it, with everything that was kept of their words beside it. What
// others said stays, without the names, addresses and quotations of the erased. Its log is not touched.
import { forgetTold } from '#assistant/forget-store.ts'
import { isWorded } from '#assistant/run-store.ts'
import { dropMattersOf, eraseHookDeliveriesOf } from '#channels/hook-store.ts'
import { black, blacken, finds, type Place } from '#desk/privacy/black-store.ts'
import type { Patterns } from '#desk/privacy/patterns.ts'
import type { Instant } from '#kit/time.ts'
import type { Transaction } from '#store/database.ts'
import { join, raw, sql, type Sql } from '#store/sql.ts'

export type Counts = { readonly messages: number; readonly files: number }

export type Erased = {
  readonly ticketId: number
  /** Whose words go; null: everybody's. */
  readonly people: readonly number[] | null
  /** Whether its subject and its fields are theirs. */
  readonly isTheirs: boolean
  /** They took no part in it: others speak of them. */
  readonly isMention: boolean
  readonly addresses: readonly string[]
  readonly patterns: Patterns
  readonly at: Instant
}

type Own = { readonly id: number; readonly rfcId: string | null }

/**
 * True of the messages, by their table's name, that these people wrote. One that came by a join which was taken back is still under
 * their number: the address that it came from says whose it is.
 */
export function theirMessages(people: readonly number[], addresses: readonly string[]): Sql {
  const of = sql`any(${[...people]}::bigint[])`
  return sql`(message.author_id = ${of} and not exists (select from person_address o
      where o.address = message.from_email and not (o.person_id = ${of}))
    or message.from_email = any(${[...addresses]}))`
}

/**
 * True of what the assistant wrote out of a customer's words and of what other systems said of them: notes to people, and what a procedure
 * or a model worded. An article's own words say nothing of anybody.
 */
const madeOfTheirWords = sql`(message.author_type = 'assistant' and (message.kind = 'note' or exists (
  select from assistant_run r where r.message_id = message.id and (${isWorded} or r.procedure is not null))))`

/** What a ticket was ever called. */
export async function subjectsOf(tx: Transaction, ticketId: number): Promise<string[]> {
  const rows = await tx.rows<{ text: string }>(
    sql`select text from subject_revision where ticket_id = ${ticketId}`,
  )
  return rows.map(({ text }) => text)
}

/** What a ticket is called. */
export async function subjectNow(tx: Transaction, ticketId: number): Promise<string> {
  const row = await tx.row<{ text: string }>(sql`select r.text from ticket_state s
    join subject_revision r on r.id = (s.state->>'subjectRevisionId')::bigint where s.ticket_id = ${ticketId}`)
  return row?.text ?? ''
}

/**
 * Erases on one ticket, which is locked. Asked for again it finds nothing. Null, and nothing but what was to leave is taken back, while
 * something of it is on its way out.
 */
export async function eraseOnTicket(tx: Transaction, erased: Erased): Promise<Counts | null> {
  const { ticketId, people, addresses } = erased
  await stopOutgoing(tx, erased)
  if (!erased.isMention && (await isLeaving(tx, erased))) return null
  const own =
    await tx.rows<Own>(sql`select id, rfc_message_id as "rfcId" from message where ticket_id = ${ticketId}
    and ${people === null ? sql`true` : sql`(${theirMessages(people, addresses)} or ${erased.isTheirs ? madeOfTheirWords : sql`false`})`}`)
  const ids = own.map(({ id }) => id)
  // Scenarios and notes beside verdicts are found by the messages.
  if (isWhole(erased)) await forgetTold(tx, [ticketId])
  const files = await tx.rows(
    sql`delete from attachment where message_id = any(${ids}::bigint[]) returning id`,
  )
  const said =
    await tx.rows(sql`update message set body_text = '', body_html = null, quoted_text = null, invite = null,
    recipients = '{"to": [], "cc": []}', from_email = null, rfc_message_id = null, rfc_references = '{}',
    redacted_at = coalesce(redacted_at, ${erased.at}) where id = any(${ids}::bigint[])
      and (redacted_at is null or body_text <> '' or from_email is not null or rfc_message_id is not null) returning id`)
  await eraseMails(tx, erased)
  // Of a ticket of somebody else what names them is found in the last step.
  if (isWhole(erased)) {
    await eraseHookDeliveriesOf(tx, ticketId)
    await dropMattersOf(tx, ticketId)
  }
  if (people !== null) await blackenOthers(tx, erased, own)
  await eraseSubject(tx, erased)
  await eraseBeside(tx, erased)
  await eraseOutgoing(tx, erased)
  return { messages: said.length, files: files.length }
}

/** Whether the ticket itself is what goes: what stands beside somebody else's conversation is theirs. */
const isWhole = ({ people, isTheirs }: Erased) => people === null || isTheirs

/**
 * Mails as they came: those of others quote, and name whom they go to. Held ones that name a ticket of theirs quote it, too. Where
 * they are only spoken of, the mails that do so.
 */
async function eraseMails(
  tx: Transaction,
  { ticketId, isTheirs, isMention, patterns }: Erased,
): Promise<void> {
  const here = sql`select raw_mail_id from message where ticket_id = ${ticketId} and raw_mail_id is not null`
  const speaking = join(
    ['body_text', 'quoted_text', 'body_html'].map((name) => finds(raw(name), patterns)),
    ' or ',
  )
  const all = sql`${here}
    union select id from raw_mail where outcome ?| array['opened', 'joined', 'delivery'] and
      coalesce((outcome->>'opened')::bigint, (outcome->>'joined')::bigint, (outcome->>'delivery')::bigint) = ${ticketId}
    union select raw_mail_id from quarantine where ticket_id = ${ticketId} and (${isTheirs} or state <> 'held')`
  const called = sql`exists (select from ticket where ticket.id = ${ticketId} and ${finds(raw('ticket.subject'), patterns)})`
  const mails = isMention ? sql`${here} and (${speaking} or ${called})` : all
  const rows = await tx.rows<{ id: number }>(sql`select raw_mail_id as id from (${mails}) m`)
  await emptyMails(
    tx,
    rows.map(({ id }) => id),
  )
}

/** Forgets what mails said and who sent them; that they came stays known, so that they do not come again. */
export async function emptyMails(tx: Transaction, ids: readonly number[]): Promise<void> {
  await tx.rows(sql`delete from quarantine where raw_mail_id = any(${[...ids]}::bigint[])`)
  await tx.rows(sql`update raw_mail set bytes = '', blob_sha256 = null, size = 0, auth = null,
    envelope = '{"from": null, "to": [], "remoteAddress": null}' where id = any(${[...ids]}::bigint[]) and size is distinct from 0`)
}

async function blackenOthers(tx: Transaction, erased: Erased, own: readonly Own[]): Promise<void> {
  const { ticketId, addresses, patterns, isMention } = erased
  const rfcIds = own.flatMap(({ rfcId }) => (rfcId === null ? [] : [rfcId]))
  const others = sql`ticket_id = ${ticketId} and not (id = any(${own.map(({ id }) => id)}::bigint[]))`
  // A quotation says what somebody else said, and HTML holds it too.
  if (!isMention)
    await tx.rows(
      sql`update message set quoted_text = null, body_html = null where ${others} and quoted_text is not null`,
    )
  await blacken(
    tx,
    { table: 'message', text: ['body_text', 'body_html', 'quoted_text'], json: ['invite'] },
    patterns,
    others,
  )
  await tx.rows(sql`update message set
      recipients = jsonb_build_object('to', ${withoutAddresses('to', addresses)}, 'cc', ${withoutAddresses('cc', addresses)}),
      from_email = case when from_email = any(${[...addresses]}) then null else from_email end,
      rfc_references = array(select r from unnest(rfc_references) with ordinality u(r, n) where not (r = any(${rfcIds})) order by n)
    where ${others}`)
  await tx.rows(sql`update attachment set name = ${black(sql`name`, patterns)}
    where message_id in (select id from message where ${others}) and ${finds(sql`name`, patterns)}`)
}

const withoutAddresses = (list: 'to' | 'cc', addresses: readonly string[]) =>
  leaving(sql`recipients->${list}`, addresses)

/** A list of addresses, bare or with names, without some of them. */
const leaving = (list: Sql, addresses: readonly string[]) =>
  sql`coalesce((select jsonb_agg(each order by n) from jsonb_array_elements(${list}) with ordinality u(each, n)
    where not coalesce(lower(coalesce(each->>'email', each #>> '{}')) = any(${[...addresses]}), false)), '[]'::jsonb)`

async function eraseSubject(tx: Transaction, { ticketId, isTheirs, patterns }: Erased): Promise<void> {
  await tx.rows(
    sql`update subject_revision set text = ${isTheirs ? sql`''` : black(sql`text`, patterns)} where ticket_id = ${ticketId}`,
  )
  if (isTheirs) await tx.rows(sql`delete from field_value where ticket_id = ${ticketId}`)
}

/** Texts of the desk itself beside the conversation. */
const besides: readonly Place[] = [
  { table: 'checklist_item', text: ['text'] },
  { table: 'alert', text: ['recipient', 'detail'] },
]

/** What stands beside the conversation of somebody else stays theirs. */
const ofOthers: readonly Place[] = [
  { table: 'assistant_run', text: ['answer'], json: ['sentences', 'procedure'] },
  { table: 'assistant_scenario', text: ['title', 'subject'], json: ['turns', 'looked_up'] },
  { table: 'assistant_simulated', text: ['answer'] },
  { table: 'draft', text: ['body'] },
  { table: 'field_value', json: ['value'] },
  { table: 'review', text: ['note'] },
  { table: 'side_draft', text: ['subject', 'body'] },
  { table: 'survey', text: ['comment'] },
]

async function eraseBeside(tx: Transaction, erased: Erased): Promise<void> {
  const { ticketId, people, patterns, addresses } = erased
  const here = sql`ticket_id = ${ticketId}`
  if (people === null) {
    await tx.rows(sql`update checklist_item set text = '' where ${here}`)
    await tx.rows(sql`update side_conversation set subject = '', participants = '[]' where ${here}`)
    await tx.rows(sql`delete from alert where ${here}`)
  } else {
    for (const place of besides) await blacken(tx, place, patterns, here)
    await tx.rows(sql`update side_conversation set subject = ${black(sql`subject`, patterns)},
      participants = ${leaving(sql`participants`, addresses)} where ${here}`)
  }
  const whole = isWhole(erased)
  const theirs = whole ? sql`true` : sql`person_id = any(${[...(people ?? [])]}::bigint[])`
  await tx.rows(sql`update survey set comment = '' where ${here} and comment <> '' and ${theirs}`)
  await tx.rows(sql`update chat set page = null, referrer = null where ${here}
    and (${whole} or visitor_id in (select id from visitor where ${theirs}))`)
  await tx.rows(sql`update help_search set query = '' where ${here} and ${theirs}`)
  if (!whole) return blackenBeside(tx, erased)
  await tx.rows(sql`delete from attachment where message_id is null and id in (
    select unnest(attachments) from draft where ${here} union select unnest(attachments) from side_draft where ${here})`)
  await tx.rows(sql`delete from draft where ${here}`)
  await tx.rows(sql`delete from side_draft where ${here}`)
  await tx.rows(sql`update review set note = '' where ${here} and note <> ''`)
  await tx.rows(
    sql`update assistant_run set answer = null, sentences = '[]', procedure = procedure || '{"facts": [], "outside": []}' where ${here}`,
  )
  await tx.rows(sql`update assistant_simulated set answer = null where ${here}`)
}

async function blackenBeside(tx: Transaction, { ticketId, patterns, addresses }: Erased): Promise<void> {
  const here = sql`ticket_id = ${ticketId}`
  for (const place of ofOthers) await blacken(tx, place, patterns, here)
  const verdicts = sql`message_id in (select id from message where ${here}) or run_id in (select id from assistant_run where ${here})`
  await blacken(tx, { table: 'assistant_verdict', text: ['note'] }, patterns, verdicts)
  await leaveOut(tx, addresses, patterns, (id) => sql`${id} = ${ticketId}`)
}

/** Takes addresses out of those that drafts are written to: a blackened one is none. */
export async function leaveOut(
  tx: Transaction,
  addresses: readonly string[],
  { whole }: Patterns,
  where: (ticketId: Sql) => Sql,
): Promise<void> {
  const theirs = sql`any(${[...addresses]})`
  await tx.rows(sql`update draft set to_email = case when lower(to_email) = ${theirs} then null else to_email end,
      cc = case when jsonb_typeof(cc) = 'array' then ${leaving(sql`cc`, addresses)} else cc end
    where (lower(to_email) = ${theirs} or jsonb_typeof(cc) = 'array' and cc <> ${leaving(sql`cc`, addresses)})
      and ${where(sql`draft.ticket_id`)}`)
  await tx.rows(sql`update side_draft set recipients = array_to_string(array(
      select each from regexp_split_to_table(recipients, '[,;]') with ordinality u(each, n)
      where not each ~* ${whole} order by n), ',')
    where recipients ~* ${whole} and ${where(sql`side_draft.ticket_id`)}`)
}

/** True of the mails that go to them. */
const toThem = ({ isTheirs, addresses }: Erased) =>
  isTheirs ? sql`not to_agent` : sql`lower(to_email) = any(${[...addresses]})`

/** What was to leave to them stays here. An event whose delivery was given up in the middle does not leave again either. */
async function stopOutgoing(tx: Transaction, erased: Erased): Promise<void> {
  const { ticketId, at } = erased
  const here = sql`ticket_id = ${ticketId}`
  await tx.rows(sql`update outbox set state = 'cancelled', settled_at = ${at}
    where ${here} and state = 'queued' and (${toThem(erased)})`)
  if (isWhole(erased))
    await tx.rows(sql`update webhook_delivery set state = 'cancelled', settled_at = ${at}, claim = null, claimed_until = null
      where ${here} and (state = 'queued' or state = 'sending' and claimed_until <= ${at})`)
}

/** Whether something of a ticket is on its way out this moment: it would come back to be tried again, or say for good what it says. */
async function isLeaving(tx: Transaction, { ticketId, at }: Erased): Promise<boolean> {
  const rows = await tx.rows(sql`select from outbox where ticket_id = ${ticketId} and state = 'sending'
    union all select from webhook_delivery where ticket_id = ${ticketId} and state = 'sending' and claimed_until > ${at} limit 1`)
  return rows.length > 0
}

/** What has left says no more to whom and what. What goes to others goes as they were to have it. */
async function eraseOutgoing(tx: Transaction, erased: Erased): Promise<void> {
  const { ticketId, addresses, patterns } = erased
  const here = sql`ticket_id = ${ticketId}`
  const theirs = toThem(erased)
  const over = sql`state not in ('queued', 'sending')`
  await tx.rows(sql`update outbox set recipients = '{"to": [], "cc": []}', subject = null, body_text = null, response = null,
    report = null, to_email = '', key = 'erased:' || id where ${here} and ${over} and (${theirs})`)
  await tx.rows(sql`update outbox set recipients = jsonb_build_object('to', ${withoutAddresses('to', addresses)},
    'cc', ${withoutAddresses('cc', addresses)}) where ${here}`)
  const outgoing = { table: 'outbox', text: ['subject', 'body_text', 'response', 'report'] }
  await blacken(tx, outgoing, patterns, sql`${here} and ${over}`)
  await eraseHooks(tx, erased)
}

async function eraseHooks(tx: Transaction, erased: Erased): Promise<void> {
  const here = sql`ticket_id = ${erased.ticketId}`
  const attempts = sql`delivery_id in (select id from webhook_delivery where ${here})`
  if (!isWhole(erased)) {
    const payload = { table: 'webhook_delivery', json: ['payload'] }
    await blacken(tx, payload, erased.patterns, sql`${here} and state <> 'sending'`)
    return blacken(tx, { table: 'webhook_attempt', text: ['detail'] }, erased.patterns, attempts)
  }
  await tx.rows(sql`update webhook_delivery set payload = '{}' where ${here} and state <> 'sending'`)
  await tx.rows(sql`update webhook_attempt set detail = '' where ${attempts}`)
}
