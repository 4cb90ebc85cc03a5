// What mail programs write above the mail they answer, in text and in HTML, beyond the best known ones.

const lines = (table: string): readonly string[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.trim().replaceAll('ADA', 'Ada Moss <ada@desk.example>').replaceAll(' ⏎ ', '\n'))

/** Lines over a quotation that may be marked or not. */
export const attributions = lines(String.raw`
  At 2026-03-03 10:15:00, "Ada Moss" <ada@desk.example> wrote:
  On Tue, Mar 03, 2026 at 10:15:00AM +0100, Ada Moss wrote:
  On Tue, 2026-03-03 at 10:15 +0100, Ada Moss wrote:
  Am Dienstag, dem 03.03.2026 um 10:15 +0100 schrieb Ada Moss:
  On Tuesday, 3 March 2026 10:15:00 CET Ada Moss wrote:
  Am Dienstag, 3. März 2026, 10:15:00 MEZ schrieb Ada Moss:
  ADA writes:
  On Tue, 3 Mar 2026, Ada Moss wrote:
  Tuesday, March 3, 2026, 10:15:00 AM, you wrote:
  Вы писали 3 марта 2026 г., 10:15:00:
  On Tue, 3 Mar 2026 10:15:00 +0100 ⏎ ADA wrote:
  Ada Moss wrote on 3/3/26 10:15 AM:
  On 2026-03-03 10:15, Ada Moss wrote:
  Am 2026-03-03 10:15, schrieb Ada Moss:
  Le 2026-03-03 10:15, Ada Moss a écrit :
  El 2026-03-03 10:15, Ada Moss escribió:
  Ada Moss schreef op 2026-03-03 10:15:
  W dniu 2026-03-03 10:15, Ada Moss napisał(a):
  Quoting ADA:
  Zitat von ADA:
  ADA a écrit :
  ADA escribió:
  On Tue, March 3, 2026 10:15, Ada Moss wrote:
  ADA wrote on 03/03/2026 10:15:00 AM:
  Am Dienstag, 3. März 2026 um 10:15:12 MEZ hat ADA Folgendes geschrieben:
  Le mardi 3 mars 2026 à 10:15:12 UTC+1, ADA a écrit :
  El martes, 3 de marzo de 2026, 10:15:12 CET, ADA escribió:
  Il martedì 3 marzo 2026 alle ore 10:15:12 CET, ADA ha scritto:
  Em terça-feira, 3 de março de 2026 às 10:15:12 BRT, ADA escreveu:
  Le 3 mars 2026 à 10:15, ADA a écrit :
  El 3 mar 2026, a las 10:15, ADA escribió:
  Il giorno 3 mar 2026, alle ore 10:15, ADA ha scritto:
  Op 3 mrt 2026 om 10:15 heeft ADA het volgende geschreven:
  3 mars 2026 kl. 10:15 skrev ADA:
  Den 3. mar. 2026 kl. 10.15 skrev ADA:
  ADA kirjoitti 3.3.2026 kello 10.15:
  Wiadomość napisana przez ADA w dniu 3 mar 2026, o godz. 10:15:
  3. 3. 2026 v 10:15, ADA:
  3 марта 2026 г., в 10:15, ADA написал(а):
  ADA şunları yazdı (3 Mar 2026 10:15):
  2026年3月3日 10:15，ADA 写道：
  ADA 於 2026年3月3日 上午10:15 寫道：
  2026. 3. 3. 오전 10:15, ADA 작성:
  No dia 3 de mar. de 2026, às 10:15, ADA escreveu:
  Στις 3 Μαρ 2026, 10:15, ο χρήστης «Ada Moss» <ada@desk.example> έγραψε:
  ADA írta (2026. márc. 3. dátummal, 10:15 időpontban):
  Pe 3 mar. 2026, la 10:15, ADA a scris:
  ‫ב-3 במרץ 2026, בשעה 10:15, ‏ADA כתב/ה:‬
  El dia 3 març 2026, a les 10:15, ADA va escriure:
  ADA je napisao 3. ožu 2026. u 10:15:
  Vào 10:15, 3 thg 3, 2026, ADA đã viết:
  เมื่อ 3 มี.ค. 2026 เวลา 10:15 ADA เขียนว่า:
  في ٣ مارس ٢٠٢٦، الساعة ١٠:١٥، كتب/كتبت ADA:
  On March 3, 2026, ADA wrote:
  On Tue, Mar 03, 2026 at 10:15 AM, Ada Moss < ada@desk.example > wrote:
  On 3/3/2026 10:15:00 AM, ADA wrote:
  3 Mar 2026 10:15:00 ADA:
  On March 3, 2026 10:15:00 AM GMT+01:00, ADA wrote:
  Am 3. März 2026 10:15:00 MEZ schrieb ADA:
  On March 3, 2026 10:15:00 AM ADA wrote:
  On March 3, 2026 at 10:15 AM GMT+1 ada@desk.example wrote:
  3 Mar 2026, 10:15 by ada@desk.example:
  03.03.2026, 10:15 von ada@desk.example:
  Am Dienstag, 3. März 2026 um 10:15 schrieb ADA:
  Le mardi 3 mars 2026 à 10:15, ADA a écrit :
  ---- On Tue, 03 Mar 2026 10:15:00 +0100 ADA wrote ----
  ---- On Tue, 03 Mar 2026 10:15:00 +0100 ADA wrote ---
  在 2026-03-03 10:15:00，"Ada Moss" <ada@desk.example> 写道：
  Dnia 3 marca 2026 10:15 ADA napisał(a):
  W dniu 2026-03-03 10:15:00 użytkownik ADA napisał:
  Il 3 marzo 2026 alle 10:15 ADA ha scritto:
  Op 03-03-2026 om 10:15 schreef Ada Moss:
  Den 2026-03-03 kl. 10:15, skrev Ada Moss:
  Den 03/03/2026 kl. 10.15 skrev Ada Moss:
  Den 03.03.2026 10:15, skrev Ada Moss:
  Ada Moss kirjoitti 3.3.2026 klo 10.15:
  2026. 03. 03. 10:15 keltezéssel, Ada Moss írta:
  Pe 03.03.2026 10:15, Ada Moss a scris:
  3.03.2026 10:15 tarihinde Ada Moss yazdı:
  Em 03/03/2026 10:15, Ada Moss escreveu:
  Às 10:15 de 03/03/2026, Ada Moss escreveu:
  Il 03/03/26 10:15, Ada Moss ha scritto:
  El 3/3/26 a las 10:15, Ada Moss escribió:
  Στις 3/3/26 10:15, ο/η Ada Moss έγραψε:
  在 2026/3/3 10:15, Ada Moss 写道:
  On 2026/03/03 10:15, Ada Moss wrote:
  03.03.26 10:15, Ada Moss пише:
  На 3.3.26 г. 10:15, Ada Moss написа:
  Dňa 3. 3. 2026 o 10:15 Ada Moss napísal(a):
  Oseba Ada Moss je 3. 03. 26 ob 10:15 napisala:
  Ada Moss kirjutas 03.03.2026 kell 10:15:
  2026-03-03 10:15, Ada Moss rašė:
  El 3/3/26 a les 10:15, Ada Moss ha escrit:
  Þann 3.3.2026 10:15, skrifaði Ada Moss:
`)

