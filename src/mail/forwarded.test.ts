// P8: whose mail somebody forwarded is found in what fifty programs write, in their languages; else nobody is named.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '#mail/explain.ts'
import { parse } from '#mail/parse.ts'

// Subject | text.
const forwards = String.raw`
  Fwd: Lamp | FYI ⏎  ⏎ ---------- Forwarded message --------- ⏎ From: CY ⏎ Date: Tue, 3 Mar 2026 at 10:15 ⏎ Subject: Lamp ⏎ To: <ada@desk.example> ⏎  ⏎  ⏎ It broke
  Fwd: Lampe | ---------- Forwarded message --------- ⏎ Von: CY ⏎ Date: Di., 3. März 2026 um 10:15 Uhr ⏎ Subject: Lampe ⏎ To: <ada@desk.example> ⏎  ⏎  ⏎ Kaputt
  Fwd: Lamp | Begin forwarded message: ⏎  ⏎ > From: CY ⏎ > Subject: Lamp ⏎ > Date: 3 March 2026 at 10:15:00 CET ⏎ > To: ada@desk.example ⏎ >  ⏎ > It broke
  Fwd: Lampe | Anfang der weitergeleiteten Nachricht: ⏎  ⏎ > Von: CY ⏎ > Betreff: Lampe ⏎ > Datum: 3. März 2026 um 10:15:00 MEZ ⏎ > An: ada@desk.example ⏎ >  ⏎ > Kaputt
  Tr: Lampe | Début du message transféré : ⏎  ⏎ > De: CY ⏎ > Objet: Lampe ⏎ > Date: 3 mars 2026 à 10:15:00 UTC+1 ⏎ > À: ada@desk.example ⏎ >  ⏎ > Cassée
  RV: Luz | Inicio del mensaje reenviado: ⏎  ⏎ > De: CY ⏎ > Asunto: Luz ⏎ > Fecha: 3 de marzo de 2026, 10:15:00 CET ⏎ > Para: ada@desk.example ⏎ >  ⏎ > Rota
  Fwd: Luce | Inizio messaggio inoltrato: ⏎  ⏎ > Da: CY ⏎ > Oggetto: Luce ⏎ > Data: 3 marzo 2026 10:15:00 CET ⏎ > A: ada@desk.example ⏎ >  ⏎ > Rotta
  Fwd: Lamp | Begin doorgestuurd bericht: ⏎  ⏎ > Van: CY ⏎ > Onderwerp: Lamp ⏎ > Datum: 3 maart 2026 om 10:15:00 CET ⏎ > Aan: ada@desk.example ⏎ >  ⏎ > Stuk
  Vb: Lampa | Vidarebefordrat brev: ⏎  ⏎ > Från: CY ⏎ > Ämne: Lampa ⏎ > Datum: 3 mars 2026 10:15:00 CET ⏎ > Till: ada@desk.example ⏎ >  ⏎ > Trasig
  Fwd: Lampe | Videresendt besked: ⏎  ⏎ > Fra: CY ⏎ > Emne: Lampe ⏎ > Dato: 3. marts 2026 kl. 10.15.00 CET ⏎ > Til: ada@desk.example ⏎ >  ⏎ > Itu
  Fwd: Lampa | Początek przekazywanej wiadomości: ⏎  ⏎ > Od: CY ⏎ > Temat: Lampa ⏎ > Data: 3 marca 2026 10:15:00 CET ⏎ > Do: ada@desk.example ⏎ >  ⏎ > Zepsuta
  Fwd: Лампа | Начало переадресованного сообщения: ⏎  ⏎ > От: CY ⏎ > Тема: Лампа ⏎ > Дата: 3 марта 2026 г. в 10:15:00 GMT+3 ⏎ > Кому: ada@desk.example ⏎ >  ⏎ > Сломана
  Fwd: ランプ | 転送されたメッセージ: ⏎  ⏎ > 差出人: CY ⏎ > 件名: ランプ ⏎ > 日付: 2026年3月3日 10:15:00 JST ⏎ > 宛先: ada@desk.example ⏎ >  ⏎ > 壊れました
  Fwd: 灯 | 开始转发的邮件： ⏎  ⏎ > 发件人: CY ⏎ > 主题: 灯 ⏎ > 日期: 2026年3月3日 GMT+8 10:15:00 ⏎ > 收件人: ada@desk.example ⏎ >  ⏎ > 坏了
  Fwd: 램프 | 전달된 메시지 시작: ⏎  ⏎ > 보낸 사람: CY ⏎ > 제목: 램프 ⏎ > 날짜: 2026년 3월 3일 ⏎ > 받는 사람: ada@desk.example ⏎ >  ⏎ > 고장
  Fwd: Luz | Início da mensagem reencaminhada: ⏎  ⏎ > De: CY ⏎ > Assunto: Luz ⏎ > Data: 3 de março de 2026 ⏎ > Para: ada@desk.example ⏎ >  ⏎ > Quebrada
  Fwd: Lamppu | Välitetty viesti alkaa: ⏎  ⏎ > Lähettäjä: CY ⏎ > Aihe: Lamppu ⏎ > Päiväys: 3.3.2026 ⏎ > Vastaanottaja: ada@desk.example ⏎ >  ⏎ > Rikki
  Fwd: Lamba | İletilen ileti başlangıcı: ⏎  ⏎ > Kimden: CY ⏎ > Konu: Lamba ⏎ > Tarih: 3 Mart 2026 ⏎ > Kime: ada@desk.example ⏎ >  ⏎ > Bozuk
  FW: Lamp | please see below ⏎  ⏎ ________________________________ ⏎ From: CY ⏎ Sent: Tuesday, March 3, 2026 10:15 AM ⏎ To: Ada <ada@desk.example> ⏎ Subject: Lamp ⏎  ⏎ It broke
  WG: Lampe | Von: CY ⏎ Gesendet: Dienstag, 3. März 2026 10:15 ⏎ An: Ada <ada@desk.example> ⏎ Betreff: Lampe ⏎  ⏎ Kaputt
  TR: Lampe | De : CY ⏎ Envoyé : mardi 3 mars 2026 10:15 ⏎ À : Ada <ada@desk.example> ⏎ Objet : Lampe ⏎  ⏎ Cassée
  RV: Luz | De: CY ⏎ Enviado: martes, 3 de marzo de 2026 10:15 ⏎ Para: Ada <ada@desk.example> ⏎ Asunto: Luz ⏎  ⏎ Rota
  I: Luce | Da: CY ⏎ Inviato: martedì 3 marzo 2026 10:15 ⏎ A: Ada <ada@desk.example> ⏎ Oggetto: Luce ⏎  ⏎ Rotta
  FW: Lamp | Van: CY ⏎ Verzonden: dinsdag 3 maart 2026 10:15 ⏎ Aan: Ada <ada@desk.example> ⏎ Onderwerp: Lamp ⏎  ⏎ Stuk
  VB: Lampa | Från: CY ⏎ Skickat: den 3 mars 2026 10:15 ⏎ Till: Ada <ada@desk.example> ⏎ Ämne: Lampa ⏎  ⏎ Trasig
  VS: Lampe | Fra: CY ⏎ Sendt: 3. marts 2026 10:15 ⏎ Til: Ada <ada@desk.example> ⏎ Emne: Lampe ⏎  ⏎ Itu
  VL: Lamppu | Lähettäjä: CY ⏎ Lähetetty: 3. maaliskuuta 2026 10:15 ⏎ Vastaanottaja: Ada <ada@desk.example> ⏎ Aihe: Lamppu ⏎  ⏎ Rikki
  PD: Lampa | Od: CY ⏎ Wysłano: wtorek, 3 marca 2026 10:15 ⏎ Do: Ada <ada@desk.example> ⏎ Temat: Lampa ⏎  ⏎ Zepsuta
  FW: Lampa | Od: CY ⏎ Odesláno: úterý 3. března 2026 10:15 ⏎ Komu: Ada <ada@desk.example> ⏎ Předmět: Lampa ⏎  ⏎ Rozbitá
  TOVÁBBÍTÁS: Lámpa | Feladó: CY ⏎ Elküldve: 2026. március 3., kedd 10:15 ⏎ Címzett: Ada <ada@desk.example> ⏎ Tárgy: Lámpa ⏎  ⏎ Elromlott
  İLT: Lamba | Kimden: CY ⏎ Gönderildi: 3 Mart 2026 Salı 10:15 ⏎ Kime: Ada <ada@desk.example> ⏎ Konu: Lamba ⏎  ⏎ Bozuk
  ENC: Luz | De: CY ⏎ Enviada em: terça-feira, 3 de março de 2026 10:15 ⏎ Para: Ada <ada@desk.example> ⏎ Assunto: Luz ⏎  ⏎ Quebrada
  FW: Лампа | От: CY ⏎ Отправлено: 3 марта 2026 г. 10:15 ⏎ Кому: Ada <ada@desk.example> ⏎ Тема: Лампа ⏎  ⏎ Сломана
  ΠΡΘ: Λάμπα | Από: CY ⏎ Στάλθηκε: Τρίτη, 3 Μαρτίου 2026 10:15 ⏎ Προς: Ada <ada@desk.example> ⏎ Θέμα: Λάμπα ⏎  ⏎ Χάλασε
  转发: 灯 | 发件人: CY ⏎ 发送时间: 2026年3月3日 10:15 ⏎ 收件人: Ada <ada@desk.example> ⏎ 主题: 灯 ⏎  ⏎ 坏了
  転送: ランプ | 差出人: CY ⏎ 送信日時: 2026年3月3日 10:15 ⏎ 宛先: Ada <ada@desk.example> ⏎ 件名: ランプ ⏎  ⏎ 壊れた
  הועבר: מנורה | מאת: CY ⏎ נשלח: יום שלישי 3 מרץ 2026 10:15 ⏎ אל: Ada <ada@desk.example> ⏎ נושא: מנורה ⏎  ⏎ שבור
  FW: Lampa | De la: CY ⏎ Trimis: marți, 3 martie 2026 10:15 ⏎ Către: Ada <ada@desk.example> ⏎ Subiect: Lampa ⏎  ⏎ Stricată
  FW: Lamp | From: Cy Ross [mailto:cy@customer.example] ⏎ Sent: Tuesday, March 3, 2026 10:15 AM ⏎ To: Ada ⏎ Subject: Lamp ⏎  ⏎ It broke
  Fwd: Lamp | -------- Forwarded Message -------- ⏎ Subject:  Lamp ⏎ Date:  Tue, 3 Mar 2026 10:15:00 +0100 ⏎ From:  CY ⏎ To:  ada@desk.example ⏎  ⏎  ⏎ It broke
  Fwd: Lampe | -------- Weitergeleitete Nachricht -------- ⏎ Betreff:  Lampe ⏎ Datum:  Tue, 3 Mar 2026 10:15:00 +0100 ⏎ Von:  CY ⏎ An:  ada@desk.example ⏎  ⏎  ⏎ Kaputt
  Fwd: Lampe | -------- Message transféré -------- ⏎ Sujet :  Lampe ⏎ Date :  Tue, 3 Mar 2026 10:15:00 +0100 ⏎ De :  CY ⏎ Pour :  ada@desk.example ⏎  ⏎  ⏎ Cassée
  Fw: Lamp | ⏎  ⏎ ----- Forwarded Message ----- ⏎ From: CY ⏎ To: "ada@desk.example" <ada@desk.example> ⏎ Sent: Tuesday, March 3, 2026 at 10:15:00 AM GMT+1 ⏎ Subject: Lamp ⏎  ⏎ It broke
  Fw: Lamp | ------- Forwarded Message ------- ⏎ From: CY ⏎ Date: On Tuesday, March 3rd, 2026 at 10:15 AM ⏎ Subject: Lamp ⏎ To: ada@desk.example <ada@desk.example> ⏎  ⏎ > It broke
  Fwd: Lamp | ============ Forwarded message ============ ⏎ From: CY ⏎ To: "ada"<ada@desk.example> ⏎ Date: Tue, 03 Mar 2026 10:15:00 +0100 ⏎ Subject: Lamp ⏎ ============ Forwarded message ============ ⏎  ⏎ It broke
  Fwd: Lamp | ⏎  ⏎ -------- Original message -------- ⏎ From: CY  ⏎ Date: 3/3/26  10:15  (GMT+01:00)  ⏎ To: ada@desk.example  ⏎ Subject: Lamp  ⏎  ⏎ It broke
  Fw: Lamp | ----- Forwarded by Ada Moss/Desk on 03/03/2026 10:20 AM ----- ⏎  ⏎ From: CY ⏎ To: ada@desk.example ⏎ Date: 03/03/2026 10:15 AM ⏎ Subject: Lamp ⏎  ⏎ It broke
  [cy@customer.example: Lamp] | ----- Forwarded message from CY ----- ⏎  ⏎ Date: Tue, 3 Mar 2026 10:15:00 +0100 ⏎ From: CY ⏎ To: ada@desk.example ⏎ Subject: Lamp ⏎  ⏎ It broke ⏎  ⏎ ----- End forwarded message -----
  Fw: Lamp | ------ Forwarded Message ------ ⏎ From "Cy Ross" <cy@customer.example> ⏎ To ada@desk.example ⏎ Date 3/3/2026 10:15:00 AM ⏎ Subject Lamp ⏎  ⏎ It broke
  转发：灯 | ------------------ 原始邮件 ------------------ ⏎ 发件人: "Cy Ross" <cy@customer.example>; ⏎ 发送时间: 2026年3月3日(星期二) 上午10:15 ⏎ 收件人: "ada"<ada@desk.example>; ⏎ 主题: 灯 ⏎  ⏎ 坏了
  Fwd: Lampe | Gesendet: Dienstag, 03. März 2026 um 10:15 Uhr ⏎ Von: "Cy Ross" <cy@customer.example> ⏎ An: ada@desk.example ⏎ Betreff: Lampe ⏎  ⏎ Kaputt
  Fwd: Lamp | ---------- Forwarded message ---------- ⏎ From: CY ⏎ Date: 3 Mar 2026, 10:15 +0100 ⏎ To: ada@desk.example ⏎ Subject: Lamp ⏎  ⏎ > It broke
  Fwd: Lamp | ⏎ ---------- Forwarded message ---------- ⏎ From: CY ⏎ Date: March 3, 2026 ⏎ Subject: Lamp ⏎ To: ada@desk.example ⏎  ⏎ It broke
`
  .trim()
  .split('\n')
  .map((line) => line.trim().replaceAll('CY', 'Cy Ross <cy@customer.example>').replaceAll(' ⏎ ', '\r\n'))

