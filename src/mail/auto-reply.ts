// Subjects that only responders write. They begin the subject (or end it in brackets) and are followed by nothing, a
// colon or a date, so that a person's "Out of office setting does not save" stays a message.
import { anyOf, beginsWith } from '#mail/phrases.ts'

// "Automatic reply", as programs say it of themselves.
const machine = String.raw`
  auto(?:matic|mated|-|matically generated)?[- ]?(?:reply|response|respons|responder) | autoresponse | auto: ?(?:re|aw|sv|fw)\b
  vacation (?:reply|response|message|notice)
  automati(?:sche|c) (?:rück)?antwort | autom\. antwort | auto(?:matische)?-?antwort | automatische (?:eingangsbestätigung|abwesenheit\p{L}*)
  abwesenheits(?:notiz|meldung|nachricht|hinweis|mitteilung|assistent|antwort|agent) | urlaubsabwesenheit
  automatisch(?:e)? (?:antwoord|reactie) | afwezigheids(?:bericht|assistent|melding|antwoord)
  automatiskt? svar | autosvar | frånvaromeddelande | fraværs(?:besked|melding|assistent)
  r[eé]ponse automatique | message (?:automatique )?d['’]absence
  (?:respuesta|contestación) autom[aá]tica | resposta autom[aáà]tica
  risposta automatica | automatyczna odpowied[zź] | odpowied[zź] automatyczna | autoodpowied[zź]
  automatick[áa] odpov[eě][dď] | automatikus válasz | r[ăa]spuns automat
  automatski odgovor | automatsko odgovaranje | samodejni odgovor | аутоматски одговор | автоматичен отговор
  автоматический ответ | автоответ(?:чик)? | автовідповідь | автоматична відповідь | автоматты жауап
  otomatik (?:yanıt|cevap) | automaattinen vastaus | poissaoloviesti | automaatvastus | sjálfvirkt svar
  αυτόματη απάντηση | automātiskā atbilde | automatinis atsakymas | përgjigje automatike | erantzun automatikoa
  rhagflas ateb awtomatig | (?:balasan|jawaban) (?:otomatis|automatik) | स्वचालित उत्तर | پاسخ خودکار
  自動(?:応答|返信) | (?:假期|外出|休假)?自[动動](?:回[复復覆]|答[复復]|回應) | 自動返信メール
  자동 ?(?:회신|응답|답장) | (?:תשובה|מענה) אוטומטית? | (?:ال)?رد (?:ال)?تلقائي | رد آلي | (?:trả lời|phản hồi) tự động
  (?:การ)?(?:ตอบกลับ|ตอบรับ)อัตโนมัติ
`

// Being away, as a responder's whole subject.
const away = String.raw`
  out[- ]of[- ](?:the )?office | ooo | oof | away from (?:the |my |our )?(?:office|desk|e?-?mail|computer|work) | on (?:vacation|(?:annual )?leave|holidays?|pto)
  i(?:'m|’m| am) (?:currently )?(?:away|out of (?:the )?office|out|on (?:vacation|(?:annual )?leave|holidays?|pto))
  abwesen(?:d|heit) | (?:ich )?(?:bin )?(?:derzeit |zurzeit |aktuell )?(?:nicht im (?:büro|haus(?:e)?)|außer (?:haus|büro)|im urlaub)
  afwezig(?:heid)? | niet op kantoor | buiten kantoor | (?:ik ben )?(?:op|met) vakantie
  frånvar(?:o|ande) | ej på kontoret | (?:jag (?:är|har) )?på semester | fravær(?:ende)? | ikke til ?stede | ikke på kontoret
  borte fra kontoret | (?:jeg er )?på ferie
  absen(?:ce|te?) du bureau | absent\(?e?\)? du bureau | (?:je suis |actuellement |absent\(?e?\)? )(?:en )?(?:congés?|vacances|absent\(?e?\)?) | en (?:congés?|vacances)
  fuera de (?:la )?oficina | ausen(?:cia|te)(?: de la oficina)? | (?:estoy )?de vacaciones
  fora d[oae] (?:escrit[oó]rio|empresa|l['’]oficina) | fora de l['’]oficina | aus(?:ê|e)ncia(?: tempor[aá]ria| do escrit[oó]rio)? | ausente | (?:estou )?de férias
  fuori (?:sede|ufficio) | (?:sono )?in ferie | assente(?: dall['’]ufficio)? | assenza dall['’]ufficio
  poza biurem | nieobecn(?:o[sś][cć]|y|a)(?: w (?:biurze|pracy))? | (?:jestem )?na urlopie
  mimo kancel\p{L}{2,4} | nep[řr]ítomnos[tť] | (?:jsem |som )?na dovolen(?:é|ke) | nejsem v kanceláři
  házon kívül | irodán kívül | (?:jelenleg )?szabadságon(?: vagyok)? | (?:sunt )?în concediu | absent din birou
  odsut(?:an|na|nost) | odsot(?:en|na|nost) | na godišnjem(?: odmoru)? | на годишњем(?: одмору)? | извън офиса | (?:аз съм )?в отпуск(?: съм)?
  вне офиса | нет на работе | отсутствие на рабочем месте | отсутствую | (?:я )?в отпуске | поза офісом | (?:я )?у відпустці
  ofis dışında(?:yım)? | [iİ]zindeyim | tatildeyim | poissaolo | poissa(?: toimistolta)? | (?:olen )?lomalla | kontorist väljas | puhkusel
  εκτός γραφείου | απουσία από το γραφείο | (?:είμαι )?σε άδεια | atostogose | ne darbo vietoje | atvaļinājumā | prombūtnē | ārpus biroja
  不在(?:通知|のお知らせ|連絡)? | 休暇(?:中|のお知らせ) | 外出中 | (?:我)?(?:正在|在)?休假(?:中|通知) | 我正在休假 | (?:我)?不在办公室 | 不在辦公室
  부재 ?중(?: 자동 ?응답)? | 휴가 ?중(?:입니다)? | מחוץ למשרד | (?:אני )?בחופשה | خارج المكتب | (?:أنا )?في إجازة | vắng mặt(?: tại văn phòng)?
  ไม่อยู่ที่สำนักงาน | sedang cuti | di luar kantor
`

