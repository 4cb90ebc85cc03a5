// Subjects that only responders write. They begin the subject, so that a person's "Question about my out of office
// reply" stays a message.
import { anyOf, beginsWith } from '#mail/phrases.ts'

const certain = beginsWith(String.raw`
  \[?auto(?:matic|mated|-|matically generated)?[- ]?(?:reply|response|respons|responder)\b | \[?auto: | autoresponse
  out[- ]of[- ](?:the )?office | ooo\b ?[:-] | oof\b ?: | away from (?:the |my )?(?:office|desk)
  vacation (?:reply|response|message|notice) | i(?:'m| am) (?:currently )?(?:away|out of (?:the )?office|on vacation)
  automati(?:sche|c) antwort | autom\. antwort | auto(?:matische)?-?antwort | abwesenheit(?:s|:|\b) | abwesend\b
  (?:ich bin )?(?:nicht|außer) (?:im|haus)(?: büro| hause)?\b.{0,40}abwesen | urlaubsabwesenheit | außer haus
  automatisch(?:e)? (?:antwoord|bericht|reactie) | afwezig(?:heid)?\b | niet op kantoor
  automatisk(?:t)? svar | autosvar | frånvaro | fravær | ikke til ?stede
  réponse automatique | reponse automatique | absence du bureau | message d['’]absence | absent\(?e?\)? du bureau
  respuesta autom[aá]tica | fuera de (?:la )?oficina | ausencia\b
  resposta autom[aá]tica | fora do escrit[oó]rio | aus[eê]ncia (?:tempor|do escrit) | ausente\b
  risposta automatica | fuori (?:sede|ufficio) | assen(?:te|za) (?:dall|per)
  automatyczna odpowied[zź] | odpowied[zź] automatyczna | autoodpowied[zź] | poza biurem | nieobecno[sś][cć]
  automatick[áa] odpove[dď] | automatická odpověď | mimo kancel | nepřítomnost | neprítomnosť
  automatikus válasz | házon kívül | răspuns automat | raspuns automat | automatski odgovor | samodejni odgovor
  otomatik (?:yanıt|cevap) | ofis dışı | автоматски одговор | автоматичен отговор | автоматическ | автоответ
  вне офиса | нет на работе | отсутствие на рабочем | автовідповідь | автоматична відповідь
  automaattinen vastaus | poissaolo | poissa toimistolta | automaatvastus | kontorist väljas
  αυτόματη απάντηση | εκτός γραφείου | automātiskā atbilde | automatinis atsakymas
  自動応答 | 自動返信 | 不在(?:通知|のお知らせ|連絡) | 自动回复 | 自动答复 | 自動回覆 | 不在办公室 | 外出
  자동 ?회신 | 자동 ?응답 | 부재 ?중 | תשובה אוטומטית | מחוץ למשרד | رد تلقائي | خارج المكتب | trả lời tự động | ตอบกลับอัตโนมัติ
`)

// Words that a person might begin a subject with too: they count when the mail also says it was not typed.
const likely = anyOf(String.raw`
  \bauto | vacation | holiday | \bleave\b | abwesen | urlaub | absen[ct] | ausente | \baway\b | office | received your
  thank you for | férias | vacaciones | congé | vacances | ferie
`)

const answer = /^(?:re|aw|sv|vs|antw|odp|rv|rif|回复|答复)\s?(?::|：)\s?/iu

/** What shows that the subject is a responder's; null when a person may have written it. */
export function automaticSubject(subject: string, saysAutomatic: boolean): string | null {
  const start = subject.trim().slice(0, 200)
  const bare = start.replace(answer, '')
  if (certain.test(start) || (saysAutomatic && certain.test(bare))) return 'the subject of an automatic reply'
  return saysAutomatic && bare !== start && likely.test(bare) ? 'an automatic answer' : null
}
