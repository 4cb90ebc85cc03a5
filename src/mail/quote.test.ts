import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { visible, visibleOfHtml } from '#mail/quote.ts'
import { footers } from '../../test/support/footers.ts'
import * as styles from '../../test/support/reply-styles.ts'

const said = 'It still does not work.\nCan you look again?'
const quoted = 'We changed the setting.\nPlease try once more.'
const marked = quoted.replace(/^/gm, '> ')

/** What each program writes above the mail it answers. */
const attributions: Readonly<Record<string, string>> = {
  'Gmail, English': 'On Tue, 3 Mar 2026 at 10:15, Ada Moss <ada@desk.example> wrote:',
  'Gmail, American': 'On Tue, Mar 3, 2026 at 10:15 AM Ada Moss <ada@desk.example> wrote:',
  'Gmail, folded':
    'On Tue, Mar 3, 2026 at 10:15 AM Ada Moss, who answers for the desk <\nada@desk.example> wrote:',
  'Apple Mail': 'On 3 Mar 2026, at 10:15, Ada Moss <ada@desk.example> wrote:',
  'Gmail, German': 'Am Di., 3. März 2026 um 10:15 Uhr schrieb Ada Moss <ada@desk.example>:',
  'Apple Mail, German': 'Am 03.03.2026 um 10:15 schrieb Ada Moss <ada@desk.example>:',
  'Thunderbird, German': 'Am 03.03.26 um 10:15 schrieb Ada Moss:',
  'Gmail, French': 'Le mar. 3 mars 2026 à 10:15, Ada Moss <ada@desk.example> a écrit :',
  'Thunderbird, French': 'Le 03/03/2026 à 10:15, Ada Moss a écrit :',
  'Gmail, Spanish': 'El mar, 3 mar 2026 a las 10:15, Ada Moss (<ada@desk.example>) escribió:',
  'Gmail, Portuguese': 'Em ter., 3 de mar. de 2026 às 10:15, Ada Moss <ada@desk.example> escreveu:',
  'Gmail, Italian': 'Il giorno mar 3 mar 2026 alle ore 10:15 Ada Moss <ada@desk.example> ha scritto:',
  'Gmail, Dutch': 'Op di 3 mrt 2026 om 10:15 schreef Ada Moss <ada@desk.example>:',
  'Gmail, Polish': 'wt., 3 mar 2026 o 10:15 Ada Moss <ada@desk.example> napisał(a):',
  'Thunderbird, Polish': 'W dniu 3.03.2026 o 10:15, Ada Moss pisze:',
  'Gmail, Swedish': 'Den tis 3 mars 2026 kl 10:15 skrev Ada Moss <ada@desk.example>:',
  'Gmail, Norwegian': 'tir. 3. mars 2026 kl. 10:15 skrev Ada Moss <ada@desk.example>:',
  'Gmail, Danish': 'Den tirs. 3. mar. 2026 kl. 10.15 skrev Ada Moss <ada@desk.example>:',
  'Gmail, Finnish': 'ti 3. maalisk. 2026 klo 10.15 Ada Moss (ada@desk.example) kirjoitti:',
  'Gmail, Czech': 'út 3. 3. 2026 v 10:15 odesílatel Ada Moss <ada@desk.example> napsal:',
  'Thunderbird, Czech': 'Dne 03. 03. 26 v 10:15 Ada Moss napsal(a):',
  'Gmail, Slovak': 'ut 3. 3. 2026 o 10:15 Ada Moss <ada@desk.example> napísal(a):',
  'Gmail, Hungarian': 'Ada Moss <ada@desk.example> ezt írta (időpont: 2026. márc. 3., K, 10:15):',
  'Gmail, Romanian': 'În mar., 3 mar. 2026 la 10:15, Ada Moss <ada@desk.example> a scris:',
  'Gmail, Turkish': 'Ada Moss <ada@desk.example>, 3 Mar 2026 Sal, 10:15 tarihinde şunu yazdı:',
  'Gmail, Russian': 'вт, 3 мар. 2026 г. в 10:15, Ada Moss <ada@desk.example>:',
  'Thunderbird, Russian': '03.03.2026 10:15, Ada Moss пишет:',
  'Gmail, Ukrainian': 'вт, 3 бер. 2026 р. о 10:15 Ada Moss <ada@desk.example> пише:',
  'Gmail, Bulgarian': 'На вт, 3.03.2026 г. в 10:15 Ada Moss <ada@desk.example> написа:',
  'Gmail, Greek': 'Στις Τρί 3 Μαρ 2026 στις 10:15 π.μ., ο χρήστης Ada Moss <ada@desk.example> έγραψε:',
  'Gmail, Croatian': 'uto, 3. ožu 2026. u 10:15 Ada Moss <ada@desk.example> napisao je:',
  'Gmail, Slovenian': 'V V tor., 3. mar. 2026 ob 10:15 je oseba Ada Moss <ada@desk.example> napisala:',
  'Gmail, Estonian': 'Kuupäev T, 3. märts 2026 kell 10:15 kirjutas Ada Moss (<ada@desk.example>):',
  'Gmail, Latvian':
    'otrd., 2026. g. 3. marts, plkst. 10:15 — lietotājs Ada Moss (<ada@desk.example>) rakstīja:',
  'Gmail, Lithuanian': '2026-03-03, an, 10:15 Ada Moss <ada@desk.example> rašė:',
  'Gmail, Vietnamese': 'Vào Th 3, 3 thg 3, 2026 vào lúc 10:15 Ada Moss <ada@desk.example> đã viết:',
  'Gmail, Indonesian': 'Pada Sel, 3 Mar 2026 pukul 10.15 Ada Moss <ada@desk.example> menulis:',
  'Gmail, Chinese': 'Ada Moss <ada@desk.example> 于2026年3月3日周二 10:15写道：',
  'Gmail, Taiwanese': 'Ada Moss <ada@desk.example> 於 2026年3月3日 週二 上午10:15寫道：',
  'Gmail, Japanese': '2026年3月3日(火) 10:15 Ada Moss <ada@desk.example>:',
  'Apple Mail, Japanese': '2026/03/03 10:15、Ada Moss <ada@desk.example>のメール:',
  'Gmail, Korean': '2026년 3월 3일 (화) 오전 10:15, Ada Moss <ada@desk.example>님이 작성:',
  'Gmail, Hebrew': 'בתאריך יום ג׳, 3 במרץ 2026 ב-10:15 מאת Ada Moss <ada@desk.example>:',
  'Gmail, Arabic': 'في الثلاثاء، 3 مارس 2026 في 10:15 ص تمت كتابة ما يلي بواسطة Ada Moss <ada@desk.example>:',
  'Gmail, Thai': 'ในวันที่ อ. 3 มี.ค. 2026 เวลา 10:15 Ada Moss <ada@desk.example> เขียนว่า:',
  'Gmail, Catalan': 'Missatge de Ada Moss <ada@desk.example> del dia dt., 3 de març 2026 a les 10:15:',
  Proton: 'On Tuesday, March 3rd, 2026 at 10:15 AM, Ada Moss <ada@desk.example> wrote:',
  Yahoo: 'On Tuesday, March 3, 2026 at 10:15:12 AM GMT+1, Ada Moss <ada@desk.example> wrote:',
  GMX: 'Gesendet: Dienstag, 03. März 2026 um 10:15 Uhr\nVon: "Ada Moss" <ada@desk.example>\nAn: cy@customer.example\nBetreff: Re: Lamp',
  Outlook:
    '________________________________\nFrom: Ada Moss <ada@desk.example>\nSent: Tuesday, March 3, 2026 10:15\nTo: Cy\nSubject: Re: Lamp\n',
  'Outlook, German':
    'Von: Ada Moss <ada@desk.example>\nGesendet: Dienstag, 3. März 2026 10:15\nAn: Cy\nBetreff: AW: Lampe\n',
  'Outlook, French':
    'De : Ada Moss <ada@desk.example>\nEnvoyé : mardi 3 mars 2026 10:15\nÀ : Cy\nObjet : RE: Lampe\n',
  'Outlook, Spanish':
    'De: Ada Moss <ada@desk.example>\nEnviado: martes, 3 de marzo de 2026 10:15\nPara: Cy\nAsunto: RE: Lámpara\n',
  'Outlook, Italian':
    'Da: Ada Moss <ada@desk.example>\nInviato: martedì 3 marzo 2026 10:15\nA: Cy\nOggetto: R: Lampada\n',
  'Outlook, Portuguese':
    'De: Ada Moss <ada@desk.example>\nEnviada em: terça-feira, 3 de março de 2026 10:15\nPara: Cy\nAssunto: RES: Luz\n',
  'Outlook, Dutch':
    'Van: Ada Moss <ada@desk.example>\nVerzonden: dinsdag 3 maart 2026 10:15\nAan: Cy\nOnderwerp: RE: Lamp\n',
  'Outlook, Polish':
    'Od: Ada Moss <ada@desk.example>\nWysłano: wtorek, 3 marca 2026 10:15\nDo: Cy\nTemat: RE: Lampa\n',
  'Outlook, Swedish':
    'Från: Ada Moss <ada@desk.example>\nSkickat: den 3 mars 2026 10:15\nTill: Cy\nÄmne: SV: Lampa\n',
  'Outlook, Danish':
    'Fra: Ada Moss <ada@desk.example>\nSendt: 3. marts 2026 10:15\nTil: Cy\nEmne: SV: Lampe\n',
  'Outlook, Finnish':
    'Lähettäjä: Ada Moss <ada@desk.example>\nLähetetty: 3. maaliskuuta 2026 10:15\nVastaanottaja: Cy\nAihe: VS: Lamppu\n',
  'Outlook, Czech':
    'Od: Ada Moss <ada@desk.example>\nOdesláno: úterý 3. března 2026 10:15\nKomu: Cy\nPředmět: RE: Lampa\n',
  'Outlook, Hungarian':
    'Feladó: Ada Moss <ada@desk.example>\nElküldve: 2026. március 3., kedd 10:15\nCímzett: Cy\nTárgy: RE: Lámpa\n',
  'Outlook, Romanian':
    'De la: Ada Moss <ada@desk.example>\nTrimis: marți, 3 martie 2026 10:15\nCătre: Cy\nSubiect: RE: Lampa\n',
  'Outlook, Turkish':
    'Kimden: Ada Moss <ada@desk.example>\nGönderildi: 3 Mart 2026 Salı 10:15\nKime: Cy\nKonu: YNT: Lamba\n',
  'Outlook, Russian':
    'От: Ada Moss <ada@desk.example>\nОтправлено: 3 марта 2026 г. 10:15\nКому: Cy\nТема: RE: Лампа\n',
  'Outlook, Greek':
    'Από: Ada Moss <ada@desk.example>\nΣτάλθηκε: Τρίτη, 3 Μαρτίου 2026 10:15\nΠρος: Cy\nΘέμα: RE: Λάμπα\n',
  'Outlook, Chinese':
    '发件人: Ada Moss <ada@desk.example>\n发送时间: 2026年3月3日 10:15\n收件人: Cy\n主题: 答复: 灯\n',
  'Outlook, Japanese':
    '差出人: Ada Moss <ada@desk.example>\n送信日時: 2026年3月3日 10:15\n宛先: Cy\n件名: RE: ランプ\n',
  'Outlook, Korean':
    '보낸 사람: Ada Moss <ada@desk.example>\n보낸 날짜: 2026년 3월 3일 화요일 10:15\n받는 사람: Cy\n제목: RE: 램프\n',
  'Old Outlook':
    '-----Original Message-----\nFrom: Ada Moss\nSent: 3 March 2026 10:15\nTo: Cy\nSubject: Lamp\n',
  'Old Outlook, German':
    '-----Ursprüngliche Nachricht-----\nVon: Ada Moss\nGesendet: 3. März 2026 10:15\nAn: Cy\nBetreff: Lampe\n',
  'Old Outlook, Spanish':
    '-----Mensaje original-----\nDe: Ada Moss\nEnviado el: martes, 3 de marzo de 2026\nPara: Cy\nAsunto: Luz\n',
  Notes: '----- Original message -----\nFrom: Ada Moss <ada@desk.example>\nTo: cy@customer.example\n',
  Yandex: '03.03.2026, 10:15, "Ada Moss" <ada@desk.example>:',
  'Mail.ru': 'Вторник, 3 марта 2026, 10:15 +03:00 от Ada Moss <ada@desk.example>:',
  QQ: '------------------ 原始邮件 ------------------\n发件人: "Ada Moss" <ada@desk.example>;\n发送时间: 2026年3月3日(星期二) 上午10:15\n收件人: "Cy"<cy@customer.example>;\n主题: Re: Lamp\n',
  'our own line': '##- Please type your reply above this line -##',
}

