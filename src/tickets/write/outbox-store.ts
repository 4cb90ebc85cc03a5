// The part of an update's statement that writes its mails, within the budgets of automatic mail.
import type { NewOutboxEntry } from '#channels/outbox-store.ts'
import type { UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { raw, sql, type Sql } from '#store/sql.ts'
import { rowsOf } from '#tickets/write/rows.ts'

/** Automatic mails to one address: at most so many in ten minutes and in a day. Beyond, the thread goes on in silence. */
const AUTOMATIC_PER_TEN_MINUTES = 5
const AUTOMATIC_PER_DAY = 20
/** And about one ticket to everybody: two responders that answer each other fall silent (RFC 3834 §2). */
const AUTOMATIC_PER_TICKET_AND_DAY = 10
/** Whoever exceeds that hears nothing automatic for so long, unless somebody of the desk lets it go on. */
const BRAKE_SECONDS = 3_600

type Mailing = {
  readonly outbox: readonly NewOutboxEntry[]
  readonly updateId: UpdateId
  readonly at: Instant
}

/** A mail asked for twice is one mail; an automatic one beyond a budget is not written at all, and the brake is on (RFC 3834 §2). */
export function outboxParts(writes: readonly Mailing[]): Sql[] {
  const rows = rowsOf(writes, ({ outbox, updateId, at }) =>
    outbox.map((each) => ({
      key: each.key,
      kind: each.kind,
      update_id: updateId,
      created_at: at,
      message_id: each.messageId,
      mailbox_id: each.mailboxId,
      recipients: each.recipients,
      to_email: each.recipients.to[0]?.email.toLowerCase() ?? '',
      rfc_message_id: each.rfcMessageId,
      send_at: each.sendAt,
      rule_id: each.byRule?.ruleId ?? null,
      subject: each.byRule?.subject ?? each.subject ?? null,
      body_text: each.byRule?.bodyText ?? null,
      to_agent: each.byRule?.toAgent ?? false,
      held: each.byRule?.held ?? false,
      about_id: each.aboutId ?? null,
      rare: each.rare ?? false,
    })),
  )
  if (rows.length === 0) return []
  const columns = sql`key, kind, update_id, created_at, message_id, mailbox_id, recipients, to_email, rfc_message_id, send_at,
    rule_id, subject, body_text, to_agent, held, about_id`
  return [
    sql`om as materialized (select t.id as ticket_id, x.*, x.kind = 'reply' or x.to_agent as asked
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, key text, kind text,
        update_id bigint, created_at timestamptz, message_id bigint, mailbox_id bigint, recipients jsonb, to_email text,
        rfc_message_id text, send_at timestamptz, rule_id bigint, subject text, body_text text, to_agent boolean,
        held boolean, about_id bigint, rare boolean) on x.no = t.no)`,
    ...(rows.every(({ kind }) => kind === 'reply')
      ? [
          sql`o as (insert into outbox (ticket_id, state, ${columns}) select ticket_id, 'queued', ${columns} from om
          on conflict (key) do nothing)`,
        ]
      : budgetedParts(columns)),
  ]
}

/** Counted no further than the budget, and once: the mails and the brake are written by the same answer. */
function budgetedParts(columns: Sql): Sql[] {
  const beyond = (whose: Sql, brake: Sql, seconds: number, most: number) => sql`exists (select from outbox o
    where ${whose} and o.kind <> 'reply' and not o.to_agent
      and o.created_at > greatest(x.created_at - make_interval(secs => ${raw(String(seconds))}),
        (select max(k.ended_at) from mail_brake k where ${brake}))
    offset ${raw(String(most - 1))} limit 1)`
  const [toThem, theirs] = [sql`o.to_email = x.to_email`, sql`k.email = x.to_email`]
  const [onTicket, its] = [sql`o.ticket_id = x.ticket_id`, sql`k.ticket_id = x.ticket_id`]
  return [
    sql`ob as materialized (select x.*, not asked and (${beyond(toThem, theirs, 600, AUTOMATIC_PER_TEN_MINUTES)}
        or ${beyond(toThem, theirs, 86_400, AUTOMATIC_PER_DAY)}) as flooded,
      not asked and ${beyond(onTicket, its, 86_400, AUTOMATIC_PER_TICKET_AND_DAY)} as looping,
      not asked and exists (select from mail_brake k where k.ended_at is null
        and (k.email = x.to_email or k.ticket_id = x.ticket_id)
        and k.at > x.created_at - make_interval(secs => ${raw(String(BRAKE_SECONDS))})) as braked
    from om x)`,
    sql`o as (insert into outbox (ticket_id, state, ${columns}) select ticket_id, 'queued', ${columns} from ob x
    where asked or (not braked and not flooded and not looping
      and not exists (select from suppression s where s.email = x.to_email)
      and not (rare and exists (select from outbox o where o.to_email = x.to_email and o.kind = x.kind
        and o.created_at > x.created_at - interval '1 day')))
    on conflict (key) do nothing)`,
    sql`bk as (insert into mail_brake (email, ticket_id, at)
    select to_email, null::bigint, created_at from ob where flooded
    union select null, ticket_id, created_at from ob where looping
    on conflict do nothing)`,
  ]
}
