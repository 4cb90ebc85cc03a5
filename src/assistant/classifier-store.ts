// What the classifiers learn from, and what they learnt. Labels come from people: a category that the assistant set itself is none
// until somebody has set it again.
import type { Measured } from '#assistant/triage.ts'
import type { TriageField } from '#assistant/words.ts'
import type { ManyLabelled } from '#assistant/classifier.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** The beginning of a text says what it is about; the newest tickets say how the desk sorts today. */
const [LETTERS, MOST] = [2_000, 100_000]

/** The last to say it was not the assistant. */
const byPeople = (event: string) => sql`(select e.actor_type from ticket_event e
  where e.ticket_id = t.id and e.kind = ${event} order by e.seq desc limit 1) is distinct from 'assistant'`

/** The labels of a ticket, and whether they are known at all; `t` is the ticket. */
const LABELS: Readonly<Record<TriageField, { labels: Sql; known: Sql }>> = {
  category: {
    labels: sql`array[t.category_id::text]`,
    known: sql`${byPeople('category_changed')} and t.category_id is not null and exists (select from category c where c.id = t.category_id and c.archived_at is null)`,
  },
  // Where it was when it was settled, whoever had sent it there.
  team: {
    labels: sql`array[t.team_id::text]`,
    known: sql`${byPeople('team_changed')} and t.team_id is not null and exists (select from team g where g.id = t.team_id and g.archived_at is null)`,
  },
  // Every ticket has a priority: only where somebody changed it, it is a label.
  priority: {
    labels: sql`array[t.priority]`,
    known: sql`${byPeople('priority_changed')}
      and exists (select from ticket_event e where e.ticket_id = t.id and e.kind = 'priority_changed' and e.actor_type = 'agent')`,
  },
  // What rules give they give by themselves: there is nothing to learn from it.
  tags: {
    labels: sql`array(select g.name from tag g where g.name = any(t.tags) and g.archived_at is null
      and coalesce((select e.actor_type from ticket_event e where e.ticket_id = t.id and e.kind = 'tags_changed'
        and e.payload -> 'added' ? g.name order by e.seq desc limit 1), 'agent') not in ('assistant', 'rule'))`,
    known: sql`true`,
  },
  // What the assistant read of an earlier ticket is nobody's word.
  language: {
    labels: sql`array[(select lower(left(p.language, 2)) from person p where p.id = t.requester_id)]`,
    known: sql`exists (select from person p where p.id = t.requester_id and p.language is not null)
      and not exists (select from ticket o join ticket_event e on e.ticket_id = o.id and e.kind = 'assistant_ran' and e.payload ? 'language'
        where o.requester_id = t.requester_id)`,
  },
  // What those know who settle such tickets.
  skill: {
    labels: sql`array(select s.skill_id::text from agent_skill s join skill k on k.id = s.skill_id and k.archived_at is null
      where s.agent_id = t.assignee_id)`,
    known: sql`exists (select from agent a where a.person_id = t.assignee_id)`,
  },
}

/** Settled tickets with what people called them, in order of time: subject and first message. */
export async function labelledTexts(
  db: Db,
  field: TriageField,
  before: Instant | null = null,
): Promise<(ManyLabelled & { readonly ticketId: number })[]> {
  const { labels: column, known } = LABELS[field]
  const rows = await db.rows<ManyLabelled & { readonly ticketId: number }>(sql`
    select * from (
      select t.id as "ticketId", ${column} as labels, t.subject || E'\n' || m.text as text, t.created_at
      from ticket t cross join lateral (select left(body_text, ${LETTERS}) as text from message m
        where m.ticket_id = t.id and m.direction = 'inbound' and m.voided_at is null and m.redacted_at is null and m.side_conversation_id is null
        order by m.id limit 1) m
      where not t.hidden and t.status in ('resolved', 'closed') and ${known}
        and ${before === null ? sql`true` : sql`t.created_at < ${before}`}
      order by t.created_at desc, t.id desc limit ${MOST}) newest
    order by created_at, "ticketId"`)
  return rows.map(({ ticketId, labels, text }) => ({ ticketId, labels, text }))
}

export type Learnt = {
  readonly id: number
  readonly field: TriageField
  readonly at: Instant
  readonly labels: number
  readonly measured: Measured
}

const columns = sql`id, field, at, labels, measured`

/** Keeps what was learnt; the models before it are forgotten, how good they were is not. In one statement: no reader finds none. */
export async function addClassifier(
  db: Db,
  learnt: Omit<Learnt, 'id'> & { readonly model: Uint8Array },
): Promise<number> {
  const { field, at, labels, measured, model } = learnt
  const row = await db.row<{ id: number }>(sql`
    with forgotten as (update assistant_classifier set model = null where field = ${field} and model is not null)
    insert into assistant_classifier (field, at, labels, measured, model)
    values (${field}, ${at}, ${labels}, ${JSON.stringify(measured)}, ${Buffer.from(model)}) returning id`)
  return row?.id ?? 0
}

/** The newest of each field. */
export async function newestClassifiers(db: Db): Promise<Learnt[]> {
  return db.rows<Learnt>(
    sql`select distinct on (field) ${columns} from assistant_classifier order by field, id desc`,
  )
}

/** The newest of each field, each with what it learnt unless its id is among the known. One look: asked for by id, it may be forgotten. */
export async function newestModels(
  db: Db,
  known: readonly number[],
): Promise<{ readonly learnt: Learnt; readonly model: Buffer | null }[]> {
  const rows = await db.rows<Learnt & { readonly model: Buffer | null }>(sql`
    select distinct on (field) ${columns}, case when id <> all(${known}::bigint[]) then model end as model
    from assistant_classifier order by field, id desc`)
  return rows.map(({ model, ...learnt }) => ({ learnt, model }))
}