for (const [program, line] of Object.entries(attributions)) {
  const isBlock = line.includes('\n') && !line.endsWith('wrote:')
  test(`what is quoted below an answer is told from it: ${program}`, () => {
    for (const body of isBlock || program === 'our own line' ? [quoted] : [marked, quoted]) {
      const parts = visible(`${said}\n\n${line}\n${body === marked ? '' : '\n'}${body}\n`)
      equal(parts.visibleText, said)
      ok(parts.quotedText.includes('Please try once more.'))
    }
  })
}

test('so it is below what a hundred other programs write, whether its lines are marked or not', () => {
  const wrong: string[] = []
  const check = (line: string, body: string): void => {
    const parts = visible(`${said}\n\n${line}\n${body}\n`)
    if (parts.visibleText !== said || !parts.quotedText.includes('Please try once more.')) wrong.push(line)
  }
  for (const line of styles.attributions) for (const body of [marked, `\n${quoted}`]) check(line, body)
  for (const block of styles.blocks) check(block, `\n${quoted}`)
  deepEqual(wrong, [])
})

test('an answer between the quoted lines is kept in order', () => {
  const parts = visible(
    'Hello,\n\nOn Tue, 3 Mar 2026 at 10:15, Ada <ada@desk.example> wrote:\n> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge.\n',
  )
  equal(parts.visibleText, 'Hello,\n\nBlue.\n\nLarge.')
})