async function senderOf(subject: string, text: string): Promise<string | null> {
  const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`
  const head = `From: Ada <ada@desk.example>\r\nTo: support@desk.example\r\nSubject: ${encoded}\r\nContent-Type: text/plain; charset=utf-8`
  const { originalSender } = explain(await parse(Buffer.from(`${head}\r\n\r\n${text}\r\n`)), subject)
  return originalSender === null ? null : `${originalSender.name} <${originalSender.email}>`
}

test('P8: the sender of a forwarded mail is found, in whatever language and program', async () => {
  const wrong: string[] = []
  for (const line of forwards) {
    const [subject = '', text = ''] = line.split(' |')
    if ((await senderOf(subject, text.trim())) !== 'Cy Ross <cy@customer.example>') wrong.push(line)
  }
  deepEqual(wrong, [])
})

test('what an agent writes of their own names nobody', async () => {
  equal(await senderOf('Lamp', 'From: Paris\r\nTo: London\r\n\r\nWho booked that?'), null)
  equal(await senderOf('Fwd: Lamp', 'please have a look at this'), null)
  equal(
    await senderOf('Re: Lamp', 'On Tue, 3 Mar 2026 at 10:15, Cy <cy@customer.example> wrote:\r\n> It broke'),
    null,
  )
})
