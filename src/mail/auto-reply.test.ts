// F1, L15: subjects of responders are known in thirty languages without any header, and people's subjects stay people's.
import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { automaticSubject } from '#mail/auto-reply.ts'

const list = (text: string): readonly string[] => text.trim().split(/\s*\n\s*|\s\|\s/)

const responders = list(String.raw`
  Automatic reply: Your lamp | Automatic reply: [#12] Lamp | Out of Office: Lamp | Out of the office | OOO: back Monday | Autoreply: hi | Auto Response: hi | Auto-Reply: x | Vacation reply: x | I am away until 5 March | I am out of the office until 03/03 | Out of office (Re: Lamp) | On vacation until Monday | Away from my desk | I'm on annual leave | On leave: Re: Lamp | On holiday until 12 March | Re: Lamp (Out of office) | Re: Lamp [Out of Office] | Auto: Re: Lamp | [Auto-Reply] Lamp | Auto reply from Bo
  Automatische Antwort: Lampe | Abwesenheitsnotiz: Lampe | Abwesend: Lampe | Abwesenheitsmeldung | Automatische Abwesenheitsnachricht | Ich bin im Urlaub | Bin im Urlaub bis 5. März | Abwesenheitsassistent | Automatische Rückantwort: Lampe | Nicht im Büro: Lampe | Ich bin derzeit nicht im Büro | Außer Haus: Lampe | Autom. Antwort: Lampe | Automatische Eingangsbestätigung
  Réponse automatique : Lampe | Absence du bureau : Lampe | Message d'absence | Absent du bureau | En congé jusqu'au 5 mars | Je suis en vacances | Réponse automatique: absence | Actuellement absent(e) | En vacances jusqu'au 5 mars | Message automatique d'absence
  Respuesta automática: Lámpara | Fuera de la oficina: Lámpara | Estoy de vacaciones | De vacaciones hasta el 5 | Contestación automática | Respuesta automatica | Fuera de oficina | Ausencia: lámpara | Ausente de la oficina
  Resposta automática: Luz | Fora do escritório | Ausência temporária: Luz | Ausente: Luz | Estou de férias | Fora da empresa | Ausência do escritório | De férias até 5 de março | Resposta Automática
  Risposta automatica: Luce | Fuori sede | Fuori ufficio: Luce | Sono in ferie | In ferie fino al 5 marzo | Assente dal 3 al 5 marzo | Assenza dall'ufficio | Risposta automatica R: Luce
  Automatisch antwoord: Lamp | Afwezig: Lamp | Afwezigheidsbericht | Niet op kantoor | Ik ben met vakantie | Op vakantie tot 5 maart | Afwezigheidsassistent: Lamp | Automatische reactie | Buiten kantoor
  Automatiskt svar: Lampa | Autosvar: Lampe | Frånvarande: Lampa | Frånvaromeddelande | På semester till 5 mars | Automatisk svar: Lampe | Fraværsbesked | Fravær: Lampe | Ikke til stede | Ikke på kontoret | På ferie til 5. marts | Jeg er på ferie | Ej på kontoret | Borte fra kontoret
  Automaattinen vastaus: Lamppu | Poissaoloviesti | Poissa: Lamppu | Olen lomalla | Lomalla 5.3. asti | Poissa toimistolta
  Automatyczna odpowiedź: Lampa | Odpowiedź automatyczna: Lampa | Nieobecność: Lampa | Poza biurem | Jestem na urlopie | Autoodpowiedź: Lampa | Nieobecny: Lampa | Nieobecność w biurze
  Automatická odpověď: Lampa | Mimo kancelář | Nepřítomnost: Lampa | Automatická odpoveď: Lampa | Neprítomnosť | Jsem na dovolené | Mimo kancelárie | Nejsem v kanceláři
  Automatikus válasz: Lámpa | Házon kívül: Lámpa | Szabadságon vagyok | Irodán kívül
  Răspuns automat: Lampa | În concediu | Absent din birou | Raspuns automat: Lampa | Sunt în concediu
  Automatski odgovor: Lampa | Odsutan: Lampa | Na godišnjem odmoru | Samodejni odgovor: Luč | Odsoten: Luč | Odsotnost | Automatsko odgovaranje | Аутоматски одговор: Лампа | На годишњем одмору
  Автоматический ответ: Лампа | Автоответ: Лампа | Вне офиса | Нет на работе: Лампа | Я в отпуске | В отпуске до 5 марта | Отсутствие на рабочем месте | Автоответчик | Отсутствую до 5 марта
  Автоматична відповідь: Лампа | Автовідповідь | Я у відпустці | Поза офісом | У відпустці до 5 березня | Автоматичен отговор: Лампа | Извън офиса | В отпуск съм
  Otomatik Yanıt: Lamba | Otomatik yanıt: Lamba | Ofis dışında: Lamba | İzindeyim | Otomatik cevap | Ofis dışındayım | Tatildeyim
  Αυτόματη απάντηση: Λάμπα | Εκτός γραφείου | Απουσία από το γραφείο | Σε άδεια
  Automātiskā atbilde: Lampa | Automatinis atsakymas: Lempa | Automaatvastus: Lamp | Kontorist väljas | Puhkusel | Atostogose | Atvaļinājumā | Prombūtnē | Ārpus biroja | Ne darbo vietoje
  自动回复: 灯 | 自动答复: 灯 | 自動回覆: 燈 | 自動回復：灯 | 不在办公室 | 休假通知 | 外出自动回复 | 假期自动回复 | 我正在休假
  自動応答: ランプ | 自動返信: ランプ | 不在のお知らせ | 不在通知 | 【自動返信】お問い合わせ | 【自動応答】 | 休暇中 | 休暇のお知らせ | 【不在】Re: ランプ | [自動返信] Re: ランプ
  자동 회신: 램프 | 자동 응답 | 부재중: 램프 | 부재 중 자동 응답 | [자동응답] 램프 | 휴가중입니다 | 자동회신 : 램프
  תשובה אוטומטית: מנורה | מחוץ למשרד | מענה אוטומטי | אני בחופשה
  رد تلقائي: مصباح | الرد التلقائي: مصباح | خارج المكتب | أنا في إجازة | رد آلي
  Trả lời tự động: Đèn | Trả lời Tự động | Vắng mặt tại văn phòng | Phản hồi tự động
  การตอบกลับอัตโนมัติ: โคมไฟ | ตอบกลับอัตโนมัติ: โคมไฟ | ไม่อยู่ที่สำนักงาน | ตอบรับอัตโนมัติ
  Balasan otomatis: Lampu | Jawaban otomatis: Lampu | Sedang cuti | Di luar kantor | Balasan Automatik: Lampu
  Resposta automàtica: Llum | Fora de l'oficina | Erantzun automatikoa | Rhagflas ateb awtomatig | Sjálfvirkt svar: Lampi | Përgjigje automatike: Llambë | Автоматты жауап | स्वचालित उत्तर: दीपक | پاسخ خودکار: چراغ
`)

