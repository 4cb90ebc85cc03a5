// A real SMTP server that keeps what it gets, and can be told to refuse.
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
  readonly close: () => Promise<void>
}

/** Starts a sink on a free port. */
export async function startSink(): Promise<Sink> {
  const mails: Delivered[] = []
  let code: number | null = null
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: async (stream, session, done) => {
      // A client that was killed in the middle leaves no mail.
      const raw = await buffer(stream).catch(() => null)
      if (raw === null) return done(new Error('broken off'))
      if (code !== null) return done(Object.assign(new Error('not now'), { responseCode: code }))
      const parsed = await parse(raw)
      if (!parsed.ok) return done(new Error(parsed.detail))
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
      mails.push({ from, to: session.envelope.rcptTo.map(({ address }) => address), raw, mail: parsed.mail })
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
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
