// Whether a mail is a delivery report. Reports have a form (RFC 3464), or a sender, subject and words that only
// mail servers use together; a person who writes about a bounce has one of them at most.
import { deliveryStatuses, isRefusal } from '#mail/dsn.ts'
import { reportWords } from '#mail/bounce-prose.ts'
import { anyOf, beginsWith, isOneOf } from '#mail/phrases.ts'
import type { Mail } from '#mail/mail.ts'

// Subjects of mail servers alone.
const plainSubjects = beginsWith(String.raw`
  undelivered (?:mail|message|email) | undeliverable(?:: | (?:mail|message)|$) | non-?deliver(?:ed|able|y) (?:mail|message|report)
  delivery (?:status notification|status:|reports? about your|notification: ) | delivery failure:? (?:user|report|notice|notification)
  mail (?:delivery (?:failed|failure|error|subsystem|system|status|deferred)|could not be|system error|not delivered|undeliverable|failure|status report)
  returned (?:mail|message) | message (?:delivery (?:has )?failed|undeliverable|you sent blocked) | failed (?:mail|recipient)
  \[postmaster\] | notice: mail delivery | (?:delayed|rejected) mail | permanent delivery failure | ndn: | ndr:
  メールエラー | メールを配信でき | 配信不能 | 宛先不明 | 送信エラー | 系统退信 | 邮件退信 | 退信通知 | \[반송 ?메일 | 메일 ?(?:전송|발송).{0,4}실패
`)
// Subjects that servers write and people may write as well, about parcels for one.
const likelySubjects = beginsWith(String.raw`
  undeliver(?:ed|able) | non-?deliver | un-?deliverable
  delivery (?:failure|failed|delayed|delay|report|notification|problem|error|unsuccessful|incomplete|has failed|to the following|warning)
  mail (?:delivery (?:problem|warning|notification)|rejected) | return(?:ed)? to sender | failure (?:notice|notification|delivery)
  failed delivery | message (?:delivery|could not|not delivered|delayed|status) | delivery$
  unzustellbar | nicht zustellbar | fehler bei der (?:zustellung|nachrichten) | zustellung | ihre (?:nachricht|e-?mail) konnte nicht
  (?:message |courri?el )?non (?:remis|distribu|d[ée]livr) | [ée]chec de (?:la )?(?:remise|distribution)
  (?:no se puede|no se pudo) entregar | (?:mensaje )?no entregado | entrega fallida | error en la entrega
  (?:mensagem )?n[aã]o (?:foi )?entregue | n[aã]o é possível entregar | falha na entrega
  mancat[oa] (?:recapito|consegna) | consegna non riuscita | non recapitabile | messaggio non (?:recapitato|consegnato)
  onbestelbaar | niet bezorgd | niet afgeleverd | kan (?:inte|ikke) leveres? | kan inte levereras | ikke levert | ikke leveret
  toimitus ep[äa]onnistui | ei voi(?:da)? toimittaa | niedostarczon | zwrot (?:wiadomo|poczty) | nie dostarczono | nedoručiteln
  nedoru[čc]en | kézbesíthetetlen | nem kézbesíthető | nelivrat | mesaj nelivrat | teslim edileme | iletileme | αδυναμία παράδοσης
  недоставлен | (?:письмо |сообщение )?не доставлено | не може бути доставлен | (?:не )?удалось доставить | системное уведомление
  無法傳遞 | 无法(?:送达|投递|传递) | 未送达 | 退信 | 전달되지 않음 | 배달(?:되지| ?할 수) | 메일을 (?:보내|전송) | לא ניתן (?:לשלוח|למסור) | تعذر (?:تسليم|إرسال)
  mdaemon | notification:  | warning: (?:could not send|message|mail) | considered unsolicited | nondeliverable
  e-?mail (?:address|delivery|not|could) | there was an error sending | error sending | cannot (?:send|deliver)
  could not (?:send|deliver) | unable to deliver | user unknown | sorry,  | relayed: | expanded: | successful mail delivery
`)

