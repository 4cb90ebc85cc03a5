// The relay that carries our mail away. What went wrong becomes a Fault with the server's own words; whoever sends
// decides by `retryable` alone, and must treat UNKNOWN_OUTCOME as perhaps sent.
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import { createTransport, type NodemailerError } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import type { SignIn, SmtpAccount } from '#channels/account.ts'
import { Fault } from '#kit/fault.ts'

type OutboundMail = {
  readonly raw: Uint8Array
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
}

export type Sent = {
  /** The server's answer to the data, which often names its queue id. */
  readonly response: string
  /** Recipients it refused while it took the mail for the others. */
  readonly rejected: readonly { readonly address: string; readonly code: string; readonly response: string }[]
}

export type Relay = {
  /** Resolves once the server has taken the mail over for at least one recipient; else throws a Fault. */
  send(mail: OutboundMail): Promise<Sent>
  /** Connects and signs in without sending; a Fault says why that fails. */
  verify(): Promise<void>
  /** Lets running deliveries end. */
  close(): void
}

/** Where and how to send: a URL that the operator set, or a server that a person configured, at its checked address. */
export type RelayTarget =
  | { readonly url: string }
  | {
      readonly account: SmtpAccount
      readonly address: string
      readonly signIn: SignIn | null
    }

/** A pooled relay. Connects when there is something to send. */
export function createRelay(target: RelayTarget): Relay {
  const transport = createTransport({
    ...('url' in target ? { url: target.url } : optionsOf(target)),
    ...PATIENCE,
    pool: true,
    maxConnections: 3,
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ raw: bytes, envelope }) => {
      const refused = await uncarried(target, envelope)
      const to = envelope.to.filter((address) => !refused.some((each) => each.address === address))
      if (to.length === 0) throw new Fault(NOT_CARRIED, { retryable: false, code: 'SMTPUTF8' })
      // A stream tells whether the last byte went out, which decides what a broken connection means.
      const raw = Readable.from([bytes], { objectMode: false })
      try {
        const info = await transport.sendMail({ envelope: { from: envelope.from, to }, raw })
        return {
          response: info.response,
          rejected: [...refused, ...(info.rejectedErrors ?? []).map(rejection)],
        }
      } catch (error) {
        throw faultOf(error, raw.readableEnded)
      }
    },
    verify: async () => {
      try {
        await transport.verify()
      } catch (error) {
        throw faultOf(error, false)
      }
    },
    close: () => transport.close(),
  }
}

const PATIENCE = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 120_000 }

const NOT_CARRIED =
  'The mail server takes no address with such letters before the @ (it does not offer SMTPUTF8).'
const ASCII = /^\p{ASCII}*$/u

/**
 * The recipients that the server may not be given: RFC 6531 (3.2) has a client keep an address that is not of ASCII from a server that does not
 * offer SMTPUTF8, and the library sends it nonetheless, to be lost further on.
 */
async function uncarried(
  target: RelayTarget,
  { from, to }: OutboundMail['envelope'],
): Promise<Sent['rejected']> {
  const beyond = ASCII.test(from) ? to.filter((address) => !ASCII.test(address)) : to
  if (beyond.length === 0 || (await takesAnyLetter(target))) return []
  return beyond.map((address) => ({ address, code: 'SMTPUTF8', response: NOT_CARRIED }))
}

/** Whether the server offers SMTPUTF8, by its answer to EHLO; true too where it cannot be asked, which the sending will say. */
function takesAnyLetter(target: RelayTarget): Promise<boolean> {
  const options = 'url' in target ? parseConnectionUrl(target.url) : optionsOf(target)
  const connection = new SMTPConnection({ ...options, ...PATIENCE })
  return new Promise((resolve) => {
    connection.once('error', () => resolve(true))
    connection.once('end', () => resolve(true))
    connection.connect(() => {
      resolve(/^250[ -]SMTPUTF8\b/im.test(String(connection.lastServerResponse)))
      connection.quit()
    })
  })
}

function optionsOf({ account, address, signIn }: Exclude<RelayTarget, { url: string }>) {
  const { host, port, security } = account
  const auth =
    signIn === null
      ? {}
      : 'password' in signIn
        ? { auth: { user: signIn.user, pass: signIn.password } }
        : { auth: { type: 'OAuth2' as const, user: signIn.user, accessToken: signIn.accessToken } }
  return {
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
    ...auth,
  }
}

function rejection(error: NodemailerError): Sent['rejected'][number] {
  return {
    address: error.recipient ?? '',
    code: String(error.responseCode ?? error.code ?? 'unknown'),
    response: error.response ?? error.message,
  }
}

function faultOf(error: unknown, allSent: boolean): Fault {
  const failure =
    error instanceof Error ? (error as NodemailerError) : (new Error(String(error)) as NodemailerError)
  const words = failure.response ?? failure.message
  const answer = failure.responseCode
  if (answer === undefined && allSent && failure.code !== 'EENVELOPE') {
    return new Fault(`The connection broke before the server answered: ${words}`, {
      retryable: false,
      code: 'UNKNOWN_OUTCOME',
      cause: error,
    })
  }
  return new Fault(words, {
    retryable: isRetryable(failure),
    code: String(answer ?? failure.code),
    cause: error,
  })
}

// Wrong credentials are the desk's trouble, not the mail's: it waits until they are put right.
function isRetryable(failure: NodemailerError): boolean {
  if (failure.code === 'EAUTH' || failure.code === 'ENOAUTH') return true
  const answers = [
    failure.responseCode,
    ...(failure.rejectedErrors ?? []).map(({ responseCode }) => responseCode),
  ]
  if (answers.some((code) => code !== undefined && code >= 400 && code < 500)) return true
  if (failure.responseCode !== undefined) return false
  return !['EENVELOPE', 'EMESSAGE', 'EMAXRECIPIENTS', 'ECONFIG', 'EFILEACCESS', 'EURLACCESS'].includes(
    failure.code ?? '',
  )
}