/** Blocks and rules over a quotation that is never marked. */
export const blocks = lines(String.raw`
  ----- Original Message ----- ⏎ From: "Ada Moss" <ada@desk.example> ⏎ To: "cy" <cy@customer.example> ⏎ Sent: Tuesday, March 3, 2026 10:15:00 AM ⏎ Subject: Re: Lamp
  ----- Mail original ----- ⏎ De: "Ada Moss" <ada@desk.example> ⏎ À: "cy" <cy@customer.example> ⏎ Envoyé: Mardi 3 Mars 2026 10:15:00 ⏎ Objet: Re: Lampe
  ----- Ursprüngliche Mail ----- ⏎ Von: "Ada Moss" <ada@desk.example> ⏎ An: "cy" <cy@customer.example> ⏎ Gesendet: Dienstag, 3. März 2026 10:15:00 ⏎ Betreff: Re: Lampe
  From:	ADA ⏎ To:	cy@customer.example ⏎ Date:	03/03/2026 10:15 AM ⏎ Subject:	Re: Lamp
  Von:	ADA ⏎ An:	cy@customer.example ⏎ Datum:	03.03.2026 10:15 ⏎ Betreff:	Re: Lampe
  Ada Moss ---03/03/2026 10:15:00 AM---Hello, we changed it
  -------- Original message -------- ⏎ From: ADA  ⏎ Date: 3/3/26  10:15  (GMT+01:00)  ⏎ To: Cy <cy@customer.example>  ⏎ Subject: Re: Lamp
  -------- Ursprüngliche Nachricht -------- ⏎ Von: ADA  ⏎ Datum: 03.03.26  10:15  (GMT+01:00)  ⏎ An: Cy <cy@customer.example>  ⏎ Betreff: Re: Lampe
  -------- Message d'origine -------- ⏎ De : ADA  ⏎ Date : 03/03/2026  10:15  (GMT+01:00)  ⏎ À : Cy  ⏎ Objet : Re: Lampe
  -------- Mensaje original -------- ⏎ De: ADA  ⏎ Fecha: 3/3/26  10:15  (GMT+01:00)  ⏎ Para: Cy  ⏎ Asunto: Re: Luz
  -------- Messaggio originale -------- ⏎ Da: ADA  ⏎ Data: 03/03/26  10:15  (GMT+01:00)  ⏎ A: Cy  ⏎ Oggetto: Re: Luce
  -------- Oorspronkelijk bericht -------- ⏎ Van: ADA  ⏎ Datum: 03-03-2026  10:15  (GMT+01:00)  ⏎ Aan: Cy  ⏎ Onderwerp: Re: Lamp
  -------- Mensagem original -------- ⏎ De: ADA  ⏎ Data: 03/03/2026  10:15  (GMT-03:00)  ⏎ Para: Cy  ⏎ Assunto: Re: Luz
  -------- Oryginalna wiadomość -------- ⏎ Od: ADA  ⏎ Data: 03.03.2026  10:15  (GMT+01:00)  ⏎ Do: Cy  ⏎ Temat: Re: Lampa
  -------- Исходное сообщение -------- ⏎ От: ADA  ⏎ Дата: 03.03.2026  10:15  (GMT+03:00)  ⏎ Кому: Cy  ⏎ Тема: Re: Лампа
  -------- Původní zpráva -------- ⏎ Od: ADA  ⏎ Datum: 03.03.26  10:15  (GMT+01:00)  ⏎ Komu: Cy  ⏎ Předmět: Re: Lampa
  -------- Eredeti üzenet -------- ⏎ Feladó: ADA  ⏎ Dátum: 2026. 03. 03.  10:15  (GMT+01:00)  ⏎ Címzett: Cy  ⏎ Tárgy: Re: Lámpa
  -------- Orijinal mesaj -------- ⏎ Kimden: ADA  ⏎ Tarih: 3.03.2026  10:15  (GMT+03:00)  ⏎ Alıcı: Cy  ⏎ Konu: Re: Lamba
  -------- 원본 이메일 -------- ⏎ 발신: ADA  ⏎ 날짜: 26/3/3  오전 10:15  (GMT+09:00)  ⏎ 받은 사람: Cy  ⏎ 제목: Re: 램프
  -------- Originalmeddelande -------- ⏎ Från: ADA  ⏎ Datum: 2026-03-03  10:15  (GMT+01:00)  ⏎ Till: Cy  ⏎ Ämne: Re: Lampa
  ------ Original Message ------ ⏎ From "Ada Moss" <ada@desk.example> ⏎ To cy@customer.example ⏎ Date 3/3/2026 10:15:00 AM ⏎ Subject Re: Lamp
  ------ Originalnachricht ------ ⏎ Von "Ada Moss" <ada@desk.example> ⏎ An cy@customer.example ⏎ Datum 03.03.2026 10:15:00 ⏎ Betreff Re: Lampe
  -------- Original Message -------- ⏎ From: ADA ⏎ Sent: March 3, 2026 10:15:00 AM GMT+01:00 ⏎ To: cy@customer.example ⏎ Subject: Re: Lamp
  -------- Original Message -------- ⏎ On Mar 3, 2026, 10:15, Ada Moss < ada@desk.example> wrote:
  -------- Original Message -------- ⏎ On 3/3/26 10:15 AM, Ada Moss wrote:
  -----Original Message----- ⏎ From: "Ada Moss"<ada@desk.example> ⏎ To: <cy@customer.example>; ⏎ Cc: ⏎ Sent: 2026-03-03 (화) 10:15:00 (GMT+09:00) ⏎ Subject: Re: Lamp
  --------- 원본 메일 --------- ⏎ 보낸사람: ADA ⏎ 받는사람 : <cy@customer.example> ⏎ 날짜: 2026년 3월 03일 화요일, 10시 15분 00초 +0900 ⏎ 제목: Re: Lamp
  发件人： Ada Moss ⏎ 发送时间： 2026-03-03 10:15 ⏎ 收件人： cy ⏎ 主题： Re: Lamp
  寄件者: ADA ⏎ 寄件日期: 2026年3月3日 上午 10:15 ⏎ 收件者: Cy ⏎ 主旨: RE: 燈
  ----- Original Message ----- ⏎ From: ADA ⏎ To: cy@customer.example ⏎ Date: 2026/03/03 火 10:15 ⏎ Subject: Re: Lamp
  ---------- Původní e-mail ---------- ⏎ Od: ADA ⏎ Komu: cy@customer.example ⏎ Datum: 3. 3. 2026 10:15:00 ⏎ Předmět: Re: Lampa
  -----Original-Nachricht----- ⏎ Betreff: Re: Lampe ⏎ Datum: 2026-03-03T10:15:00+0100 ⏎ Von: "Ada Moss" <ada@desk.example> ⏎ An: "cy@customer.example" <cy@customer.example>
  De: "Ada Moss" <ada@desk.example> ⏎ Enviada: 2026/03/03 10:15:00 ⏎ Para: cy@customer.example ⏎ Assunto: Re: Luz
    Original Message   ⏎ From: Ada Moss ⏎ Sent: Tuesday, March 3, 2026 10:15 ⏎ To: cy@customer.example ⏎ Subject: Re: Lamp
  >>> ADA 03/03/26 10:15 AM >>>
  -------- Forwarded Message -------- ⏎ Subject: 	Re: Lamp ⏎ Date: 	Tue, 3 Mar 2026 10:15:00 +0100 ⏎ From: 	ADA ⏎ To: 	cy@customer.example
  Fra: ADA ⏎ Sendt: tirsdag 3. mars 2026 10:15 ⏎ Til: Cy ⏎ Emne: SV: Lampe
  Od: ADA ⏎ Odoslané: utorok 3. marca 2026 10:15 ⏎ Komu: Cy ⏎ Predmet: RE: Lampa
  Od: ADA ⏎ Poslano: utorak, 3. ožujka 2026. 10:15 ⏎ Za: Cy ⏎ Predmet: RE: Lampa
  Od: ADA ⏎ Poslano: torek, 3. marec 2026 10:15 ⏎ Za: Cy ⏎ Zadeva: RE: Luč
  Від: ADA ⏎ Надіслано: вівторок, 3 березня 2026 р. 10:15 ⏎ Кому: Cy ⏎ Тема: RE: Лампа
  От: ADA ⏎ Изпратено: вторник, 3 март 2026 г. 10:15 ⏎ До: Cy ⏎ Относно: RE: Лампа
  מאת: ADA ⏎ נשלח: יום שלישי 3 מרץ 2026 10:15 ⏎ אל: Cy ⏎ נושא: RE: מנורה
  من: ADA ⏎ تم الإرسال: الثلاثاء، ٣ مارس، ٢٠٢٦ ١٠:١٥ ⏎ إلى: Cy ⏎ الموضوع: RE: مصباح
  จาก: ADA ⏎ ส่ง: วันอังคารที่ 3 มีนาคม 2569 10:15 ⏎ ถึง: Cy ⏎ เรื่อง: RE: โคมไฟ
  Từ: ADA ⏎ Đã gửi: Thứ Ba, 3 Tháng Ba, 2026 10:15 ⏎ Tới: Cy ⏎ Chủ đề: RE: Đèn
  Saatja: ADA ⏎ Saadetud: teisipäev, 3. märts 2026 10:15 ⏎ Adressaat: Cy ⏎ Teema: RE: Lamp
  No: ADA ⏎ Nosūtīts: otrdiena, 2026. gada 3. marts 10:15 ⏎ Kam: Cy ⏎ Tēma: RE: Lampa
  Nuo: ADA ⏎ Išsiųsta: 2026 m. kovo 3 d., antradienis 10:15 ⏎ Kam: Cy ⏎ Tema: RE: Lempa
  Od: ADA ⏎ Poslato: utorak, 3. mart 2026. 10:15 ⏎ Prima: Cy ⏎ Tema: RE: Lampa
  De: ADA ⏎ Enviat: dimarts, 3 de març de 2026 10:15 ⏎ Per a: Cy ⏎ Tema: RE: Llum
  Dari: ADA ⏎ Dikirim: Selasa, 3 Maret 2026 10:15 ⏎ Ke: Cy ⏎ Perihal: RE: Lampu
  *From:* ADA ⏎ *Sent:* Tuesday, March 3, 2026 10:15 AM ⏎ *To:* Cy ⏎ *Subject:* RE: Lamp
  From: ADA ⏎ Sent: Tuesday, March 3, 2026 10:15 AM ⏎ To: Cy <cy@customer.example> ⏎ Cc: Bo <bo@customer.example> ⏎ Subject: [EXTERNAL] RE: Lamp ⏎ Importance: High
`)