// Among them a system's own notices and requests for leave, which somebody must read.
const people = list(String.raw`
  Question about your automatic reply | Away game tickets | Office chair broken | Out of stock?
  Auto insurance claim | Automatic door does not open | Vacation house key | On leave of absence policy: question
  Holiday booking 12 March | Leave request rejected | Urlaubsantrag kann nicht gesendet werden
  Urlaub in Italien: Rechnung fehlt | Abwesenheiten im Kalender werden nicht angezeigt... | Antwort auf Ihre Mail
  Automatische Türen defekt | Ferien buchen | Ferienwohnung Schlüssel | Réponse à votre mail | Absence de facture
  Vacances: réservation 4711 | Congé parental : attestation | Absent: le colis | Respuesta a su correo
  Vacaciones en Mallorca: factura | Resposta ao seu email | Férias: reserva 4711 | Risposta alla mail
  Ferie: prenotazione | Assenza di fattura | Vakantie huis sleutel | Svar på din mail | Semester bokning
  Ferie booking 4711 | Lomamökin avain | Urlop: faktura | Dovolená: zájezd 4711 | Ausente la factura
  Отпуск в Турции: счёт | Ответ на ваше письмо | Tatil rezervasyonu | İzin talebi | 休暇申請ができません | 自动门坏了 | 外出先からの質問
  外出时无法登录 | 휴가 신청 오류 | 不在票の件 | 부재 전화 문의 | Auto: Reparatur Rechnung | Auto kaputt | Auto reply does not work
  Automatic reply is not sent by your app | I am away from home, when do you deliver? | Nieobecność kuriera
  Ausência de resposta | Ausencia de respuesta | Abwesenheit eintragen klappt nicht
  Out of office setting does not save | Vacation responder bug | OOO setting broken | Frånvaro kan inte registreras
  Fravær kan ikke registreres | Afwezigheid melden lukt niet | Poissaolon ilmoitus ei toimi | Ne darbo
  Poissa käytöstä | Eingangsbestätigung fehlt | I'm on holiday in Spain and my card is blocked
  Je suis en vacances et ma carte est bloquée | Ich bin im Urlaub und komme nicht ins Konto
  Estoy de vacaciones y no puedo entrar | 我正在休假，无法登录 | Я в отпуске, не могу войти | Urlaub bis 5.3. | Yıllık izin
  Отпуск | Mensaje automático: su pedido 12 | 自動送信: 請求書
`)

test('F1: responders are known by their subject alone', () => {
  deepEqual(
    responders.filter((subject) => automaticSubject(subject, false) === null),
    [],
  )
})

test('what a person begins a subject with is no automatic reply', () => {
  deepEqual(
    people.filter((subject) => automaticSubject(subject, false) !== null),
    [],
  )
})
