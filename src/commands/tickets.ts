// `ticket list|show|reply|note|set` and `search`: work on tickets from a shell or a script, of this desk or of one far away. All of it
// over the API with a token, so it may what that may.
import { text } from 'node:stream/consumers'
import type { ParseArgsConfig } from 'node:util'
import { articlePage } from '#api/contract/articles.ts'
import { messagePage, postedMessage, type Message, type PostedMessage } from '#api/contract/messages.ts'
import { ticket as ticketShape, ticketPage, type Ticket } from '#api/contract/tickets.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { readChanges } from '#commands/ticket-changes.ts'
import { withApi } from '#commands/with-api.ts'
import { cleanLine, cleanText } from '#mail/clean.ts'

const EX_USAGE = 64
const word = { type: 'string' } as const
const common = { url: word, json: { type: 'boolean' } } as const satisfies ParseArgsConfig['options']

export const ticketList: Command = {
  usage: 'ticket list [QUERY] [--sort KEY] [--limit N] [--cursor C] [--url URL] [--json]',
  about:
    'Lists tickets by a search such as "status:open assignee:me refund", those changed last first.\nDOCKET_TOKEN says as whom, --url or DOCKET_URL where the desk is. --json gives the page as the API does, with nextCursor.',
  run: async (args) => {
    const { values, positionals } = readArguments(ticketList, args, {
      ...common,
      sort: word,
      limit: { type: 'string', default: '20' },
      cursor: word,
    })
    const { url, json, ...page } = values
    const found = await withApi(url, (api) =>
      api.get('/tickets', ticketPage, { q: positionals.join(' '), ...page }),
    )
    if (json === true) return print(found)
    for (const { term, suggestion } of found.ignored)
      console.error(`Left out: ${term}${suggestion === null ? '' : `. Did you mean ${suggestion}?`}`)
    for (const each of found.items) console.log(lineOf(each))
    if (found.items.length === 0) console.log('No ticket matches.')
    if (found.nextCursor !== null) console.error(`There are more: --cursor ${found.nextCursor}`)
  },
}

export const ticketShow: Command = {
  usage: 'ticket show TICKET [--messages N] [--url URL] [--json]',
  about: 'Shows a ticket with its newest messages, oldest of them first.',
  run: async (args) => {
    const { values, positionals } = readArguments(ticketShow, args, {
      ...common,
      messages: { type: 'string', default: '20' },
    })
    const id = numberIn(ticketShow, positionals)
    const [ticket, messages] = await withApi(values.url, (api) =>
      Promise.all([
        api.get(`/tickets/${id}`, ticketShape),
        api.get(`/tickets/${id}/messages`, messagePage, { before: 'end', limit: values.messages }),
      ]),
    )
    if (values.json === true) return print({ ticket, messages })
    console.log(headOf(ticket).join('\n'))
    if (messages.earlier > 0) console.log(`\n(${messages.earlier} earlier: --messages N, at most 200)`)
    for (const message of messages.items) console.log(`\n${saidIn(message)}`)
  },
}

export const ticketReply: Command = {
  usage: 'ticket reply TICKET [--text T] [--status S] [--seq N] [--url URL] [--json]',
  about:
    'Answers the customer, with the text given or from standard input. It leaves after the time in which it can be undone.\nWith --seq, the seq of the ticket as it was read, nothing leaves when something newer is there.',
  run: (args) => write(ticketReply, 'reply', args),
}

export const ticketNote: Command = {
  usage: 'ticket note TICKET [--text T] [--status S] [--seq N] [--url URL] [--json]',
  about: 'Adds a note that only agents see, with the text given or from standard input.',
  run: (args) => write(ticketNote, 'note', args),
}

export const ticketSet: Command = {
  usage: 'ticket set TICKET KEY=VALUE… [--seq N] [--url URL] [--json]',
  about:
    'Changes a ticket.\nWhat can be set: subject, status, priority, category, assignee (address or id), team (name or id), snooze (an instant),\ntag+=NAME, tag-=NAME, field.KEY=VALUE. An empty value clears.',
  run: async (args) => {
    const { values, positionals } = readArguments(ticketSet, args, { ...common, seq: word })
    const id = numberIn(ticketSet, positionals.slice(0, 1))
    const read = readChanges(positionals.slice(1))
    if (!read.ok) throw new Stop(EX_USAGE, read.problem)
    if (positionals.length < 2) throw new Stop(EX_USAGE, `Usage: ./docket ${ticketSet.usage}`)
    const change = { ...read.change, ...seqIn(values.seq) }
    const changed = await withApi(values.url, (api) =>
      api.send('PATCH', `/tickets/${id}`, ticketShape, change),
    )
    if (values.json === true) return print(changed)
    console.log(headOf(changed).join('\n'))
  },
}

