// A real SMTP server that keeps what it gets, and can be told to refuse.
import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { parse } from '#mail/parse.ts'
import type { Mail } from '#mail/mail.ts'

export type Delivered = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly mail: Mail
}

export type Sink = {
  readonly port: number
  readonly mails: readonly Delivered[]
  /** Answers the next mails with this code, until it is set to null. */
  readonly refuseWith: (code: number | null) => void
  /** Refuses this recipient with 550 while it takes the others. */
  readonly refuseRecipient: (address: string) => void
  /** Takes the next mail to this address that says this, and hangs up before it answers. Others may leave at the same moment. */
  readonly hangUp: (address: string, words?: string) => void
  readonly close: () => Promise<void>
}

/** Starts a sink on a free port; `isOld`: it does not offer SMTPUTF8. */
export async function startSink({ isOld = false } = {}): Promise<Sink> {
  const mails: Delivered[] = []
  const refused = new Set<string>()
  let code: number | null = null
  let hangUpFor: { readonly address: string; readonly words: string } | null = null
  const server = new SMTPServer({
    authOptional: true,
    hideSMTPUTF8: isOld,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) =>
      done(
        refused.has(address) ? Object.assign(new Error('5.1.1 nobody there'), { responseCode: 550 }) : null,
      ),
    onData: async (stream, session, done) => {
      // A client that was killed in the middle leaves no mail.
      const raw = await buffer(stream).catch(() => null)
      if (raw === null) return done(new Error('broken off'))
      if (code !== null) return done(Object.assign(new Error('not now'), { responseCode: code }))
      const parsed = await parse(raw)
      if (!parsed.ok) return done(new Error(parsed.detail))
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
      mails.push({ from, to: session.envelope.rcptTo.map(({ address }) => address), raw, mail: parsed.mail })
      const isToThem = session.envelope.rcptTo.some(({ address }) => address === hangUpFor?.address)
      if (hangUpFor !== null && isToThem && (parsed.mail.text ?? '').includes(hangUpFor.words)) {
        hangUpFor = null
        return hangUpOn(server, session.id)
      }
      done()
    },
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    mails,
    refuseWith: (next) => void (code = next),
    refuseRecipient: (address) => void refused.add(address),
    hangUp: (address, words = '') => void (hangUpFor = { address, words }),
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

function hangUpOn(server: SMTPServer, id: string): void {
  const connections = (server as unknown as { connections: Set<{ id: string; _socket: Socket }> }).connections
  for (const each of connections) if (each.id === id) each._socket.destroy()
}