test('an answer below the quotation is the answer', () => {
  const parts = visible(`On Tue, 3 Mar 2026 at 10:15, Ada <ada@desk.example> wrote:\n${marked}\n\n${said}`)
  equal(parts.visibleText, said)
})

test('the footers of phones are signatures, in any language', () => {
  for (const footer of footers) {
    const parts = visible(`${said}\n\n${footer}\n`)
    deepEqual([parts.visibleText, parts.signature], [said, footer])
  }
})

test('what only looks like a quotation or signature stays', () => {
  const kept = [
    'On the other hand, it wrote: nothing.',
    'From: Paris\nTo: London\n\nis the trip I booked.',
    'The log says:\n\nERROR 2026-03-03 10:15:00 Ada wrote to disk\n\nWhat now?',
    'I sent from my iPhone a picture, did it come?',
    'Buy >>> now <<<',
    '1 > 2 is false\nbut my calculator says true',
    'Options:\n-- one\n-- two\n\nWhich?',
    'Am Montag schrieb ich Ihnen: nichts kam.',
    'Le client a écrit : il est fâché. Que faire ?',
    'Hi,\n\nSent from my iPhone arrived empty mails.\n\nWhy?',
    'Outlook für Windows stürzt ab.\n\nWas tun?',
    'Get Outlook for iOS does not work\n\nHelp',
    'I got it.\n\nGesendet von meinem Kollegen wurde nichts.',
    'Here is the data:\n\nCustomer: Cy <cy@customer.example>\nOrder date: 3 March 2026\nArticle: lamp\n\nPlease check.',
    'The error:\n\nFrom: user@x\nthe app wrote 3 lines on 2026-03-03 10:15:\n\nERROR 17',
    'My colleague wrote:\n\nplease send the key',
    'Bo schrieb am Montag:\n\nbitte Rechnung',
    'I wrote on 3/3/26 and you answered:\n\nnothing',
    'The log wrote on 2026-03-03 10:15:\n\nERROR one\nERROR two',
    'Steps:\n1. From: choose A\n2. To: choose B',
    'Original Message\n\nis what the button says.',
    '>>> import lamp',
    'Call me at 10:15:\n\n+49 1',
    'Meeting on 03.03.2026 10:15:\n\nCan you come?',
    'Our server says to Ada <ada@desk.example>:\n\n550 no',
    'Contact: Ada <ada@desk.example>:\nplease write her',
    'Am 03.03.2026 um 10:15 kam folgende Meldung:\n\nFehler 17',
    'Le 03/03/2026 à 10:15 le colis est arrivé :\n\nvide',
    'El 3/3/26 a las 10:15 recibí:\n\nuna caja vacía',
    'On Tue, 3 Mar 2026 at 10:15 I called you:\n\nnobody answered',
    'Yahoo Mail: my account is blocked\n\nWhat now?',
    'Sent with Proton Mail secure email is empty.\n\nWhy?',
  ]
  for (const text of kept) equal(visible(text).visibleText, text)
})

