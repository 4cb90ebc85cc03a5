// The lines that Thunderbird and Roundcube put over what they quote, in each of their languages: DATE stands for the
// date with its time, NAME for the sender. From their own localisations, since many have no verb, no colon or an order of their own.

const forms = String.raw`
  On DATE, NAME wrote: | NAME wrote on DATE: | On DATE, wrote:
  على DATE، كتب NAME: | كتب NAME على DATE: | كتب NAME في DATE:
  El DATE, NAME escribió: | NAME escribió'l DATE: | En DATE, NAME escribió: | NAME escribió el DATE:
  DATE у NAME напісаў: | DATE NAME напісаў: | NAME напісаў DATE: | NAME напісаў DATE у DATE:
  На DATE, NAME написа: | NAME написа на DATE: | На DATE,NAME напиша: | На DATE, NAME напиша:
  D'an/ar DATE eo bet skrivet gant NAME:
  DATE, NAME je napisao/la: | NAME napisao je DATE: | Dana DATE, NAME je napisao(la): | NAME je napisao DATE:
  El DATE, NAME ha escrit: | NAME ha escrit el DATE: | El DATE, NAME va escriure:
  Ri DATE, NAME xutz'ib'aj: | NAME xutz'ib'aj pa DATE:
  Dne DATE NAME napsal(a): | NAME napsal(a) dne DATE: | Dne DATE, NAME napsal: | Dne DATE, NAME napsala:
  Ar DATE, ysgrifennodd NAME: | Ysgrifennodd NAME ar DATE:
  Den DATE skrev NAME: | NAME skrev den DATE: | Den DATE, skrev NAME: | DATE skrev NAME:
  Am DATE schrieb NAME: | NAME schrieb am DATE: | Am DATE, schrieb NAME:
  DATE jo NAME napisał: | NAME jo DATE napisał: | DATE NAME napisa: | NAME DATE napisa:
  Στις DATE, ο/η NAME έγραψε: | Ο/Η NAME έγραψε στις DATE: | Στις DATE, NAME έγραψε:
  DATE NAME kirjutas: | NAME kirjutas DATE: | DATE kirjutas NAME:
  DATE(e)an, NAME igorleak idatzi zuen: | NAME igorleak DATE(e)an idatzi zuen: | DATE egunean, NAME-(e)k idatzi du:
  NAME kirjoitti DATE:
  Le DATE, NAME a écrit: | NAME a écrit le DATE:
  Op DATE, skreau NAME: | NAME skreau op DATE:
  Ar DATE, scríobh NAME: | Scríobh NAME ar DATE: | Ar an DATE, scríobh NAME:
  Sgrìobh NAME na leanas DATE:
  O DATE, NAME escribiu: | NAME escribiu o DATE:
  נכתב על ידי NAME, ב־DATE: | :כתב NAME, DATE בתאריך | בתאריך DATE, NAME כתב: | ב־DATE, NAME כתב:
  DATE, NAME piše:
  DATE keltezéssel, NAME írta: | NAME írta DATE dátummal: | DATE időpontban NAME ezt írta:
  DATE-ին NAMEը գրել է. | NAME-ը գրել է DATE-ին. | DATE-ին, NAME-ը գրեց. | DATE-ին NAME-ը գրել է. | NAME-ը գրել է DATE -ին | DATE-ին #֊ը գրել է.
  Le DATE, NAME ha scribite: | NAME ha scribite le DATE:
  Pada DATE, NAME menulis: | NAME menulis di DATE: | Pada DATE, NAME menulis
  Þann DATE, skrifaði NAME: | NAME skrifaði þann DATE:
  Il DATE, NAME ha scritto: | NAME ha scritto il DATE: | Il DATE NAME ha scritto:
  DATE に NAME さんは書きました:
  თარიღი DATE, NAME წერს: | DATE-ში, NAME დაწერა:
  Di DATE, NAME yura: | NAME yura di DATE:
  DATE уақытында, NAME жазған: | NAME жазған, уақыты DATE:
  នៅលើ DATE, NAME បានសរសេរ៖ | NAME បានសរសេរនៅលើ DATE៖ | កាលពីថ្ងៃ DATE, NAME បានសរសេរ៖
  DATE에 NAME 이(가) 쓴 글: | NAME 이(가) DATE에 쓴 글: | DATE에 NAME이(가) 쓴 내용:
  DATE, NAME rašė: | NAME rašė DATE:
  DATE NAME rakstīja: | NAME DATE rakstīja: | NAME @ DATE rakstīja:
  Pada DATE, NAME membalas: | NAME membalas pada DATE:
  Op DATE schreef NAME: | NAME schreef op DATE: | Op DATE, schreef NAME:
  Den DATE, skreiv NAME: | NAME skreiv den DATE: | Den DATE skreiv NAME:
  W dniu DATE, NAME pisze: | W dniu DATE, NAME napisał(a): | DATE, NAME napisał(a):
  Em DATE, NAME escreveu: | NAME escreveu em DATE: | Às DATE, NAME escreveu: | NAME escreveu às DATE: | A DATE, NAME escreveu:
  Ils DATE ha NAME scrit: | NAME ha scrit ils DATE:
  La DATE, NAME a scris: | NAME a scris la DATE: | În DATE, NAME a scris:
  DATE, NAME пишет: | NAME пишет DATE: | NAME писал(а) DATE:
  Dňa DATE NAME napísal(a): | NAME napísal(a) dňa DATE:
  NAME je DATE napisal: | NAME je DATE napisal | DATE, je NAME napisal: | DATE, je NAME napisal
  Më DATE, NAME shkroi: | NAME shkroi më DATE:
  Дана DATE, NAME пише: | Дана DATE, NAME написа:
  เมื่อ DATE NAME เขียนว่า: | NAME เขียนเมื่อ DATE ว่า:
  DATE tarihinde NAME yazdı: | NAME, DATE tarihinde yazdı: | DATE, NAME yazmış:
  NAME пише DATE: | DATE, NAME написав:
  DATE, NAME da yozdi: | NAME DATEda yozdi: | NAME yozgan kun DATE: | NAME DATE da yozdi:
  Vào lúc DATE, NAME đã viết: | NAME đã viết vào lúc DATE: | Vào ngày DATE, NAME viết:
  在 DATE, NAME 写道: | NAME 写于 DATE: | NAME 於 DATE 寫道: | NAME 於 DATE 寫到:
  DATE tarixdə, NAME yazıb:
  Je DATE, NAME skribis:
  در DATE، NAME نوشته است:
  Tann DATE, skrivaði NAME:
  Di DATE de, şandyar nivîsî: | Di DATE de, NAME nivîsî:
  Den DATE, NAME schreift:
  DATE या दिवशी NAME ने लिहीले:
  DATE دا، NAME يازدى:
  Op DATE het NAME geskryf: | Op DATE skryf NAME:
`