/** Answers in HTML, with SAID and OLD in the place of what was said and what is quoted. */
export const pages = lines(String.raw`
  <div>SAID</div><div id="isReplyContent"><p>At 2026-03-03 10:15:00, "Ada Moss" &lt;ada@desk.example&gt; wrote:</p><blockquote id="isReplyContent">OLD</blockquote></div>
  <div>SAID</div><div id="ms-outlook-mobile-signature" dir="auto"><div><br></div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>From:</b> Ada Moss &lt;ada@desk.example&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 10:15:00 AM<br><b>To:</b> Cy<br><b>Subject:</b> Re: Lamp</div><div>OLD</div>
  <div class="elementToProof">SAID</div><div id="appendonsend"></div><div style="border-width:1pt medium medium;border-style:solid none none;border-color:rgb(225,225,225);padding:3pt 0in 0in"><p><b>From:</b> Ada Moss &lt;ada@desk.example&gt;<br><b>Date:</b> Tuesday, 3 March 2026 at 10:15<br><b>To:</b> Cy<br><b>Subject:</b> Re: Lamp</p></div><div>OLD</div>
  <p class="MsoNormal">SAID</p><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b><span>From: </span></b><span>Ada Moss &lt;ada@desk.example&gt;<br><b>Date: </b>Tuesday, 3 March 2026 at 10:15<br><b>To: </b>Cy<br><b>Subject: </b>Re: Lamp</span></p></div><div>OLD</div>
  <html><body dir="auto">SAID<div dir="ltr"><br><blockquote type="cite">On 3 Mar 2026, at 10:15, Ada Moss &lt;ada@desk.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">OLD</div></blockquote></body></html>
  <html><body dir="auto">SAID<br><br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 3 Mar 2026, at 10:15, Ada Moss &lt;ada@desk.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">OLD</div></blockquote></body></html>
  <div dir="auto">SAID</div><div id="composer_signature"><div style="font-size:12px">Sent from my Galaxy</div></div><div><br></div><div>-------- Original message --------</div><div>From: Ada Moss &lt;ada@desk.example&gt; </div><div>Date: 3/3/26  10:15  (GMT+01:00) </div><div>To: Cy </div><div>Subject: Re: Lamp </div><div><br></div>OLD
  <div name="messageBodySection"><div dir="auto">SAID</div></div><div name="messageReplySection">On 3 Mar 2026, 10:15 +0100, Ada Moss &lt;ada@desk.example&gt;, wrote:<br><blockquote type="cite" style="border-left-color: grey; border-left-width: thin; border-left-style: solid;">OLD</blockquote></div>
  <div name="messageBodySection"><div dir="auto">SAID</div></div><div name="messageReplySection"><div>OLD</div></div>
  <div style="font-family: Arial">SAID</div><div class="protonmail_signature_block protonmail_signature_block-empty"></div><div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 10:15 AM, Ada Moss &lt;ada@desk.example&gt; wrote:<br><br><blockquote class="protonmail_quote" type="cite">OLD</blockquote></div>
  <div>SAID</div><div class="protonmail_quote">Am Dienstag, 3. März 2026 um 10:15 schrieb Ada Moss &lt;ada@desk.example&gt;:<br><blockquote type="cite">OLD</blockquote></div>
  <p>SAID</p><div class="moz-cite-prefix">Am 03.03.26 um 10:15 schrieb Ada Moss:<br></div><blockquote type="cite" cite="mid:x@y">OLD</blockquote>
  <p>SAID</p><div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tr><th>Subject: </th><td>Re: Lamp</td></tr><tr><th>Date: </th><td>Tue, 3 Mar 2026</td></tr><tr><th>From: </th><td>Ada Moss &lt;ada@desk.example&gt;</td></tr></table>OLD</div>
  <font size=2 face="sans-serif">SAID</font><br><br><br><font size=1 color=#5f5f5f face="sans-serif">From:&nbsp; &nbsp; &nbsp; &nbsp;</font><font size=1>Ada Moss &lt;ada@desk.example&gt;</font><br><font size=1 color=#5f5f5f>To:&nbsp; &nbsp;</font><font size=1>cy@customer.example</font><br><font size=1>Date:&nbsp; &nbsp;</font><font size=1>03/03/2026 10:15 AM</font><br><font size=1>Subject:&nbsp; &nbsp;</font><font size=1>Re: Lamp</font><br><hr noshade><br><br>OLD
  <div class="trix-content">SAID<br><br></div><div>On March 3, 2026, Ada Moss &lt;ada@desk.example&gt; wrote:</div><blockquote class="trix-content"><div>OLD</div></blockquote>
  <div>SAID</div><p id="reply-intro">On 2026-03-03 10:15, Ada Moss wrote:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">OLD</blockquote>
  <div style="font-family: arial">SAID<div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><blockquote style="border-left:2px solid #1010FF"><b>From: </b>"Ada Moss" &lt;ada@desk.example&gt;<br><b>To: </b>"cy"<br><b>Sent: </b>Tuesday, 3 March, 2026 10:15:00<br><b>Subject: </b>Re: Lamp<br></blockquote></div><div data-marker="__QUOTED_TEXT__"><blockquote>OLD</blockquote></div></div>
  <div>SAID</div><br><p><a href="https://x">Yahoo Mail: Search, Organize, Conquer</a></p><div id="ymail_android_signature"></div><blockquote style="margin: 0 0 20px 0;"><div style="font-family:Roboto">On Tue, 3 Mar 2026 at 10:15, Ada Moss</div><div>&lt;ada@desk.example&gt; wrote:</div><div>OLD</div></blockquote>
  <div>SAID<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Dienstag, 03. März 2026 um 10:15 Uhr<br/><b>Von:</b>&nbsp;"Ada Moss" &lt;ada@desk.example&gt;<br/><b>An:</b>&nbsp;cy@customer.example<br/><b>Betreff:</b>&nbsp;Re: Lampe</div><div name="quoted-content">OLD</div></div></div></div>
  <div>SAID</div><div data-signature-widget="container"><div>--<br>Cy</div></div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Вторник, 3 марта 2026, 10:15 +03:00 от Ada Moss &lt;ada@desk.example&gt;:<br><div>OLD</div></blockquote>
  <div>SAID</div><div>03.03.2026, 10:15, "Ada Moss" &lt;ada@desk.example&gt;:</div><blockquote>OLD</blockquote>
  <div>SAID</div><div><br></div><div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef"><div><b>发件人:</b>&nbsp;"Ada"&lt;ada@desk.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年3月3日(星期二) 上午10:15</div><div><b>收件人:</b>&nbsp;"Cy"&lt;cy@customer.example&gt;;</div><div><b>主题:</b>&nbsp;Re: Lamp</div></div><div>OLD</div>
  <div>SAID</div><div><br></div><p>-----Original Message-----<br><b>From:</b> "Ada Moss"&lt;ada@desk.example&gt;<br><b>To:</b> &lt;cy@customer.example&gt;;<br><b>Sent:</b> 2026-03-03 (화) 10:15:00 (GMT+09:00)<br><b>Subject:</b> Re: Lamp<br></p><div>OLD</div>
  <div>SAID</div><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204);"></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div id="Zm-_Id_-Sgn1">---- On Tue, 03 Mar 2026 10:15:00 +0100 <b>Ada Moss &lt;ada@desk.example&gt;</b> wrote ---<br></div><blockquote id="blockquote_zmail">OLD</blockquote></div>
  <div>SAID<br></div><div>-- <br></div><div>Secured with Tuta Mail<br></div><div><br></div><div>3 Mar 2026, 10:15 by ada@desk.example:<br></div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8;">OLD</blockquote>
  <div>SAID</div><div class="gmail_signature">Sent via <a href="https://sprh.mn">Superhuman</a></div><br><div class="gmail_quote">On Tue, Mar 03, 2026 at 10:15 AM, Ada Moss <span dir="ltr">&lt;<a>ada@desk.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote">OLD</blockquote></div>
  <div>SAID</div><div id="signature_old"></div><div><br></div><div>------ Original Message ------</div><div><span>From "Ada Moss" &lt;ada@desk.example&gt;</span></div><div><span>To cy@customer.example</span></div><div><span>Date 3/3/2026 10:15:00 AM</span></div><div><span>Subject Re: Lamp</span></div><div><br></div><div id="x1"><blockquote cite="x@y" type="cite">OLD</blockquote></div>
  <div dir="ltr">SAID</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Le mar. 3 mars 2026 à 10:15, Ada Moss &lt;ada@desk.example&gt; a écrit :<br></div><blockquote class="gmail_quote">OLD</blockquote></div>
  <div dir="ltr">SAID<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Ada Moss</strong> &lt;ada@desk.example&gt;<br>Date: Tue, 3 Mar 2026<br>Subject: Re: Lamp<br>To: cy</div><br>OLD</div></div>
  <p class="MsoNormal">SAID</p><p class="MsoNormal">Sent from <a href="https://go.microsoft.com/fwlink/?LinkId=550986">Mail</a> for Windows</p><div style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From: </b>Ada Moss<br><b>Sent: </b>Tuesday, March 3, 2026 10:15 AM<br><b>To: </b>Cy<br><b>Subject: </b>Re: Lamp</p></div><p>OLD</p>
  <div>SAID</div><br><div class="front-blockquote"><blockquote type="cite">On March 3, 2026 at 10:15 AM GMT+1 <a>ada@desk.example</a> wrote:<br><br>OLD</blockquote></div>
  <p class=MsoNormal>SAID</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>No:</b> Ada Moss &lt;ada@desk.example&gt; <br><b>Nosūtīts:</b> otrdiena, 2026. gada 3. marts<br><b>Kam:</b> Cy<br><b>Tēma:</b> Lampa</p></div></div><p>OLD</p>
  <div>SAID</div><div><br></div><hr style="WIDTH: 210px; HEIGHT: 1px" align="left" color="#b5c4df" size="1"><blockquote style="margin-top:0"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="background:#EFEFEF;"><div><b>发件人：</b>&nbsp;<a>Ada Moss</a></div><div><b>发送时间：</b>&nbsp;2026-03-03&nbsp;10:15</div><div><b>收件人：</b>&nbsp;cy</div><div><b>主题：</b>&nbsp;Re: Lamp</div></div></div><div>OLD</div></blockquote>
`)
