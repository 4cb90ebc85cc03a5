// Delivery reports as mail servers and providers of many kinds write them, and ordinary mail that speaks of deliveries.

import { prose } from './bounce-prose.ts'

export type Report = {
  readonly name: string
  readonly raw: Buffer
  readonly statusClass: number
  readonly hard: boolean
}

export const lost = 'bo@gone.example'

// Class and whether the address is dead | action and status | the server's words.
const reports = String.raw`
  5 hard | failed 5.1.10 | smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bo@gone.example not found by SMTP address lookup
  5 hard | failed 5.4.1 | smtp;550 5.4.1 Recipient address rejected: Access denied. For more information see https://aka.ms/EXOSmtpErrors [DB5EUR03FT010.eop-EUR03.prod.protection.outlook.com]
  5 soft | failed 5.7.133 | smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group
  5 soft | failed 5.2.2 | smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message due to a permanent exception
  5 soft | failed 5.1.8 | smtp;550 5.1.8 Access denied, bad outbound sender AS(42004)
  5 soft | failed 5.4.14 | smtp;554 5.4.14 Hop count exceeded - possible mail loop ATTR34
  5 hard | failed 5.4.310 | smtp;550 5.4.310 DNS domain gone.example does not exist [Message=InfoDomainNonexistent] [LastAttemptedServerName=gone.example]
  5 soft | failed 5.4.300 | smtp;550 5.4.300 Message expired -> 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)
  5 hard | failed 5.1.1 | smtp;550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking
  5 soft | failed 5.2.2 | smtp;552-5.2.2 The email account that you tried to reach is over quota and inactive.
  5 soft | failed 5.7.26 | smtp;550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.
  4 soft | delayed 4.4.1 | smtp;The recipient server did not accept our requests to connect. [mx.gone.example 192.0.2.9: timed out]
  5 hard | failed 5.0.0 | smtp;DNS Error: DNS type 'mx' lookup of gone.example responded with code NXDOMAIN Domain name not found: gone.example
  5 hard | failed 5.0.0 | smtp;554 delivery error: dd This user doesn't have a yahoo.com account (bo@gone.example) [-9] - mta4060.mail.bf1.yahoo.com
  4 soft | failed 4.7.0 | smtp;421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
  5 hard | failed 5.4.4 | X-Postfix; Host or domain name not found. Name service error for name=gone.example type=AAAA: Host not found
  4 soft | delayed 4.4.1 | X-Postfix; connect to mx.gone.example[192.0.2.4]:25: Connection timed out
  4 soft | failed 4.7.1 | smtp;450 4.7.1 <bo@gone.example>: Recipient address rejected: Greylisted for 300 seconds
  5 soft | failed 5.2.2 | x-unix; maildrop: maildir over quota.
  5 hard | failed 5.1.0 | X-Postfix; Domain gone.example does not accept mail (nullMX)
  5 hard | failed 5.1.1 | smtp;550 5.1.1 <bo@gone.example> User doesn't exist: bo@gone.example
  5 soft | failed 5.2.2 | smtp;552 5.2.2 <bo@gone.example> Quota exceeded (mailbox for user is full)
  5 soft | failed 5.7.0 | smtp;550 5.7.0 rejected by the recipient
  5 hard | failed 5.0.0 | smtp; 605 Not delivering to previously bounced address
  5 hard | failed 5.0.0 | smtp;550 Unrouteable address, no such mailbox
  5 hard | failed 5.1.1 | Amazon SES did not send the message to this address because it is on the suppression list for your account.
  5 soft | failed 5.5.0 | smtp;550 SC-001 (BAY0-MC1-F1) Unfortunately, messages from 192.0.2.1 weren't sent. Please contact your Internet service provider since part of their network is on our block list.
  5 hard | failed 5.5.0 | smtp;550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [VE1EUR01FT007.eop-EUR01.prod.protection.outlook.com]
  5 hard | failed 5.1.1 | smtp;550 5.1.1 <bo@gone.example>: user does not exist
  5 soft | failed 5.2.2 | smtp;552 5.2.2 <bo@gone.example>: user is over quota (in reply to RCPT TO command)
  5 hard | failed 5.1.1 | smtp;550 5.1.1 Not our Customer
  5 soft | failed 5.0.0 | smtp;550 Account suspended for inactivity
  5 hard | failed 5.0.0 | smtp;550 Requested action not taken: mailbox unavailable
  5 hard | failed 5.1.6 | smtp;551 5.1.6 recipient no longer on server: bo@gone.example
  5 soft | failed 5.3.4 | smtp;552 5.3.4 Message size exceeds fixed limit
  5 soft | failed 5.7.1 | smtp;554 5.7.1 This message has been blocked because it contains FortiSpamshield blocking URL(s).
  5 hard | failed 5.0.0 | smtp;550 Address unknown - recipient verification failed
`