test('HTML: what programs mark as quoted is quoted, with or without words above it', () => {
  const pages = [
    `<div dir="ltr">SAID</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, 3 Mar 2026 at 10:15, Ada &lt;<a>ada@desk.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">OLD</blockquote></div>`,
    `<div>SAID</div><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 10:15, Ada &lt;ada@desk.example&gt; wrote:</div><br><div>OLD</div></blockquote></div>`,
    `<p>SAID</p><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Ada &lt;ada@desk.example&gt;<br><b>Sent:</b> Tuesday, March 3, 2026<br><b>To:</b> Cy<br><b>Subject:</b> Lamp</font></div><div>OLD</div>`,
    `<p class=MsoNormal>SAID</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Von:</b> Ada &lt;ada@desk.example&gt; <br><b>Gesendet:</b> Dienstag, 3. März 2026<br><b>An:</b> Cy<br><b>Betreff:</b> Lampe</p></div><p>OLD</p>`,
    `<div class="yahoo-style-wrap"><div>SAID</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Tuesday, March 3, 2026, Ada &lt;ada@desk.example&gt; wrote:</div><div>OLD</div></div>`,
    `<div>SAID</div><div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 10:15 AM, Ada &lt;ada@desk.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">OLD</blockquote></div>`,
    `<p>SAID</p><div class="moz-cite-prefix">On 03.03.26 10:15, Ada wrote:<br></div><blockquote type="cite" cite="mid:1@x"><p>OLD</p></blockquote>`,
    `<div>SAID</div><div class="zmail_extra" id="zmail_extra_1"><div>---- On Tue, 03 Mar 2026 10:15:00 +0100 <b>Ada &lt;ada@desk.example&gt;</b> wrote ---</div><blockquote>OLD</blockquote></div>`,
    `<div>SAID</div><div name="quote" style="margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5"><div><b>Gesendet:</b> Dienstag, 03. März 2026 um 10:15 Uhr<br><b>Von:</b> "Ada" &lt;ada@desk.example&gt;<br><b>An:</b> cy@customer.example<br><b>Betreff:</b> Lampe</div><div>OLD</div></div>`,
  ]
  for (const page of [...pages, ...styles.pages]) {
    const parts = visibleOfHtml(
      page.replace('SAID', said.replace('\n', '<br>')).replace('OLD', quoted.replace('\n', '<br>')),
    )
    equal(parts.visibleText, said)
    ok(parts.quotedText.includes('Please try once more.'))
  }
})