const end = String.raw`\s*(?:$|[:：;.!…()（）[\]【】|–—-])`
// Words before a date on which somebody comes back, or since which they are away.
const untilWords = String.raw`until|till?|through|thru|back|bis|zum|jusqu\S{0,5}|hasta|at[eé]|fino|tot|t\.?o\.?m|fram|do|od|z|до|по|με`
const sinceWords = String.raw`from|on|vom|ab|am|du|le|depuis|desde|del|el|de|dall?['’]?|il|van|vanaf|från|fra|den|with|с|з|w`
const dated = String.raw`\s+(?:${untilWords})(?!\p{L})|\s+(?:${sinceWords})(?!\p{L}).{0,12}\d|\s+\d`
const opening = String.raw`[\s[(（【<*]{0,4}`
const start = (list: string, tail: string): RegExp =>
  new RegExp(`^${opening}${anyOf(list).source}(?=${tail})`, 'iu')

const named = start(machine, String.raw`${end}|\s+(?:from|von|van|de|da|od|от|re|r)(?!\p{L})`)
const absent = start(away, `${end}|${dated}`)
const bracketed = new RegExp(
  String.raw`[([（【]\s?(?:${anyOf(machine).source}|${anyOf(away).source})\s?[)\]）】]\s*$`,
  'iu',
)

// What responders put before the subject that they answer.
const inAbsence =
  /^(?:vacation|abwesenheits|urlaubs|afwezigheids|frånvaro|fraværs|poissaolo|message d['’]absence|假期|外出|休假)/iu

// Words that a person might begin a subject with too: they count when the mail also says it was not typed.
const likely = anyOf(String.raw`
  \bauto | vacation | holiday | \bleave\b | abwesen | urlaub | absen[ct] | ausente | \baway\b | office | received your
  thank you for | férias | vacaciones | congé | vacances | ferie
`)

const answer = beginsWith(String.raw`(?:re|aw|sv|vs|antw|odp|rv|rif|回复|答复)\s?(?::|：)\s?`)

/** What shows that the subject is a responder's; null when a person may have written it. */
export function automaticSubject(subject: string, saysAutomatic: boolean): string | null {
  const text = subject.trim().slice(0, 200)
  const bare = text.replace(answer, '')
  if (isResponders(text) || (saysAutomatic && isResponders(bare))) return 'the subject of an automatic reply'
  return saysAutomatic && bare !== text && likely.test(bare) ? 'an automatic answer' : null
}

/** Whether an automatic reply says that somebody is away, and not only that it was sent by a machine. */
export function saysAway(subject: string): boolean {
  const bare = subject.trim().slice(0, 200).replace(answer, '')
  return absent.test(bare) || inAbsence.test(bare)
}

const absence = anyOf(String.raw`
  (?:not|won['’]?t|cannot|unable to|can['’]?t|nicht|niet) (?:be )?(?:be )?(?:reading|read|checking|check|answering|answer|respond\p{L}*|reply\p{L}*|access\p{L}*|able to (?:read|answer|check|respond|reply)|back|return\p{L}*|in the office|available|reachable)
  (?:when|until|till|as soon as) i(?: am|['’]m)? (?:return|get back|come back|back) | will (?:be )?(?:read|back|return\p{L}*) (?:when|on|in|after)
  (?:i am|i['’]m|we are) (?:currently |now |presently )?(?:away|out|on (?:vacation|holidays?|leave|a trip)|travell?ing|abroad) | i(?:['’]ll| will) be (?:gone|away|out of|back|travell?ing) | limited access to (?:my )?e?-?mail
  bin (?:ich )?(?:derzeit |zurzeit |zur zeit |momentan |aktuell |vom |bis |erst )?.{0,40}(?:nicht (?:im (?:büro|haus)|erreichbar|da)|im urlaub|abwesend|wieder (?:für sie )?(?:da|erreichbar|im büro)) | befinde mich .{0,30}(?:im urlaub|in elternzeit|auf (?:dienst)?reise) | je (?:suis|serai) .{0,30}(?:absent|en congé|de retour)
`)
/** Whether the first words of a text say that its author is away. */
export function wordsOfAbsence(text: string): boolean {
  const words = text.slice(0, 1_000).replace(/\s+/g, ' ')
  return absence.test(words)
}

function isResponders(subject: string): boolean {
  return named.test(subject) || absent.test(subject) || bracketed.test(subject)
}
