// How often a password may be guessed. Who guesses is slowed down by address, by account and for the whole desk; whoever has signed
// in here before bears a mark of that on their device, and has a budget of their own that nobody else can use up.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { newSecret } from '#people/secrets.ts'
import { giveTriesBack, named, takeTries, type Budget } from '#people/sign-in-try-store.ts'

const ADDRESS = { most: 20, perHour: 60 }
const ACCOUNT = { most: 10, perHour: 10 }
const DESK = { most: 300, perHour: 600 }
/** While an account or the desk is under attack, each address still has these for each account. */
const PAIR = { most: 3, perHour: 3 }
const DEVICE = { most: 10, perHour: 20 }
/** Mails that somebody can have sent to others by asking for links. */
const LINKS_TO = { most: 3, perHour: 1 }
const LINKS_FROM = { most: 10, perHour: 10 }
const LINKS = { most: 60, perHour: 60 }

const DEVICE_DAYS = 180

type Asked = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/**
 * Looks whether the password is right (`judge` answers null when it is not, in the same time for an account that there is not), if
 * there is a try left for it. Whoever is right gets their tries back. What is counted stays counted, whatever becomes of the
 * request's own transaction.
 */
export async function withinSignInBudget<Found>(
  desk: Desk,
  { request, reply }: Asked,
  email: string,
  judge: () => Promise<Found | null>,
): Promise<Found | null> {
  const device = knownDevice(desk, request.cookies[deviceCookie(desk)], email)
  const taken = device === null ? await takeAsStranger(desk, request.ip, email) : await takeOf(desk, device)
  if (taken === null) return refuse(reply)
  const found = await judge()
  if (found === null) return null
  await giveTriesBack(desk.database, taken)
  return found
}

/**
 * Whether one more link may be mailed to an address; what is asked for counts, whoever has the address. The network first: what it asks
 * for beyond its share is counted against nobody else.
 */
export async function mayAskForLink(desk: Desk, ip: string, email: string): Promise<boolean> {
  const hasRoom = async (budgets: readonly Budget[]) =>
    (await takeTries(desk.database, budgets, desk.clock.now())).size === budgets.length
  return (
    (await hasRoom([{ bucket: named('link from', networkOf(ip)), ...LINKS_FROM }])) &&
    (await hasRoom([{ bucket: named('link to', email), ...LINKS_TO }])) &&
    hasRoom([{ bucket: 'links', ...LINKS }])
  )
}

/** Marks the device of somebody who has signed in as known for their account. */
export function rememberDevice(desk: Desk, reply: FastifyReply, email: string): void {
  reply.setCookie(deviceCookie(desk), markOf(desk, email, newSecret().slice(0, 22), today(desk)), {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: desk.baseUrl.startsWith('https:'),
    maxAge: DEVICE_DAYS * 86_400,
  })
}

function refuse(reply: FastifyReply): never {
  reply.header('retry-after', '600')
  return decline(
    'too-many',
    'There were too many wrong passwords. Wait some minutes, or use a device that you signed in with before.',
  )
}

async function takeOf(desk: Desk, device: string): Promise<readonly string[] | null> {
  const bucket = named('device', device)
  const had = await takeTries(desk.database, [{ bucket, ...DEVICE }], desk.clock.now())
  return had.has(bucket) ? [bucket] : null
}

/** The address first: what it sends beyond its own budget is not counted against anybody else. */
async function takeAsStranger(desk: Desk, ip: string, email: string): Promise<readonly string[] | null> {
  const from = networkOf(ip)
  const [address, account, pair, whole] = [
    named('address', from),
    named('account', email),
    named('pair', from, email),
    'desk',
  ]
  const take = (budgets: readonly Budget[]) => takeTries(desk.database, budgets, desk.clock.now())
  const own = await take([{ bucket: address, ...ADDRESS }])
  if (!own.has(address)) return null
  const had = await take([
    { bucket: account, ...ACCOUNT },
    { bucket: pair, ...PAIR },
    { bucket: whole, ...DESK },
  ])
  const isQuiet = had.has(account) && had.has(whole)
  return isQuiet || had.has(pair) ? [address, ...had] : null
}

/** One network per IPv4 address, or per /64 of IPv6: whoever has one address of it has them all. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  return ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip
}

function deviceCookie(desk: Desk): string {
  return desk.baseUrl.startsWith('https:') ? '__Host-docket_device' : 'docket_device'
}

const today = (desk: Desk) => Math.floor(Date.parse(desk.clock.now()) / 86_400_000)

function markOf(desk: Desk, email: string, device: string, day: number): string {
  const signed = createHmac('sha256', desk.secret).update(`device\0${email}\0${device}\0${day}`)
  return `${device}.${day}.${signed.digest('base64url')}`
}

/** The device of a mark that is ours, for this account and not too old; else null. */
function knownDevice(desk: Desk, mark: string | undefined, email: string): string | null {
  const [, device, day] = /^([\w-]{22})\.(\d{1,6})\.[\w-]{43}$/.exec(mark ?? '') ?? []
  if (mark === undefined || device === undefined || today(desk) - Number(day) > DEVICE_DAYS) return null
  const right = Buffer.from(markOf(desk, email, device, Number(day)))
  const given = Buffer.from(mark)
  return given.length === right.length && timingSafeEqual(given, right) ? device : null
}
