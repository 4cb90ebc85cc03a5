// Many tickets out of some: every ticket of a simulated company copied with all that hangs on it, people in proportion.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { SPANS, spanWord } from '#tickets/search-document.ts'

/** Rows of a table that belong to a ticket, and what is another in a copy. */
type Copied = {
  readonly table: string
  /** Which rows of the first tickets; all that hang on one of them by `ticket_id` unless said. */
  readonly where?: string
  readonly changed: Readonly<Record<string, string>>
  /** Numbers itself, or belongs to the first alone. */
  readonly left?: readonly string[]
}

type Sizes = {
  readonly tickets: number
  /** Of these and of surveys: their ids come from one place. */
  readonly messages: number
  readonly subjects: number
  readonly people: number
}

/** Multiplies the tickets of a desk that runs on a folder of its own; its numbers go on where they ended. */
export async function copyTickets(dataDir: string, copies: number): Promise<void> {
  const client = await connectTo(dataDir)
  // The desk goes on writing for a moment, timers that were due first: its own next messages lie between the copies'.
  const { rows } = await client.query<Sizes>(`select (select max(id) from ticket)::int as tickets,
    (select greatest((select max(id) from message), (select max(id) from survey)) + 1000)::int as messages, (select max(id) from person)::int as people,
    (select coalesce(max(id), 0) from subject_revision)::int as subjects`)
  const [sizes] = rows
  if (sizes === undefined) throw new Error('Bug: a desk without numbers')
  // An index that is built at the end is built ten times faster.
  const { rows: built } = await client.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes
     where tablename = 'search_document' and indexname <> 'search_document_pkey'`,
  )
  for (const { name } of built) await client.query(`drop index ${name}`)
  // The desk goes on living: a copy is of one moment, or its log and its row would disagree.
  await client.query('begin isolation level repeatable read')
  for (let copy = 1; copy <= copies; copy++)
    for (const each of tablesOf(copy, sizes)) await copyTable(client, sizes, each)
  await client.query('commit')
  await client.query(`set maintenance_work_mem = '512MB'`)
  for (const { made } of built) await client.query(made)
  await client.query(`select setval('ticket_id_seq', (select max(id) from ticket)),
    setval(pg_get_serial_sequence('person', 'id'), (select max(id) from person)),
    setval('content_id_seq', greatest((select max(id) from message), (select max(id) from survey)) + 64)`)
  await client.query('vacuum analyze')
  await client.end()
}

function tablesOf(copy: number, { tickets, messages, subjects, people }: Sizes): readonly Copied[] {
  const byTicket = { ticket_id: `ticket_id + ${copy * tickets}` }
  const customer = (id: string) =>
    `case when ${id} in (select person_id from agent) then ${id} else ${id} + ${copy * people} end`
  return [
    {
      table: 'person',
      where: `id <= ${people} and id not in (select person_id from agent)`,
      changed: { id: `id + ${copy * people}`, email: `replace(email, '@', '.${copy * people}@')` },
    },
    {
      table: 'ticket',
      where: `id <= ${tickets}`,
      changed: { id: `id + ${copy * tickets}`, requester_id: customer('requester_id') },
    },
    {
      table: 'ticket_state',
      changed: {
        ...byTicket,
        state: `state || jsonb_build_object('requesterId', ${customer(`(state->>'requesterId')::bigint`)})
          || ${shifted('state', 'subjectRevisionId', copy * subjects)}
          || case when state->>'newestPublic' is null then '{}' else jsonb_build_object('newestPublic',
            state->'newestPublic' || ${shifted(`(state->'newestPublic')`, 'messageId', copy * messages)}) end`,
      },
    },
    {
      table: 'ticket_event',
      changed: {
        ...byTicket,
        payload: `payload || case kind when 'ticket_opened'
            then jsonb_build_object('requesterId', ${customer(`(payload->>'requesterId')::bigint`)}) else '{}' end
          || ${shifted('payload', 'messageId', copy * messages)} || ${shifted('payload', 'surveyId', copy * messages)}
          || ${shifted('payload', 'fromRevisionId', copy * subjects)}
          || ${shifted('payload', 'toRevisionId', copy * subjects)}`,
      },
      left: ['id'],
    },
    {
      table: 'survey',
      changed: { ...byTicket, id: `id + ${copy * messages}`, person_id: customer('person_id') },
      left: ['number'],
    },
    { table: 'subject_revision', changed: { ...byTicket, id: `id + ${copy * subjects}` } },
    {
      table: 'message',
      changed: { ...byTicket, id: `id + ${copy * messages}`, author_id: customer('author_id') },
      left: ['raw_mail_id'],
    },
    {
      table: 'attachment',
      where: `message_id in (select id from message where ticket_id <= ${tickets})`,
      changed: { message_id: `message_id + ${copy * messages}` },
      left: ['id'],
    },
    { table: 'search_document', changed: { ...byTicket, words: wordsIn(copy * tickets) } },
    ...['ticket_clock', 'timer', 'rule_timer', 'route_waiting', 'report_span', 'report_fact'].map(
      (table) => ({
        table,
        changed: byTicket,
      }),
    ),
    { table: 'route_decision', changed: byTicket, left: ['id'] },
  ]
}

/** An id inside of JSON, where there is one, as it is in a copy. */
function shifted(json: string, key: string, by: number): string {
  return `case when ${json}->>'${key}' is null then '{}' else jsonb_build_object('${key}', (${json}->>'${key}')::bigint + ${by}) end`
}

/** The words of a copy: the words by which newest tickets are searched first say its own number. */
function wordsIn(offset: number): string {
  const spansOf = (id: string) =>
    SPANS.map((bits, level) => `'${spanWord(level, '')}' || (${id} >> ${bits})`).join(', ')
  return `ts_delete(words, array[${spansOf('ticket_id')}]) || array_to_tsvector(array[${spansOf(`(ticket_id + ${offset})`)}])`
}

/** Gives a ticket so many messages more, as rows: it is only looked at. */
export async function lengthen(dataDir: string, ticketId: number, messages: number): Promise<void> {
  const client = await connectTo(dataDir)
  await client.query(
    `insert into message (id, ticket_id, kind, direction, author_id, author_type, channel, at, body_text)
     select (select max(id) from message) + n, $1::bigint, 'reply', 'inbound', t.requester_id, 'requester', 'email',
       t.updated_at + make_interval(secs => n), 'Message number ' || n || '. It says a little more than that, in two lines.'
     from ticket t, generate_series(1, $2::int) n where t.id = $1`,
    [ticketId, messages],
  )
  await client.end()
}

/** Forgets what backtests have kept of tickets: the next one lives all of them again. */
export async function forgetKept(dataDir: string): Promise<void> {
  const client = await connectTo(dataDir)
  await client.query('delete from backtest_basis')
  await client.end()
}

async function connectTo(dataDir: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: readFileSync(join(dataDir, 'postgres.url'), 'utf8').trim(),
  })
  await client.connect()
  return client
}

async function copyTable(
  client: pg.Client,
  { tickets }: Sizes,
  { table, where, changed, left = [] }: Copied,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and not column_name = any($2)`,
    [table, left],
  )
  const names = rows.map(({ name }) => name)
  await client.query(`insert into ${table} (${names.join(', ')}) overriding system value
    select ${names.map((name) => changed[name] ?? name).join(', ')} from ${table} where ${where ?? `ticket_id <= ${tickets}`}`)
}