test('no line is lost: each stands in exactly one of the three parts', () => {
  const pieces = fc.constantFrom(
    'Hello',
    '',
    '> quoted',
    '-- ',
    '--',
    'Ada',
    'On Tue, 3 Mar 2026 at 10:15, Ada <ada@desk.example> wrote:',
    'From: Ada <ada@desk.example>',
    'Sent: Tuesday',
    'Sent from my iPhone',
    '-----Original Message-----',
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 20 })), { maxLength: 30 }),
      (lines) => {
        const { visibleText, quotedText, signature } = visible(lines.join('\n'))
        const words = (text: string) =>
          text
            .split(/\s+/)
            .filter((word) => word !== '' && !/^[-_=—–*>]+$/.test(word))
            .toSorted()
        deepEqual(
          words([visibleText, quotedText, signature ?? ''].join('\n')),
          words(lines.join('\n').replaceAll('\u00a0', ' ')),
        )
      },
    ),
  )
})

test('an introduction without a date counts when marked lines follow', () => {
  const { visibleText, quotedText } = visible('Hello\n\nOn Monday, Bo wrote:\n> hi')
  equal(visibleText.trim(), 'Hello')
  match(quotedText, /> hi/)
  match(visible('On Monday, Bo wrote:\nplease call him back').visibleText, /call him back/)
})

