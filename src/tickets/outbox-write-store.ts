// The part of an update's statement that writes its mails, within the budgets of automatic mail.
import type { NewOutboxEntry } from '#channels/outbox-store.ts'
import type { UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { sql, type Sql } from '#store/sql.ts'

/** Automatic mails to one address: at most so many in ten minutes and in a day. Beyond, the thread goes on in silence. */
const AUTOMATIC_PER_TEN_MINUTES = 5
const AUTOMATIC_PER_DAY = 20
/** And about one ticket to everybody: two responders that answer each other fall silent (RFC 3834 §2). */
const AUTOMATIC_PER_TICKET_AND_DAY = 10
/** Whoever exceeds that hears nothing automatic for so long, unless somebody of the desk lets it go on. */
const BRAKE_SECONDS = 3_600

/** A mail asked for twice is one mail; an automatic one beyond a budget is not written at all, and the brake is on (RFC 3834 §2). */
export function outboxPart({
  outbox,
  updateId,
  at,
}: {
  readonly outbox: readonly NewOutboxEntry[]
  readonly updateId: UpdateId
  readonly at: Instant
}): Sql {
  const rows = outbox.map((each) => ({
    key: each.key,
    kind: each.kind,
    message_id: each.messageId,
    mailbox_id: each.mailboxId,
    recipients: each.recipients,
    to_email: each.recipients.to[0]?.email ?? '',
    rfc_message_id: each.rfcMessageId,
    send_at: each.sendAt,
    rule_id: each.byRule?.ruleId ?? null,
    subject: each.byRule?.subject ?? null,
    body_text: each.byRule?.bodyText ?? null,
    to_agent: each.byRule?.toAgent ?? false,
    held: each.byRule?.held ?? false,
    rare: each.rare ?? false,
  }))
  const columns = sql`key, kind, message_id, mailbox_id, recipients, to_email, rfc_message_id, send_at, rule_id, subject,
    body_text, to_agent, held`
  const sentSince = (seconds: number) => sql`(select count(*) from outbox o where o.to_email = x.to_email
    and o.kind <> 'reply' and not o.to_agent and o.created_at > greatest(${at}::timestamptz - make_interval(secs => ${seconds}),
      (select max(k.ended_at) from mail_brake k where k.email = x.to_email)))`
  const onTicket = sql`(select count(*) from outbox o where o.ticket_id = t.id and o.kind <> 'reply' and not o.to_agent
    and o.created_at > greatest(${at}::timestamptz - interval '1 day',
      (select max(k.ended_at) from mail_brake k where k.ticket_id = t.id)))`
  const isFlooded = sql`(${sentSince(600)} >= ${AUTOMATIC_PER_TEN_MINUTES} or ${sentSince(86_400)} >= ${AUTOMATIC_PER_DAY})`
  const isLooping = sql`${onTicket} >= ${AUTOMATIC_PER_TICKET_AND_DAY}`
  const isBraked = sql`exists (select from mail_brake k where k.ended_at is null
    and (k.email = x.to_email or k.ticket_id = t.id) and k.at > ${at}::timestamptz - make_interval(secs => ${BRAKE_SECONDS}))`
  const automatic = sql`(select distinct to_email from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as a(kind text, to_email text, to_agent boolean) where kind <> 'reply' and not to_agent) x`
  return sql`o as (insert into outbox (ticket_id, update_id, created_at, state, ${columns})
    select t.id, ${updateId}::bigint, ${at}::timestamptz, 'queued', x.key, x.kind, x.message_id, x.mailbox_id, x.recipients,
      x.to_email, x.rfc_message_id, x.send_at, x.rule_id, x.subject, x.body_text, x.to_agent, x.held
    from t, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(key text, kind text, message_id bigint,
      mailbox_id bigint, recipients jsonb, to_email text, rfc_message_id text, send_at timestamptz,
      rule_id bigint, subject text, body_text text, to_agent boolean, held boolean, rare boolean)
    where x.kind = 'reply' or x.to_agent
      or (not ${isBraked} and not ${isFlooded} and not ${isLooping}
        and not exists (select from suppression s where s.email = x.to_email)
        and not (x.rare and exists (select from outbox o where o.to_email = x.to_email and o.kind = x.kind
          and o.created_at > ${at}::timestamptz - interval '1 day')))
    on conflict (key) do nothing),
  bk as (insert into mail_brake (email, ticket_id, at)
    select x.to_email, null::bigint, ${at}::timestamptz from t, ${automatic} where ${isFlooded}
    union select null, t.id, ${at}::timestamptz from t, ${automatic} where ${isLooping}
    on conflict do nothing)`
}
