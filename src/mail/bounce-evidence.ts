// Whether a mail is a delivery report. Reports have a form (RFC 3464), or a sender, subject and words that only
// mail servers use together; a person who writes about a bounce has one of them at most.
import { deliveryStatuses } from '#mail/dsn.ts'
import { reportWords } from '#mail/bounce-prose.ts'
import { anyOf, beginsWith, isOneOf } from '#mail/phrases.ts'
import type { Mail } from '#mail/mail.ts'

const subjects = beginsWith(String.raw`
  undeliver(?:ed|able) | non-?deliver | un-?deliverable
  delivery (?:status notification|failure|failed|delayed|delay|report|notification|problem|error|unsuccessful|incomplete|has failed|to the following|warning)
  mail (?:delivery (?:failed|failure|problem|error|subsystem|system|status|warning|deferred|notification)|could not be|system error|not delivered|undeliverable|failure|status report|rejected)
  returned (?:mail|message|to sender) | return to sender | failure (?:notice|notification|delivery)
  failed (?:mail|delivery|recipient)
  message (?:delivery|could not|not delivered|undeliverable|delayed|status|you sent blocked|delivery has been|failed)
  delivery$ | unzustellbar | nicht zustellbar | fehler bei der (?:zustellung|nachrichten) | zustellung
  non remis | non distribu | [ée]chec de (?:la )?(?:remise|distribution) | no se puede entregar
  no entregado | entrega fallida | error en la entrega | n[aã]o entregue | falha na entrega
  mancato recapito | consegna non riuscita | onbestelbaar | niet bezorgd | недоставленное | не доставлено
  無法傳遞 | 配信不能 | 宛先不明 | 送信エラー | mdaemon | notification:  | warning: (?:could not send|message|mail)
  considered unsolicited | rejected mail | nondeliverable | e-?mail (?:address|delivery|not|could)
  error sending | cannot (?:send|deliver) | could not (?:send|deliver) | unable to deliver | user unknown
  sorry,  | ndn: | ndr: | системное уведомление
`)

const servers = isOneOf(String.raw`
  mailer-?daemon | postmaster | mail-?daemon | mdaemon | mailerdaemon | maildelivery
  mail(?:er)?[-.]?(?:system|delivery|subsystem|robot|admin) | bounces? | delivery
  microsoftexchange[0-9a-f]{8,64} | nobody | complaints | ndr | dsn | smtp | root | daemon | double-bounce
  system | administrator | sysadmin | admin | no-?reply | mail | mta | autoreply | info-noreply
`)
const serverNames =
  /mail(?:er)?[- ]?(?:delivery|daemon|system|subsystem|administrator)|postmaster|delivery (?:subsystem|system)|mail server/i

const words = anyOf(String.raw`
  could ?n[o'’]t be (?:delivered|sent|completed) | could not be (?:delivered|sent) | cannot be delivered
  can'?t be delivered | was ?n[o'’]t delivered | not (?:been )?delivered | undeliver
  delivery (?:to|of|has|failed|failure|status|attempt|error) | failed to deliver
  unable to (?:deliver|send|relay) | returned (?:to|mail) | permanent(?:ly)? (?:fatal )?(?:error|fail)
  transient non-fatal | user (?:unknown|is unknown|not found) | unknown user
  recipient(?:s)? (?:could|address|was|were|rejected|unknown) | following (?:address|recipient|error)
  following addresses | qmail-send | smtp error | said: [45]\d\d | [45]\d\d[ -][45]\.\d\.\d
  mailbox (?:is )?(?:full|unavailable|not found|unknown) | did not reach | message was not | rejected by
  message (?:has been )?(?:rejected|refused|blocked) | reason(?: for failure)?: | failed recipient
  failure notice | no such user | not accepted | over quota | undelivered | konnte nicht zugestellt
  n'a pas pu [êe]tre | no se pudo entregar | não pôde ser | недоставлен | 配信 | 送信できません | 送信不能 | 届けられ | 宛先
`)

/** What shows that the mail is a delivery report, in words; null when it is not one. */
export function bounceEvidence(mail: Mail, nullSender: boolean): string | null {
  if (deliveryStatuses(mail).length > 0) return 'a delivery report (RFC 3464)'
  const type = mail.headers.get('content-type')?.[0] ?? ''
  if (/report-type\s*=\s*"?delivery-status/i.test(type)) return 'a delivery report (RFC 3464)'
  if (mail.headers.has('x-failed-recipients')) return 'names failed recipients'
  if (/^\s*\{"notificationType":"(?:Bounce|Delivery)"/.test(mail.text ?? ''))
    return 'a notification of Amazon SES'
  if (isAnswerOrForward(mail.subject) || (mail.headers.has('in-reply-to') && !nullSender)) return null
  const server = isServer(mail)
  const subject = subjects.test(mail.subject.trim())
  if (!server && !subject && !nullSender) return null
  const told = words.test(`${mail.subject}\n${reportWords(mail)}`)
  if (subject && (server || nullSender)) return 'a mail server says that it could not deliver'
  if (told && server) return 'a mail server says that it could not deliver'
  return told && subject && hasServerAnswer(mail) ? 'reads like a mail server that could not deliver' : null
}

function isAnswerOrForward(subject: string): boolean {
  return /^\s*(?:re|fw|fwd|aw|wg|sv|vs|antw|rv|tr|rif|odp|ynt)\s*(?:\[\d+\])?\s*:/i.test(subject)
}

function isServer(mail: Mail): boolean {
  const email = mail.from?.email ?? ''
  const local = email.slice(0, 100).split('@', 1)[0] ?? ''
  if (servers.test(local) || servers.test(local.replace(/[+=].*$/, ''))) return true
  return mail.from === null || serverNames.test(mail.from.name)
}

function hasServerAnswer(mail: Mail): boolean {
  return /(?:^|[^\d.])[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b|<[^<>\s]{1,200}@[^<>\s]{1,200}>:/.test(
    reportWords(mail),
  )
}