test('an answer below a quotation with another mark than > is read', () => {
  const line = 'On Sat, Nov 28, 2026 at 10:11:12AM +0100, Ada Moss wrote:'
  for (const mark of ['| ', '\t', '    ', 'AM> ', ': ', ':> ', '» '])
    equal(visible(`${line}\n${quoted.replace(/^/gm, mark)}\n\n${said}`).visibleText, said, mark)
  const supercite = `>>>>> "Ada" == Ada Moss <ada@desk.example> writes:\n\n${quoted.replace(/^/gm, '    Ada> ')}`
  equal(visible(`${supercite}\n\n${said}`).visibleText, said)
  equal(visible(`${line}\n${quoted}\n\n-- \nThe desk\n\n${said}`).visibleText, said)
})

test('what programs write around text is not the sender’s', () => {
  equal(visible(`${said}\n\nOn Monday, Bo wrote:\n> hi\nNon-text part: text/html`).visibleText, said)
  const armour = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${said}\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n=eBwf\n-----END PGP SIGNATURE-----`
  equal(visible(armour).visibleText, said)
})

test('lines of rarer languages, without verb, colon or sender, are attributions', () => {
  for (const line of [
    '28.11.2026 10:11, Ada Moss:',
    '2026-11-28 10:11-ին, Ada Moss-ը գրեց.',
    'على 28/11/2026 ‫10:11، كتب Ada Moss:',
    ':כתב Ada Moss, 2026-11-28 10:11 בתאריך',
    'Di 2026-11-28 10:11 de, şandyar nivîsî:',
    '2026-11-28 10:11, je Ada Moss napisal',
    'Pada 2026-11-28 10:11, Ada Moss menulis',
    'On Sat Nov 28, 2026 at 10:11 AM CET, wrote:',
  ])
    equal(visible(`${said}\n\n${line}\n${marked}`).visibleText, said, line)
})

test('rules between the sections of a log are no signature', () => {
  const log = 'The log says\n-----\nline one\n_____\nline two\n________________________________\nline three'
  equal(visible(log).visibleText, log)
  equal(visible('Please call\n____\nBo Berg\n+43 660 1234567').signature, '____\nBo Berg\n+43 660 1234567')
})

test('words between rules above a header block announce a mail, in whatever language', () => {
  const block =
    'From: Ada Moss <ada@desk.example>\nDate: Sat, 28 Nov 2026 10:11\nTo: cy@customer.example\nSubject: Lamp\n\nHello'
  for (const line of [
    '-------- Початкове повідомлення --------',
    '‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐',
    '----- Mae hwn yn hen -----',
  ])
    equal(visible(`${said}\n\n${line}\n${block}`).visibleText, said, line)
  equal(
    visible(`${said}\n\n--- Part one ---\nRead this`).visibleText,
    `${said}\n\n--- Part one ---\nRead this`,
  )
})