// A date in figures or with a month's name.
const date =
  /\d{1,4}\.?\s?[./\-年년]\s?\d{1,2}\.?\s?[./\-月월]\s?\d{1,4}|\d{1,2}\D{2,25}\d{4}|\d{4}\D{2,25}\d{1,2}/u
const time = String.raw`\d{1,2}\s?[:.h時시点]\s?\d{2}(?!\d)`
const hasTime = new RegExp(time, 'u')
const moment = String.raw`(?:[^\n<>]{5,50}?${time}[^\n<>:]{0,20}?|${time}[^\n<>:]{5,50}?)`
const sender = String.raw`(?<sender>[^\n:<>]{1,80}(?:\s?<[^\s<>]{3,200}>)?)`

type Form = { readonly form: string; readonly word: string; expression: RegExp | null }

// Most lines have no date, and those that have one hardly ever a form's longest word: no expression is made before it is wanted.
const known: readonly Form[] = forms
  .split(/\s*\n\s*|\s\|\s/)
  .filter((form) => form !== '')
  .map((form) => ({ form, word: longestWord(form), expression: null }))

function longestWord(form: string): string {
  const words = form.replace(/DATE|NAME/g, ' ').match(/[\p{L}\p{M}]+/gu) ?? ['']
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest)).toLowerCase()
}

/** Whether a line is one of these, as a whole. Marks of writing direction must have been taken out. */
export function isKnownForm(line: string): boolean {
  if (line.length < 15 || line.length > 300 || !hasTime.test(line) || !date.test(line)) return false
  const lower = line.toLowerCase()
  return known.some((each) => {
    if (!lower.includes(each.word)) return false
    each.expression ??= new RegExp(`^${expressionOf(each.form)}$`, 'iu')
    const found = each.expression.exec(line)
    return found !== null && !nobody.test((found.groups?.['sender'] ?? '').trim())
  })
}

// Not the middle of somebody's sentence: "I wrote on …", "My colleague wrote on …".
const nobody =
  /^(?:i|we|you|he|she|they|it|the|my|our|your|ich|wir|der|die|das|meine?|je|nous|le|la|les|yo|el|los|io|il|lo|ik|de|het)(?:\s|$)/i

function expressionOf(form: string): string {
  return form
    .replace(/[\\^$*+?.()[\]{}|/]/g, String.raw`\$&`)
    .replace(/[,،]\s?/g, String.raw`\s?[,،，]?\s?`)
    .replace(/:/g, String.raw`\s?[:：]\s?`)
    .replace(/ /g, String.raw`\s{1,2}`)
    .replace('DATE', moment)
    .replace('NAME', sender)
}