// Sender | subject | text.
const ordinary = String.raw`
  Cy Ross <cy@customer.example> | Undeliverable parcel | My parcel could not be delivered. The courier said the delivery failed twice. What now?
  Cy Ross <cy@customer.example> | Delivery failed | The delivery failed again, order 4711. 550 euros are gone!
  Cy Ross <cy@customer.example> | Mail delivery problem | Your mails to <cy@customer.example>: are not delivered since Monday. Our server says 450 try later. Please look.
  DHL <noreply@dhl.example> | Delivery failed: we missed you | Your parcel could not be delivered today. Collect it at the shop.
  Shop <no-reply@shop.example> | Delivery notification | Your order was delivered. The following address was used: Main Street 5.
  admin@smallfirm.example | Delivery problem with order 77 | Hello, the delivery failed and could not be sent again. Regards, Jo
  system@erp.example | Delivery report March | Please find the delivery report. 3 of 550 pallets were not delivered.
  Returns <returns@shop.example> | Return to sender: parcel 12 | The parcel was returned to sender because the recipient was unknown.
  mail@kleinbetrieb.example | Zustellung Paket | Guten Tag, die Zustellung hat nicht geklappt. Können Sie noch einmal liefern?
  mail@kleinbetrieb.example | Notification: Termin verschoben | Der Termin wurde verschoben.
  system@monitor.example | Warning: message queue growing | The queue on host app1 has 4,512 messages.
  postmaster@customer.example | Your mail server is not reachable | Hello, this is the admin of customer.example. We see your server answers 450 for some of our users. Could you look?
  Jo <jo@customer.example> | Sorry, wrong address | I gave you the wrong address. The parcel was not delivered.
  Jo <jo@customer.example> | Could not send the form | The form said: message was not sent, error 500.
  root@customer.example | User unknown in our shop | Login says user not found. 401 - please help
  info@customer.example | Nicht zustellbar | Das Paket war nicht zustellbar, bitte erneut senden.
  no-reply@bank.example | Message status | You have a new message. Log in to read.
  no-reply@bank.example | Failure notice for your direct debit | Your direct debit of 450 EUR was rejected by the bank.
  admin@shop.example | Cannot send invoices | Since 3 March we cannot send invoices; error 550 - 5.7.1 relaying denied. What should we set?
  Support <support@vendor.example> | Undelivered order | The order is undelivered.
`

/** RFC 3464 reports. */
export function structuredReports(): readonly Report[] {
  return rows(reports).map(([fate = '', outcome = '', words = '']) => {
    const [action = '', status = ''] = outcome.split(' ')
    const fields = `Final-Recipient: rfc822; ${lost}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: ${words}\n`
    const parts = [
      'Content-Type: text/plain\n\nSee below.',
      `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.relay.example\n\n${fields}`,
    ]
    const head = report('MAILER-DAEMON@mx.relay.example', 'Undelivered Mail Returned to Sender')
    const body = `Content-Type: multipart/report; report-type=delivery-status; boundary=q\n\n--q\n${parts.join('\n--q\n')}\n--q--\n`
    return { ...fateOf(fate), name: words, raw: wire(head + body) }
  })
}

/** Reports in prose. */
export function proseReports(): readonly Report[] {
  return prose
    .trim()
    .split('\n==\n')
    .map((block) => {
      const [first = '', ...text] = block.split('\n')
      const [fate = '', from = '', subject = ''] = first.split(' | ')
      const type = text[0]?.startsWith('<p>') ? 'html' : 'plain'
      const raw = `${report(from, subject)}Content-Type: text/${type}; charset=utf-8\n\n${text.join('\n')}\n`
      return { ...fateOf(fate), name: `${from}: ${subject}`, raw: wire(raw) }
    })
}

/** Mail by people, shops and programs, none of it a report. */
export function ordinaryMails(): readonly { readonly name: string; readonly raw: Buffer }[] {
  return rows(ordinary).map(([from = '', subject = '', text = '']) => {
    const head = report(from, subject).replace('Return-Path: <>\n', '')
    return { name: subject, raw: wire(`${head}Content-Type: text/plain; charset=utf-8\n\n${text}\n`) }
  })
}

function rows(table: string): readonly (readonly string[])[] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' | '))
}

function fateOf(fate: string): Pick<Report, 'statusClass' | 'hard'> {
  return { statusClass: Number(fate[0]), hard: fate.endsWith('hard') }
}

function report(from: string, subject: string): string {
  const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`
  return `Return-Path: <>\nFrom: ${from}\nTo: support@desk.example\nSubject: ${encoded}\nMessage-ID: <r@mx.example>\nMIME-Version: 1.0\n`
}

const wire = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'))
