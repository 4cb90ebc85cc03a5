// A delivery report → what happened to which recipient: RFC 3464 where the report has it, else the server's prose.
import { domainOf } from '#mail/address.ts'
import { deliveryStatuses, enclosedHeaders, isRefusal, reportingServer } from '#mail/dsn.ts'
import type { DeliveryStatus } from '#mail/delivery-status.ts'
import { readProse, recipientsOf, reportWords, wordsAbout, type ProseReport } from '#mail/bounce-prose.ts'
import { isDeadAddress, reasonOf } from '#mail/bounce-reason.ts'
import { messageIdOf } from '#mail/message-id.ts'
import type { Bounce, BounceReason, Mail } from '#mail/mail.ts'

// A server that knew the address until it had read the text refuses the text, whatever it calls that.
const afterData = /in reply to end of\s+data|after end of data|^>>> DATA/im

/** Reads a mail that judge called a bounce. Always gives an answer; what the report does not say is null. */
export function readBounce(mail: Mail): Bounce {
  const statuses = deliveryStatuses(mail)
  const worst = statuses.find(({ action }) => action === 'failed') ?? statuses[0] ?? null
  return bounceOf(mail, worst, readProse(mail))
}

/** The same for each recipient of a report on several, one entry at least. */
export function readBounces(mail: Mail): readonly Bounce[] {
  const told = deliveryStatuses(mail)
  const statuses = told.length > 0 ? told : toldInProse(mail)
  if (statuses.length < 2) return [readBounce(mail)]
  // The prose is about all of them, so it judges none.
  return statuses.map((status) => bounceOf(mail, status, silent))
}

/** Several recipients of a report without fields, each of whom it names at a line's start. */
function toldInProse(mail: Mail): readonly DeliveryStatus[] {
  const words = reportWords(mail)
  const action = readProse(mail).delayed ? 'delayed' : 'failed'
  return recipientsOf(mail, words).flatMap((recipient) => {
    const diagnostic = wordsAbout(recipient, words)
    return diagnostic === null ? [] : [{ recipient, action, status: null, diagnostic }]
  })
}

const silent: ProseReport = { recipient: null, status: null, words: '', diagnostic: null, delayed: false }

function bounceOf(mail: Mail, told: DeliveryStatus | null, prose: ProseReport): Bounce {
  const worst = inFull(mail, told)
  const enclosed = enclosedHeaders(mail)
  const words = [worst?.diagnostic ?? '', prose.words, prose === silent ? '' : mail.subject].join('\n')
  const status = statusOf(worst, prose.status)
  const reason = reasonFor(mail, worst, prose.delayed, words, status)
  const statusClass = classOf(status, reason)
  return {
    status,
    class: statusClass,
    hard: statusClass !== 2 && isDeadAddress(reason) && !(isVague(status) && afterData.test(words)),
    recipient: worst?.recipient ?? prose.recipient ?? enclosed?.get('to') ?? null,
    reason,
    diagnostic: (worst?.diagnostic || prose.diagnostic || null)?.slice(0, 1000).toWellFormed() ?? null,
    originalMessageId: messageIdOf(enclosed?.get('message-id') ?? namedElsewhere(mail)),
  }
}

// OpenSMTPD and Exim leave the fields bare and put what the other server said beside the address in their prose.
function inFull(mail: Mail, status: DeliveryStatus | null): DeliveryStatus | null {
  if (status === null || status.diagnostic !== '' || status.recipient === null) return status
  return { ...status, diagnostic: wordsAbout(status.recipient, reportWords(mail)) ?? '' }
}

function reasonFor(
  mail: Mail,
  worst: DeliveryStatus | null,
  delayed: boolean,
  words: string,
  status: string | null,
): BounceReason {
  if (isRefusal(mail)) return 'policy_refused'
  if (worst === null && delayed) return 'delayed'
  const reason = outcome(worst, words, status)
  return reason === 'domain_unknown' && isAtHome(mail, worst) && /unrouteable/i.test(words)
    ? 'address_unknown'
    : reason
}

// Exim calls an address of its own domain unrouteable when nobody has it.
function isAtHome(mail: Mail, status: DeliveryStatus | null): boolean {
  const domain = (status?.recipient ?? '').split('@').at(-1)?.toLowerCase() ?? ''
  const homes = [mail.from?.address == null ? '' : domainOf(mail.from.address), reportingServer(mail) ?? '']
  return domain !== '' && homes.some((home) => home === domain || home.endsWith(`.${domain}`))
}

// Prose reports repeat the mail below their words; big providers answer it like a person would.
function namedElsewhere(mail: Mail): string | undefined {
  const repeated = /^[>\s]{0,10}(?:original-)?message-id:\s{0,5}(<[^<>\s]{3,300}>)/im
  const text = mail.text?.slice(0, 100_000) ?? ''
  const header = (name: string) => mail.headers.get(name)?.[0]
  return repeated.exec(text)?.[1] ?? header('x-original-message-id') ?? header('in-reply-to')
}

// A server that writes Status: 5.0.0 often quotes the other one's 550 5.1.1 beside it; the exact code says more.
function statusOf(worst: DeliveryStatus | null, prose: string | null): string | null {
  const quoted = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(worst?.diagnostic ?? '')?.[1]
  const exact = quoted !== undefined && !quoted.endsWith('.0.0') ? quoted : null
  if (!/^[245]\.0\.0$/.test(worst?.status ?? '5.0.0')) return exact ?? worst?.status ?? null
  const reply = /(?:^|[^\d.])([45])\d\d[ -]/.exec(worst?.diagnostic ?? '')?.[1]
  const byReply = reply === undefined ? null : `${reply}.0.0`
  const byAction = worst?.action === 'delayed' ? '4.0.0' : worst?.action === 'failed' ? '5.0.0' : null
  return quoted ?? worst?.status ?? byReply ?? prose ?? byAction
}

// A server that means the address says 5.1.x.
function isVague(status: string | null): boolean {
  return status === null || !status.slice(1).startsWith('.1.')
}

function outcome(worst: DeliveryStatus | null, words: string, status: string | null): BounceReason {
  if (worst !== null && ['delivered', 'relayed', 'expanded'].includes(worst.action)) return 'delivered'
  if (worst?.action === 'delayed') return 'delayed'
  const byDiagnostic = worst?.diagnostic ? reasonOf(worst.diagnostic, status) : 'unknown'
  return byDiagnostic === 'unknown' ? reasonOf(words, status) : byDiagnostic
}

// A report without any code is of a failure, unless its words say that the server goes on trying.
function classOf(status: string | null, reason: BounceReason): 2 | 4 | 5 {
  const digit = status?.[0]
  if (digit === '2' || digit === '4' || digit === '5') return digit === '2' ? 2 : digit === '4' ? 4 : 5
  if (reason === 'delivered') return 2
  if (reason === 'delayed') return 4
  return 5
}