// Who speaks for a mail server and writes nothing else.
const daemons = isOneOf(String.raw`
  mailer-?daemon | po{1,2}st_?master | mail-?daemon | mdaemon | mailerdaemon | maildelivery | ndr | dsn | double-bounce
  mail(?:er)?[-.]?(?:system|delivery|subsystem|robot) | mail\.delivery\.system | bounces? | microsoftexchange[0-9a-f]{8,64}
`)
// Programs and people of many trades write from these.
const roles = isOneOf(String.raw`
  nobody | complaints | smtp | root | daemon | system | delivery | administrator | sysadmin | admin | mail(?:er)?[-.]?admin
  (?:do-?)?no-?t?-?reply | mail | mta | autoreply | info-noreply
`)
const daemonNames =
  /mail(?:er)?[- ]?(?:deliver[y]?|daemon|system|subsystem|administrator)|postmaster|delivery (?:subsystem|system)|mail server|\bndr\b|system administrator/i

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
  failure notice | no such user | not accepted | over quota | undelivered
  konnten? .{0,60}nicht (?:zugestellt|übermittelt|gesendet) | fehler bei der nachrichtenzustellung | zustellung .{0,40}fehlgeschlagen
  n['’]a pas pu [êe]tre | n['’]a pas été (?:remis|délivré|distribué) | échec de la remise
  no (?:se pudo entregar|ha podido ser|pudo ser entregad) | não (?:pôde|foi possível) | não foi entregue
  non (?:è stato|ha potuto|può) .{0,20}(?:recapitat|consegnat) | impossibile (?:recapitare|consegnare)
  (?:kan|kon) niet worden (?:bezorgd|afgeleverd) | niet (?:bezorgd|afgeleverd) | (?:gick inte|kunde inte) (?:att )?lever
  (?:kunne|kan) ikke leveres | ei voitu toimittaa | nie (?:mogła zostać|została) dostarczon | nie można dostarczyć
  nepodařilo doručit | nebylo možné doručit | nem (?:sikerült kézbesíteni|kézbesíthető) | nu a putut fi livrat | teslim edilemedi | iletilemedi
  недоставлен | не (?:было |может быть )доставлен | не может\s{1,3}быть отправлен | не удалось доставить | не вдалося доставити
  配信 | 送信できません | 送信不能 | 届けられ | 宛先 | 送信先 | 退信 | 退回 | 无法送达 | 未能送达 | 無法(?:送達|傳遞) | 반송 | 전송하지 못 | 전송.{0,4}실패
`)

/** What shows that the mail is a delivery report, in words; null when it is not one. */
export function bounceEvidence(mail: Mail, nullSender: boolean): string | null {
  if (isRefusal(mail)) return 'the recipient’s rules refused it (RFC 5429)'
  if (deliveryStatuses(mail).length > 0) return 'a delivery report (RFC 3464)'
  const type = mail.headers.get('content-type')?.[0] ?? ''
  if (/report-type\s*=\s*"?delivery-status/i.test(type)) return 'a delivery report (RFC 3464)'
  if (mail.headers.has('x-failed-recipients')) return 'names failed recipients'
  if (isOfFml(mail)) return 'a list’s program refused it'
  const found = 'a mail server says that it could not deliver'
  if (isAnswerOrForward(mail.subject) || (mail.headers.has('in-reply-to') && !nullSender))
    return isTranscript(mail) ? found : null
  const plain = plainSubjects.test(mail.subject.trim())
  const likely = plain || likelySubjects.test(mail.subject.trim())
  const daemon = isDaemon(mail)
  if ((likely && daemon) || (plain && nullSender)) return found
  if (!daemon && !plain && !nullSender) return null
  const told = words.test(`${mail.subject}\n${reportWords(mail)}`)
  if (told && (daemon || isRole(mail) || (likely && nullSender))) return found
  return told && plain && hasServerAnswer(mail) ? 'reads like a mail server that could not deliver' : null
}

// Apache James answers what it could not deliver, as a person would; but it writes down the whole envelope, unquoted.
function isTranscript(mail: Mail): boolean {
  if (!daemons.test(localPart(mail)) || !hasServerAnswer(mail)) return false
  const told = reportWords(mail)
  return /^\s{0,8}mail from:/im.test(told) && /^\s{0,8}rcpt to:/im.test(told)
}

// fml names no kind of report, and speaks to whom it refuses in the name of the list's people.
function isOfFml(mail: Mail): boolean {
  return (
    /^fml\b/i.test(mail.headers.get('x-mlserver')?.[0]?.trim() ?? '') &&
    /^(?:\(?(?:ignored )?not member article|reject mail|fml system error|loop alert|loop back warning|warning: unix from loop|security alert)/i.test(
      mail.subject.trim(),
    )
  )
}

function isAnswerOrForward(subject: string): boolean {
  return /^\s*(?:re|fw|fwd|aw|wg|sv|vs|antw|rv|tr|rif|odp|ynt)\s*(?:\[\d+\])?\s*:/i.test(subject)
}

function isDaemon(mail: Mail): boolean {
  if (mail.from === null || daemonNames.test(mail.from.name)) return true
  const local = localPart(mail)
  return daemons.test(local) || daemons.test(local.replace(/[+=].*$/, ''))
}

function isRole(mail: Mail): boolean {
  return roles.test(localPart(mail).replace(/[+=].*$/, ''))
}

function localPart(mail: Mail): string {
  return (mail.from?.email ?? '').slice(0, 100).split('@', 1)[0] ?? ''
}

// Lines that begin with an address and a colon, or a reply code with its enhanced one: what a server was told.
function hasServerAnswer(mail: Mail): boolean {
  return /(?:^|[^\d.])[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b|<[^<>\s]{1,200}@[^<>\s]{1,200}>:/.test(
    reportWords(mail),
  )
}
