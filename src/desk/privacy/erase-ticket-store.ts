// What a ticket says, erased: all of it, or what some people said of it, with everything that was kept of their words beside it. What
// others said stays, without the names, addresses and quotations of the erased. Its log is not touched.
import { forgetTold } from '#assistant/forget-store.ts'
import { dropMattersOf, eraseHookDeliveriesOf } from '#channels/hook-store.ts'
import { black, blacken, finds, type Place } from '#desk/privacy/black-store.ts'
import type { Patterns } from '#desk/privacy/patterns.ts'
import type { Instant } from '#kit/time.ts'
import type { Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Counts = { readonly messages: number; readonly files: number }

export type Erased = {
  readonly ticketId: number
  /** Whose words go; null: everybody's. */
  readonly people: readonly number[] | null
  /** Whether its subject and its fields are theirs. */
  readonly isTheirs: boolean
  readonly addresses: readonly string[]
  readonly patterns: Patterns
  readonly at: Instant
}

type Own = { readonly id: number; readonly rfcId: string | null }

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

/** Erases on one ticket, which is locked. Asked for again it finds nothing. */
export async function eraseOnTicket(tx: Transaction, erased: Erased): Promise<Counts> {
  const { ticketId, people, isTheirs } = erased
  const own =
    await tx.rows<Own>(sql`select id, rfc_message_id as "rfcId" from message where ticket_id = ${ticketId}
    and ${people === null ? sql`true` : sql`author_id = any(${[...people]}::bigint[])`}`)
  const ids = own.map(({ id }) => id)
  // Scenarios and notes beside verdicts are found by the messages.
  await forgetTold(tx, [ticketId])
  const files = await tx.rows(
    sql`delete from attachment where message_id = any(${ids}::bigint[]) returning id`,
  )
  const said =
    await tx.rows(sql`update message set body_text = '', body_html = null, quoted_text = null, invite = null,
    recipients = '{"to": [], "cc": []}', from_email = null, rfc_message_id = null, rfc_references = '{}',
    redacted_at = coalesce(redacted_at, ${erased.at}) where id = any(${ids}::bigint[])
      and (redacted_at is null or body_text <> '' or from_email is not null or rfc_message_id is not null) returning id`)
  await eraseMails(tx, ticketId, isTheirs)
  await eraseHookDeliveriesOf(tx, ticketId)
  if (people === null || isTheirs) await dropMattersOf(tx, ticketId)
  if (people !== null) await blackenOthers(tx, erased, own)
  await eraseSubject(tx, erased)
  await eraseBeside(tx, erased)
  await eraseOutgoing(tx, erased)
  return { messages: said.length, files: files.length }
}

/** Mails as they came: those of others quote, and name whom they go to. Held ones that name a ticket of theirs quote it, too. */
async function eraseMails(tx: Transaction, ticketId: number, isTheirs: boolean): Promise<void> {
  const mails = sql`select raw_mail_id from message where ticket_id = ${ticketId} and raw_mail_id is not null
    union select id from raw_mail where outcome ?| array['opened', 'joined', 'delivery'] and
      coalesce((outcome->>'opened')::bigint, (outcome->>'joined')::bigint, (outcome->>'delivery')::bigint) = ${ticketId}
    union select raw_mail_id from quarantine where ticket_id = ${ticketId} and (${isTheirs} or state <> 'held')`
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
  const { ticketId, addresses, patterns } = erased
  const rfcIds = own.flatMap(({ rfcId }) => (rfcId === null ? [] : [rfcId]))
  const others = sql`ticket_id = ${ticketId} and not (id = any(${own.map(({ id }) => id)}::bigint[]))`
  // A quotation says what somebody else said, and HTML holds it too.
  await tx.rows(
    sql`update message set quoted_text = null, body_html = null where ${others} and quoted_text is not null`,
  )
  await blacken(
    tx,
    { table: 'message', text: ['body_text', 'body_html'], json: ['invite'] },
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
  sql`coalesce((select jsonb_agg(each) from jsonb_array_elements(recipients->${list}) each
    where not (lower(each->>'email') = any(${[...addresses]}))), '[]'::jsonb)`

async function eraseSubject(tx: Transaction, { ticketId, isTheirs, patterns }: Erased): Promise<void> {
  await tx.rows(
    sql`update subject_revision set text = ${isTheirs ? sql`''` : black(sql`text`, patterns)} where ticket_id = ${ticketId}`,
  )
  if (isTheirs) await tx.rows(sql`delete from field_value where ticket_id = ${ticketId}`)
}

/** Texts of the desk itself beside the conversation. */
const besides: readonly Place[] = [
  { table: 'checklist_item', text: ['text'] },
  { table: 'side_conversation', text: ['subject'], json: ['participants'] },
  { table: 'alert', text: ['recipient', 'detail'] },
]

async function eraseBeside(tx: Transaction, { ticketId, people, patterns }: Erased): Promise<void> {
  const here = sql`ticket_id = ${ticketId}`
  if (people === null) {
    await tx.rows(sql`update checklist_item set text = '' where ${here}`)
    await tx.rows(sql`update side_conversation set subject = '', participants = '[]' where ${here}`)
    await tx.rows(sql`delete from alert where ${here}`)
  } else for (const place of besides) await blacken(tx, place, patterns, here)
  await tx.rows(sql`delete from attachment where message_id is null and id in (
    select unnest(attachments) from draft where ${here} union select unnest(attachments) from side_draft where ${here})`)
  await tx.rows(sql`delete from draft where ${here}`)
  await tx.rows(sql`delete from side_draft where ${here}`)
  await tx.rows(sql`update survey set comment = '' where ${here} and comment <> ''`)
  await tx.rows(sql`update chat set page = null, referrer = null where ${here}`)
  await tx.rows(sql`update help_search set query = '', person_id = null, ticket_id = null where ${here}`)
  await tx.rows(sql`update assistant_run set answer = null, sentences = '[]' where ${here}`)
  await tx.rows(sql`update assistant_simulated set answer = null where ${here}`)
}

/** What was to leave stays here, and what has left says no more to whom and what. */
async function eraseOutgoing(
  tx: Transaction,
  { ticketId, isTheirs, addresses, patterns, at }: Erased,
): Promise<void> {
  const here = sql`ticket_id = ${ticketId}`
  const theirs = isTheirs ? sql`not to_agent` : sql`lower(to_email) = any(${[...addresses]})`
  await tx.rows(sql`update outbox set state = 'cancelled', settled_at = ${at}
    where ${here} and state = 'queued' and (${theirs})`)
  const over = sql`state not in ('queued', 'sending')`
  await tx.rows(sql`update outbox set recipients = '{"to": [], "cc": []}', subject = null, body_text = null, response = null,
    report = null, to_email = '', key = 'erased:' || id where ${here} and ${over} and (${theirs})`)
  await tx.rows(sql`update outbox set recipients = jsonb_build_object('to', ${withoutAddresses('to', addresses)},
    'cc', ${withoutAddresses('cc', addresses)}) where ${here}`)
  await blacken(tx, { table: 'outbox', text: ['subject', 'body_text', 'response', 'report'] }, patterns, here)
  await tx.rows(
    sql`update webhook_delivery set state = 'cancelled', settled_at = ${at} where ${here} and state = 'queued'`,
  )
  await tx.rows(sql`update webhook_delivery set payload = '{}' where ${here} and state <> 'sending'`)
  await tx.rows(
    sql`update webhook_attempt set detail = '' where delivery_id in (select id from webhook_delivery where ${here})`,
  )
}
