// Many tickets out of some: every ticket of a simulated company copied with its state, log, messages and search words.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** Multiplies the tickets of a desk that runs on a folder of its own; its numbers go on where they ended. */
export async function copyTickets(dataDir: string, copies: number): Promise<void> {
  const client = new pg.Client({
    connectionString: readFileSync(join(dataDir, 'postgres.url'), 'utf8').trim(),
  })
  await client.connect()
  const { rows } = await client.query<{ tickets: number; messages: number }>(
    `select (select max(id) from ticket)::int as tickets, (select max(id) from message)::int as messages`,
  )
  const { tickets = 0, messages = 0 } = rows[0] ?? {}
  for (let copy = 1; copy <= copies; copy++) {
    const ticket = `+ ${copy * tickets}`
    const copied = (table: string, changed: Readonly<Record<string, string>>, left: readonly string[] = []) =>
      copyTable(client, { table, tickets, changed, left })
    await copied('ticket', { id: `id ${ticket}` })
    await copied('ticket_state', { ticket_id: `ticket_id ${ticket}` })
    await copied('ticket_event', { ticket_id: `ticket_id ${ticket}` }, ['id'])
    await copied('message', { id: `id + ${copy * messages}`, ticket_id: `ticket_id ${ticket}` }, [
      'raw_mail_id',
    ])
    await copied('search_document', { ticket_id: `ticket_id ${ticket}` })
  }
  await client.query(`select setval('ticket_id_seq', (select max(id) from ticket))`)
  await client.query('vacuum analyze')
  await client.end()
}

/** Gives a ticket so many messages more, as rows: it is only looked at. */
export async function lengthen(dataDir: string, ticketId: number, messages: number): Promise<void> {
  const client = new pg.Client({
    connectionString: readFileSync(join(dataDir, 'postgres.url'), 'utf8').trim(),
  })
  await client.connect()
  await client.query(
    `insert into message (id, ticket_id, kind, direction, author_id, author_type, channel, at, body_text)
     select (select max(id) from message) + n, $1::bigint, 'reply', 'inbound', t.requester_id, 'requester', 'email',
       t.updated_at + make_interval(secs => n), 'Message number ' || n || '. It says a little more than that, in two lines.'
     from ticket t, generate_series(1, $2::int) n where t.id = $1`,
    [ticketId, messages],
  )
  await client.end()
}

type Copy = {
  readonly table: string
  readonly tickets: number
  readonly changed: Readonly<Record<string, string>>
  readonly left: readonly string[]
}

async function copyTable(client: pg.Client, { table, tickets, changed, left }: Copy): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and not column_name = any($2)`,
    [table, left],
  )
  const names = rows.map(({ name }) => name)
  const key = names.includes('ticket_id') ? 'ticket_id' : 'id'
  await client.query(`insert into ${table} (${names.join(', ')})
    select ${names.map((name) => changed[name] ?? name).join(', ')} from ${table} where ${key} <= ${tickets}`)
}
