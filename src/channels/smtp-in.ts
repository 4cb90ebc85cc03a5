// The mail listener. It keeps nothing itself: 250 is said only after `store` has the bytes in a committed
// transaction, and everything it cannot store is left with the client by a 4xx.
import { once } from 'node:events'
import type { Server } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { Fault } from '#kit/fault.ts'
import { createRoom } from '#kit/room.ts'
import { smtpRoom } from '#channels/smtp-room.ts'
import { hasBareDotLine } from '#channels/smuggling.ts'
import type { Spooled } from '#store/blobs.ts'

export type SmtpEnvelope = {
  readonly from: string
  readonly to: readonly string[]
  readonly remoteAddress: string
  /** What the other server called itself. */
  readonly helo: string
}

export type SmtpInOptions = {
  readonly host: string
  readonly port: number
  readonly maxBytes: number
  readonly log: (message: string, details: Readonly<Record<string, unknown>>) => void
  /** Resolves when the mail is safe for good. A rejection makes the client keep it and try again. */
  readonly store: (raw: Buffer, envelope: SmtpEnvelope) => Promise<void>
  readonly large: LargeMail
}

/** What is done with a mail that is too large to be held in memory while it comes. */
export type LargeMail = {
  readonly above: number
  readonly spool: (chunks: AsyncIterable<Uint8Array>) => Promise<Spooled>
  /** As `store`, for a mail on disk, whose bytes `judge` must bear. */
  readonly store: (spooled: Spooled, envelope: SmtpEnvelope, judge: (raw: Buffer) => void) => Promise<void>
}

export type SmtpIn = {
  /** The port in use; differs from the option when that was 0. */
  readonly port: number
  /** Takes no new connection, lets running transactions end (10 s at most) and then ends. */
  close(): Promise<void>
}

const mostRecipients = 100
const mostClients = 200
/** All mail may come through one relay in front of us. */
const mostPerAddress = 100
const silentMs = 5_000
const idleMs = 60_000
const closingMs = 10_000
/** So much of large mails may lie on disk before they are stored. */
const spoolRoom = createRoom(2_000_000_000)

/** Listens for mail (RFC 5321) without AUTH and STARTTLS: it stands behind an MTA or on a private port. */
export async function startSmtpIn(options: SmtpInOptions): Promise<SmtpIn> {
  const server = new SMTPServer({
    name: 'docket',
    banner: 'ready',
    size: options.maxBytes,
    rejectOversized: true,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    // Phones' and machines' addresses with odd dots or an outer one are taken: a mail refused here is lost to its sender.
    lenientAddressParsing: true,
    socketTimeout: idleMs,
    closeTimeout: closingMs,
    logger: false,
    onConnect: ({ remoteAddress }, done) =>
      done(room.holds(remoteAddress) ? null : refusal(421, '4.3.2 too many connections, try again later')),
    onRcptTo: (_address, session, done) =>
      done(
        session.envelope.rcptTo.length >= mostRecipients ? refusal(452, '4.5.3 too many recipients') : null,
      ),
    onData: (stream, session, done) => {
      receive(options, stream, session).then(
        () => done(null, 'stored'),
        (error: unknown) => done(refused(error, options)),
      )
    },
  })
  const room = smtpRoom(server.server as Server, { most: mostClients, mostPerAddress, silentMs })
  greetAtOnce(server)
  // A client that breaks off is its own business; without a listener it would end the process.
  server.on('error', (error) => options.log('smtp client error', { error: error.message }))
  server.listen(options.port, options.host)
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return { port, close: () => new Promise((done) => server.close(() => done())) }
}

/** What the library keeps of a connection, as far as it is needed here. */
type Greeting = { init: () => void; connectionReady: () => void }

/**
 * The library waits 100 ms before it greets, to catch clients that talk too soon. Each mail on a connection of its own would pay that;
 * whoever talks too soon is told so by the library anyway.
 */
function greetAtOnce(server: SMTPServer): void {
  const connections = (server as unknown as { connections: Set<Greeting> }).connections
  const add = connections.add.bind(connections)
  connections.add = (connection) => {
    const init = connection.init.bind(connection)
    connection.init = () => {
      init()
      setImmediate(() => connection.connectionReady())
      // The library's own timer comes later and finds the greeting said.
      const ready = connection.connectionReady.bind(connection)
      let said = false
      connection.connectionReady = () => {
        if (said) return
        said = true
        ready()
      }
    }
    return add(connection)
  }
}

async function receive(options: SmtpInOptions, stream: SMTPServerDataStream, session: SMTPServerSession) {
  const { mailFrom, rcptTo } = session.envelope
  const envelope = {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    remoteAddress: session.remoteAddress,
    helo: (session.hostNameAppearsAs || '').slice(0, 255),
  }
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  const first: Buffer[] = []
  for (let size = 0; ;) {
    const { value, done } = await chunks.next()
    if (done === true) break
    first.push(value)
    size += value.length
    if (size > options.large.above) return receiveLarge(options, stream, { first, chunks }, envelope)
  }
  if (stream.sizeExceeded) throw tooLarge(options)
  const raw = Buffer.concat(first)
  refuseBareDot(raw)
  await options.store(raw, envelope)
}

type Coming = { readonly first: readonly Buffer[]; readonly chunks: AsyncIterator<Buffer> }

/** Of a large mail memory holds a chunk, until its turn has come. */
async function receiveLarge(
  options: SmtpInOptions,
  stream: SMTPServerDataStream,
  coming: Coming,
  envelope: SmtpEnvelope,
): Promise<void> {
  let taken = 0
  const hasRoom = (bytes: number) => {
    if (!spoolRoom.take(bytes)) return false
    taken += bytes
    return true
  }
  const fits = { full: false }
  const spooled = await options.large.spool(untilFull(stream, coming, hasRoom, fits))
  try {
    if (fits.full) throw refusal(452, '4.3.1 too much mail is coming in, try again later')
    if (stream.sizeExceeded) throw tooLarge(options)
    await options.large.store(spooled, envelope, refuseBareDot)
  } finally {
    spoolRoom.giveBack(taken)
    await spooled.drop()
  }
}

/** Over a limit nothing is kept, but the rest must be read before the client hears the refusal. */
async function* untilFull(
  stream: SMTPServerDataStream,
  { first, chunks }: Coming,
  hasRoom: (bytes: number) => boolean,
  fits: { full: boolean },
): AsyncGenerator<Buffer> {
  yield* first
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    fits.full ||= !hasRoom(next.value.length)
    if (!fits.full && !stream.sizeExceeded) yield next.value
  }
}

function tooLarge({ maxBytes }: SmtpInOptions): Refusal {
  return refusal(552, `5.3.4 larger than ${maxBytes} bytes`)
}

function refuseBareDot(raw: Buffer): void {
  if (hasBareDotLine(raw)) throw refusal(550, '5.6.0 a line of a single dot must end in CR LF')
}

type Refusal = Error & { responseCode: number }

function refusal(responseCode: number, message: string): Refusal {
  return Object.assign(new Error(message), { responseCode })
}

// In doubt the client keeps the mail: only what can never be taken is refused for good.
function refused(error: unknown, options: SmtpInOptions): Refusal {
  if (error instanceof Error && 'responseCode' in error) return error as Refusal
  const code = error instanceof Fault ? error.code : undefined
  options.log('mail could not be stored', {
    error: error instanceof Error ? error.message : String(error),
    code,
  })
  if (code === 'ENOSPC' || code === '53100')
    return refusal(452, '4.3.1 no space to store the message, try again later')
  return refusal(451, '4.3.0 the message could not be stored, try again later')
}
