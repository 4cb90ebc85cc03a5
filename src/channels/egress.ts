// The only way to an address that a person configured (mail servers, token endpoints, webhooks): names and literals alike are
// checked where the connection is made, so that neither a spelling, a redirect nor a changing DNS answer leads inside.
import { lookup as systemLookup } from 'node:dns/promises'
import { connect as connectTcp, type Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, buildConnector, fetch, type RequestInit } from 'undici'
import { Fault } from '#kit/fault.ts'

type Found = { readonly address: string; readonly family: number }
export type Lookup = (host: string) => Promise<readonly Found[]>

export type Egress = {
  /** A TCP connection to a host that may be reached. A Fault with the code EGRESS when it may not. */
  readonly connect: (host: string, port: number, timeoutMs: number) => Promise<Socket>
  /** The address to connect to; a Fault with the code EGRESS when all of the host's lie inside. */
  readonly addressOf: (host: string) => Promise<Found>
  /** HTTP(S) without redirects; the answer's body is cut off with a Fault beyond `mostBytes`. */
  readonly fetch: (
    url: string,
    init?: RequestInit & { timeoutMs?: number; mostBytes?: number },
  ) => Promise<{ status: number; headers: Headers; bytes: Buffer; text: string }>
  readonly close: () => Promise<void>
}

/** What may be reached besides the public internet: addresses, ranges in CIDR notation, or host names. */
export type AllowList = readonly string[]

const lookupAll: Lookup = (host) => systemLookup(host, { all: true })

/** Egress with an operator's allow-list; `lookup` is for tests. */
export function createEgress(allow: AllowList, lookup: Lookup = lookupAll): Egress {
  const addressOf = async (host: string): Promise<Found> => {
    const bare = host.replace(/^\[|\]$/g, '')
    const found = await lookup(bare).catch((error: NodeJS.ErrnoException) => {
      throw new Fault(`The name ${bare} was not found (${error.code ?? error.message})`, {
        retryable: true,
        code: 'DNS',
        cause: error,
      })
    })
    const allowed = found.find(({ address }) => mayReach(bare, address, allow))
    if (allowed !== undefined) return allowed
    throw new Fault(
      `${bare} leads to ${found[0]?.address ?? 'no address'}, which is not on the public internet. An operator can allow it with DOCKET_ALLOW_HOSTS.`,
      { retryable: false, code: 'EGRESS' },
    )
  }
  const agent = new Agent({ connect: guardedConnector(addressOf), maxRedirections: 0 } as Agent.Options)
  return {
    addressOf,
    connect: async (host, port, timeoutMs) => openSocket(await addressOf(host), port, timeoutMs),
    fetch: async (url, { timeoutMs = 10_000, mostBytes = 1_000_000, signal, ...init } = {}) => {
      const late = AbortSignal.timeout(timeoutMs)
      const answer = await fetch(url, {
        ...init,
        dispatcher: agent,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, late]) : late,
      }).catch((error: Error) => {
        throw faultOf(error)
      })
      const bytes = await readUpTo(answer.body, mostBytes)
      const headers = answer.headers as unknown as Headers
      return { status: answer.status, headers, bytes, text: bytes.toString('utf8') }
    },
    close: () => agent.close(),
  }
}

/** Whether an address may be connected to: public ones, and what an operator listed by name, address or range. */
export function mayReach(host: string, address: string, allow: AllowList): boolean {
  if (!ipaddr.isValid(address)) return false
  const ip = ipaddr.process(address)
  if (isGlobal(ip) && !OLD_SPELLING.test(address)) return true
  return allow.some((entry) => entry.toLowerCase() === host.toLowerCase() || contains(entry, ip))
}

/** IPv4 at the end of another IPv6 than `::ffff:`: the parser takes it for that host, the system does not. */
const OLD_SPELLING = /^(?!::ffff:[\d.]+$).*:.*\./i

/** What counts as public without being the public internet: metadata and helpers of clouds at public addresses. */
const INSIDE = [
  '168.63.129.16/32',
  '100.100.100.200/32',
  '192.88.99.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.175.48.0/24',
]
/** The part of IPv6 that is given out (RFC 4291, IANA), and what of it leads to IPv4 or to no host. */
const GLOBAL_IPV6 = '2000::/3'
const INSIDE_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', '2620:4f:8000::/48']

/** Whether an address is one host of the public internet, by itself and not by way of a translator. */
function isGlobal(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast') return false
  if (ip.kind() === 'ipv4') return !INSIDE.some((range) => contains(range, ip))
  return contains(GLOBAL_IPV6, ip) && !INSIDE_IPV6.some((range) => contains(range, ip))
}

function contains(entry: string, ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const whole = ipaddr.isValid(entry) ? `${entry}/${entry.includes(':') ? 128 : 32}` : entry
  if (!ipaddr.isValidCIDR(whole)) return false
  const [network, bits] = ipaddr.parseCIDR(whole)
  return network.kind() === ip.kind() && ip.match(network as never, bits)
}

function guardedConnector(addressOf: Egress['addressOf']): buildConnector.connector {
  const connector = buildConnector({ timeout: 10_000 })
  return (options, done) => {
    addressOf(options.hostname).then(
      ({ address }) =>
        connector(
          { ...options, hostname: address, servername: options.servername ?? options.hostname },
          done,
        ),
      (error: Error) => done(error, null),
    )
  }
}

function openSocket({ address }: Found, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connectTcp({ host: address, port })
    const timer = setTimeout(
      () => socket.destroy(new Error(`no answer from ${address}:${port} within ${timeoutMs} ms`)),
      timeoutMs,
    )
    socket.once('error', (error) => {
      clearTimeout(timer)
      fail(faultOf(error))
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      done(socket)
    })
  })
}

async function readUpTo(body: AsyncIterable<Uint8Array> | null, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > mostBytes)
      throw new Fault(`The answer is larger than ${mostBytes} bytes`, { retryable: false, code: 'TOO_LARGE' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function faultOf(error: unknown): Fault {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Fault) return cause
  const words = cause instanceof Error ? cause.message : String(cause)
  const code = (cause as NodeJS.ErrnoException).code
  return new Fault(words, { retryable: true, cause: error, ...(code === undefined ? {} : { code }) })
}