export const searchCommand: Command = {
  usage: 'search TEXT [--limit N] [--url URL] [--json]',
  about: 'Finds tickets and articles by words.',
  run: async (args) => {
    const { values, positionals } = readArguments(searchCommand, args, {
      ...common,
      limit: { type: 'string', default: '10' },
    })
    const q = positionals.join(' ')
    if (q.trim() === '') throw new Stop(EX_USAGE, `Usage: ./docket ${searchCommand.usage}`)
    const { limit } = values
    const [tickets, articles] = await withApi(values.url, (api) =>
      Promise.all([
        api.get('/tickets', ticketPage, { q, limit }),
        api.get('/articles', articlePage, { q, limit }),
      ]),
    )
    if (values.json === true) return print({ tickets, articles })
    for (const each of tickets.items) console.log(lineOf(each))
    for (const { id, status, title } of articles.items)
      console.log(`article ${id}  ${status}  ${cleanLine(title)}`)
    if (tickets.items.length + articles.items.length === 0) console.log('Nothing is found.')
  },
}

/** A reply or a note, with the text of the option or of standard input. */
async function write(command: Command, kind: 'reply' | 'note', args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(command, args, {
    ...common,
    text: word,
    status: word,
    seq: word,
  })
  const id = numberIn(command, positionals)
  if (values.text === undefined && process.stdin.isTTY)
    console.error('Write the text, then end it with Ctrl-D.')
  const body = (values.text ?? (await text(process.stdin))).trim()
  if (body === '') throw new Stop(65, 'There is no text: nothing was written.')
  const status = values.status === undefined ? {} : { status: values.status }
  const asked = { kind, body, bodyFormat: 'text', ...status, ...seqIn(values.seq) }
  const done: PostedMessage = await withApi(values.url, (api) =>
    api.send('POST', `/tickets/${id}/messages`, postedMessage, asked),
  )
  if (values.json === true) return print(done)
  const leaves = done.delivery?.sendAt ?? null
  console.log(
    `${kind === 'reply' ? 'Answered' : 'Noted'} on ${id}, which is ${done.ticket.status}.${leaves === null ? '' : ` It leaves at ${leaves}.`}`,
  )
}

function numberIn(command: Command, [first = '', ...more]: readonly string[]): number {
  const id = Number(first.replace(/^#/, ''))
  if (!Number.isSafeInteger(id) || id < 1 || more.length > 0)
    throw new Stop(EX_USAGE, `Usage: ./docket ${command.usage}`)
  return id
}

function seqIn(given: string | undefined): { expectedSeq?: number } {
  if (given === undefined) return {}
  if (!/^\d{1,9}$/.test(given)) throw new Stop(EX_USAGE, '--seq is a number')
  return { expectedSeq: Number(given) }
}

const print = (value: unknown): void => console.log(JSON.stringify(value, null, 2))

/** Strangers write subjects and names: nothing in them may steer a terminal. */
function lineOf({ id, status, priority, assignee, updatedAt, subject }: Ticket): string {
  const who = assignee === null ? '–' : cleanLine(assignee.name)
  return [
    String(id).padStart(6),
    status.padEnd(8),
    priority.padEnd(6),
    updatedAt.slice(0, 16).replace('T', ' '),
    who.slice(0, 20).padEnd(20),
    cleanLine(subject),
  ].join('  ')
}

function headOf(ticket: Ticket): string[] {
  const { id, subject, status, priority, requester, assignee, team, category, tags, clocks, url } = ticket
  const due = clocks.flatMap(({ metric, dueAt, state }) =>
    state === 'running' && dueAt !== null ? [`${metric} due ${dueAt}`] : [],
  )
  return [
    `#${id}  ${cleanLine(subject)}`,
    `${status}, ${priority}, ${assignee === null ? 'nobody’s' : `of ${cleanLine(assignee.name)}`}${team === null ? '' : `, team ${cleanLine(team.name)}`}, seq ${ticket.seq}`,
    `From ${cleanLine(requester.name)} <${requester.email}>`,
    ...(category === null ? [] : [`Category ${category}`]),
    ...(tags.length === 0 ? [] : [`Tags ${tags.join(', ')}`]),
    ...due,
    url,
  ]
}

function saidIn({ kind, direction, author, at, text: said }: Message): string {
  const what = kind === 'note' ? 'note' : direction === 'inbound' ? 'from' : 'reply'
  return `── ${at}  ${what} ${cleanLine(author?.name ?? '')}\n${cleanText(said)}`
}
