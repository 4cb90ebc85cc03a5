// The relay that carries our mail away. What went wrong becomes a Fault with the server's own words; whoever sends
// decides by `retryable` alone, and must treat UNKNOWN_OUTCOME as perhaps sent.
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import { createTransport, type NodemailerError } from 'nodemailer'
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
    pool: true,
    maxConnections: 3,
    maxRequeues: 1,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 120_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (mail) => {
      // A stream tells whether the last byte went out, which decides what a broken connection means.
      const raw = Readable.from([mail.raw], { objectMode: false })
      try {
        const info = await transport.sendMail({
          envelope: { from: mail.envelope.from, to: [...mail.envelope.to] },
          raw,
        })
        return { response: info.response, rejected: (info.rejectedErrors ?? []).map(rejection) }
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
