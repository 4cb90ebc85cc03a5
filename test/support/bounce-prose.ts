// Delivery reports in prose, as servers and providers write them in many languages.

/** Class and whether the address is dead | sender | subject, then what the server writes; its copy of the mail is left out. */
export const prose = String.raw`
5 hard | postmaster@kunde.example | Unzustellbar: Ihre Lampe
Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:
bo@gone.example
Die eingegebene E-Mail-Adresse konnte nicht gefunden werden. Überprüfen Sie die E-Mail-Adresse des Empfängers, und versuchen Sie, die Nachricht erneut zu senden.
Diagnoseinformationen für Administratoren:
Generierender Server: mx.kunde.example
bo@gone.example
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##
==
5 hard | MAILER-DAEMON@yahoo.com | Failure Notice
Sorry, we were unable to deliver your message to the following address.
<bo@gone.example>:
552: 1 Requested mail action aborted, mailbox not found
==
5 hard | MAILER-DAEMON@q.example | failure notice
Hi. This is the qmail-send program at q.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.
<bo@gone.example>:
Sorry, no mailbox here by that name. (#5.1.1)
==
5 hard | MAILER-DAEMON@q.example | failure notice
Hi. This is the qmail-send program at q.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.
<bo@gone.example>:
Sorry, I couldn't find any host named gone.example. (#5.1.2)
==
5 hard | Mail Delivery System <MAILER-DAEMON@mx.relay.example> | Mail delivery failed: returning message to sender
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:
bo@gone.example
host mx.gone.example [192.0.2.4]
SMTP error from remote mail server after RCPT TO:<bo@gone.example>:
550 Unknown User <bo@gone.example>
==
5 hard | Mail Delivery System <MAILER-DAEMON@mx.relay.example> | Mail delivery failed: returning message to sender
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:
bo@gone.example
Unrouteable address
==
4 soft | Mail Delivery System <MAILER-DAEMON@mx.relay.example> | Warning: message 1x4abc-0001 delayed 24 hours
This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.
The address to which the message has not yet been delivered is:
bo@gone.example
Delay reason: connection timeout
No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered. Eventually the mail delivery software will give up,
and when that happens, the message will be returned to you.
==
5 hard | Mail Delivery System <MAILER-DAEMON@mx.relay.example> | Undelivered Mail Returned to Sender
This is the mail system at host mx.relay.example.
I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.
The mail system
<bo@gone.example>: host mx.gone.example[192.0.2.4] said: 550 5.1.1 <bo@gone.example>: Recipient address rejected: User unknown in local recipient table (in reply to RCPT TO command)
==
5 hard | Mail Delivery Subsystem <MAILER-DAEMON@s.example> | Returned mail: see transcript for details
The original message was received at Tue, 3 Mar 2026 10:15:00 GMT
from localhost [127.0.0.1]
----- The following addresses had permanent fatal errors -----
<bo@gone.example>
(reason: 550 5.1.1 <bo@gone.example>... User unknown)
----- Transcript of session follows -----
... while talking to mx.gone.example.:
>>> DATA
<<< 550 5.1.1 <bo@gone.example>... User unknown
550 5.1.1 <bo@gone.example>... User unknown
<<< 503 5.0.0 Need RCPT (recipient)
==
4 soft | Mail Delivery Subsystem <MAILER-DAEMON@s.example> | Warning: could not send message for past 4 hours
**********************************************
**      THIS IS A WARNING MESSAGE ONLY      **
**  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
**********************************************
----- The following addresses had transient non-fatal errors -----
<bo@gone.example>
==
5 hard | Postmaster@notes.example | DELIVERY FAILURE: User bo (bo@gone.example) not listed in Domino Directory
Your message
Subject: Your lamp
was not delivered to:
bo@gone.example
because:
User bo (bo@gone.example) not listed in Domino Directory
==
5 hard | Mail Delivery System <MAILER-DAEMON@esa1.x.example> | Delivery Status Notification (Failure)
The following message to <bo@gone.example> was undeliverable.
The reason for the problem:
5.1.0 - Unknown address error 550-'5.1.1 <bo@gone.example>: Recipient address rejected: User unknown'
==
5 hard | Mail Delivery System <MAILER-DAEMON@esa1.x.example> | Delivery Status Notification (Failure)
The following message to <bo@gone.example> was undeliverable.
The reason for the problem:
5.1.2 - Bad destination host 'DNS Hard Error looking up gone.example (MX):  NXDomain'
==
5 hard | <postmaster@gone.example> | [Postmaster] Email Delivery Failure
Email Delivery Failure
Your message to bo@gone.example could not be delivered.
The remote server returned: 550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550
==
5 soft | <postmaster@gone.example> | [Postmaster] Email Delivery Failure
This is a message from the Mimecast secure, on-demand email platform.
Message Details
To: bo@gone.example
The message was not delivered: 550 Administrative prohibition - envelope blocked
==
5 hard | mailer-daemon@mail.zoho.com | Undelivered Mail Returned to Sender
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.
bo@gone.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.=1 <bo@gone.example>... User unknown
Received:from mail.zoho.com by mx.zohomail.com
==
5 hard | GMX Mailer Daemon <mailer-daemon@gmx.de> | Mail delivery failed: returning message to sender
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:
"bo@gone.example":
SMTP error from remote server after RCPT command:
host: mx.gone.example
5.1.1 <bo@gone.example> User is unknown {mx-eu-001}
--- The header of the original message is following. ---
Received: from [192.0.2.1]
==
5 hard | mailer-daemon@yandex.ru | Недоставленное сообщение
Это письмо отправлено почтовым сервером yandex.ru.
К сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может
быть отправлено одному или нескольким адресатам.
<bo@gone.example>: host mx.gone.example[192.0.2.3] said: 550 5.7.1 No such user! (in reply to RCPT TO command)
==
5 hard | mailer-daemon@corp.mail.ru | Mail failure.
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:
bo@gone.example
550 Message was not accepted -- invalid mailbox.  Local mailbox bo@gone.example is unavailable: user not found
==
5 hard | Mail Delivery System <mailer-daemon@rambler.ru> | Сообщение не доставлено
Ваше письмо не было доставлено следующим получателям:
bo@gone.example: пользователь не найден
==
5 hard | NAVER Mail <mailer-daemon@naver.com> | 메일 전송에 실패했습니다
메일 전송 실패 안내
받는 사람 : bo@gone.example
실패 원인 : 존재하지 않는 메일 주소입니다. (550 5.1.1 User Unknown)
==
5 hard | postmaster@hanmail.net | [반송메일] Your lamp
메일을 전송하지 못했습니다.
받는 사람: bo@gone.example
사유: 수신자가 존재하지 않습니다. Recipient not found
==
5 hard | postmaster@docomo.example | Mail System Error - Returned Mail
The following message could not be delivered.
Each of the following recipients was rejected by a remote mail server.
The reasons given by the server are included to help you determine why
each recipient was rejected.
Recipient:	<bo@gone.example>
Reason:	Unknown user: bo@gone.example
==
5 hard | Postmaster@ezweb.example | Mail System Error - Returned Mail
This Message was undeliverable due to the following reason:
The following destination addresses were unknown (please check
the addresses and re-mail the message):
<bo@gone.example>
==
5 hard | MAILER-DAEMON@softbank.example | 配信不能通知
次のあて先へのメッセージはエラーのため送信できませんでした。
送信先メールアドレスが見つかりません。
bo@gone.example
==
2 soft | no-reply@sns.amazonaws.com | AWS Notification Message
{"notificationType":"Delivery","mail":{"messageId":"0","destination":["bo@gone.example"]},"delivery":{"recipients":["bo@gone.example"],"smtpResponse":"250 2.6.0 Message received"}}
==
5 soft | Barracuda <postmaster@b.example> | **Message you sent blocked by our bulk email filter**
Your message to: bo@gone.example
was blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:
Subject: Your lamp
==
5 hard | MAILER-DAEMON <postmaster@haraka.example> | failure notice
Hi. This is the Haraka Mailer program at haraka.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out. Below
you will find more details about this failure.
Intended Recipients: <bo@gone.example>
Failure Reason: Some recipients failed: <bo@gone.example>: 550 5.1.1 unknown recipient
==
4 soft | Mailer Daemon <MAILER-DAEMON@o.example> | Delivery status notification: warning
Hi!
A message is delayed for more than 4 hours for the following
list of recipients:
bo@gone.example: Network error on destination MXs
Please note that this is only a temporary failure report.
The message is kept in the queue for up to 4 days.
You DO NOT NEED to re-send the message to these recipients.
==
5 hard | "Courier mail server at c.example" <@c.example> | NOTICE: mail delivery status.
This is a delivery status notification from c.example,
running the Courier mail server, version 0.65.2.
The original message was received on Tue, 3 Mar 2026
---------------------------------------------------------------------------
UNDELIVERABLE MAIL
Your message to the following recipients cannot be delivered:
<bo@gone.example>:
mx.gone.example [192.0.2.5]:
>>> RCPT TO:<bo@gone.example>
<<< 550 5.1.1 <bo@gone.example>... User Unknown
==
5 hard | MDaemon at d.example <MDaemon@d.example> | Permanent Delivery Failure
MDaemon has detected permanent delivery errors.
The attached message had PERMANENT fatal delivery errors!
Failed address: bo@gone.example
--- Session Transcript ---
Tue 2026-03-03: <-- 550 5.1.1 Unknown user
--- End Transcript ---
==
5 hard | mailer-daemon@h.example | Message undeliverable: Your lamp
Your message did not reach some or all of the intended recipients.
Sent: Tue, 03 Mar 2026 10:15:00 +0000
Subject: Your lamp
The following recipient(s) could not be reached:
bo@gone.example
Error Type: SMTP
Remote server (192.0.2.4) issued an error.
hMailServer sent: RCPT TO:<bo@gone.example>
Remote server replied: 550 Unknown user
hMailServer
==
5 hard | postmaster@p.example | Delivery report
Hello, this is the mail server on p.example.
I am sending you this message to inform you on the delivery status of a
message you previously sent.  Immediately below you will find a list of
the affected recipients.
<bo@gone.example>
delivery failed; will not continue trying
550 5.1.1 Mailbox unknown
==
5 hard | Internet Mail Delivery <postmaster@or.example> | Delivery Notification: Delivery has failed
This report relates to a message you sent with the following header fields:
  Message-id: <o1@desk.example>
Subject: Your lamp
Your message cannot be delivered to the following recipients:
Recipient address: bo@gone.example
Reason: Remote SMTP server has rejected address
Diagnostic code: smtp;550 5.1.1 unknown or illegal alias: bo@gone.example
==
5 hard | PostMaster <PostMaster@qq.com> | 系统退信/Systems bounce
<p>抱歉，您的邮件被退回来了……</p><p>收件人（bo@gone.example）邮箱不存在，邮件无法送达。</p><p>host mx.gone.example said: 550 Mailbox not found</p>
==
5 hard | Postmaster@163.com | 系统退信
抱歉，您的邮件被退回来了
原邮件主题：Your lamp
收件人：bo@gone.example
退信原因：收件人邮箱不存在（User not found: bo@gone.example）
==
5 soft | postmaster@alimail.example | 邮件退信通知
您的邮件未能送达以下收件人：bo@gone.example
退信原因：对方邮箱已满 (552 Mailbox is full)
==
5 hard | MAILER-DAEMON@uol.example | Mensagem não entregue
Sua mensagem não pôde ser entregue para o seguinte destinatário:
bo@gone.example
Motivo: Usuário desconhecido
==
5 hard | postmaster@libero.example | Messaggio non recapitato
Il messaggio non è stato recapitato ai seguenti destinatari:
bo@gone.example
Utente sconosciuto
==
5 hard | MAILER-DAEMON@wp.example | Niedostarczona wiadomość
Wiadomość nie mogła zostać dostarczona do następujących adresatów:
bo@gone.example
Nieznany użytkownik
==
5 hard | Mail Delivery System <mailer-daemon@t-online.example> | Ihre Nachricht konnte nicht zugestellt werden
Ihre E-Mail konnte an folgenden Empfänger nicht zugestellt werden:
bo@gone.example
Grund: Empfänger unbekannt
==
5 soft | Mail Delivery System <mailer-daemon@t-online.example> | Zustellung fehlgeschlagen
Ihre E-Mail konnte an folgenden Empfänger nicht zugestellt werden:
bo@gone.example
Grund: Das Postfach ist voll
==
5 hard | MAILER-DAEMON@tr.example | Teslim edilemedi: Lamba
Mesajınız şu alıcılara teslim edilemedi:
bo@gone.example
550 5.1.1 Kullanıcı bulunamadı
==
5 hard | postmaster@nl.example | Onbestelbaar: Lamp
Bericht kan niet worden bezorgd bij deze geadresseerden:
bo@gone.example
onbekende gebruiker
`
