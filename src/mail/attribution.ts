// The line that a mail program puts over a quotation: "On … wrote:", "Am … schrieb …:", "30.09.2017, 18:30, Jo <jo@…>:".
// It may be folded over several lines.
import { isKnownForm } from '#mail/attribution-forms.ts'
import { oddMarkAt } from '#mail/quote-marks.ts'
import { anyOf, beginsWith } from '#mail/phrases.ts'

const mostLines = 5
const longest = 500

const starts = beginsWith(
  String.raw`
  [\s>*_"'“(-]{0,12}(?:on|le|am|el|em|il|op|den|på|in data|w dniu|dnia|vào|vào lúc|pada|tarih|στις|dne|dňa|dana|la|
    lúc|ngày|em qua|der|du|a|am um|sur|ad|il giorno|den)\s
  [\s>*_"'“(-]{0,12}\d | [\s>*_"'“(-]{0,12}\p{L}{1,14}[.,]{0,2}\s(?:den\s|the\s)?\p{L}{0,12}\.?,?\s?\d
  [\s>*_"'“(-]{0,12}[‪‫‬‎‏]?(?:בתאריך|في|ב-|於|在|于)
`.replace(/\|\n\s+/g, '|'),
)

const verb = anyOf(String.raw`
  \b(?:wrote|writes|sent|said|schrieb|schrieben|geschrieben|schreef|geschreven|skrev|skrifaði|kirjoitti|ha scritto)\b
  \b(?:scrive|escribi[oó]|escreveu|a [eé]crit|[eé]crit|napisał|napisał\(a\)|napisał\/a|napisała|napisao|napisala|napsal|napsala)
  napísal | napísala | ezt írta | a scris | írta | yazd[ıi] | написал | писал | пишет | написав | написа | пише | đã viết | έγραψε | menulis
  rakstīja | rašė | kirjutas | va escriure | ha escrit | je napisal | 写道 | 寫道 | 写信 | のメッセージ | 作成 | 님이 작성 | 님이 | כתב | كتب | เขียน | het volgende
`)
const date = /\b(?:19|20)\d\d\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b\d{1,2}[:.h]\d{2}\b|\d{1,2}\s?[年月]/u
const verbAtEnd = anyOf(
  String.raw`(?:pisze|píše|piše|schreibt|scrive|skriver|kirjoittaa|írja|yazıyor|пишет|пише|пиша|γράφει)\s?[:：]$`,
)
const email = /[^\s<>@"'();:,]{1,80}@[^\s<>@"'();:,]{2,200}/
const dashed =
  /^[\s>]{0,10}-{2,}[^\n]{1,300}\b(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|napisał)\b[^\n]{0,10}-{2,}\s*$/iu

// Supercite: `>>>>> "Ada" == Ada Moss <ada@…> writes:`; GroupWise: ">>> Ada <ada@…> 03/03/26 10:15 AM >>>"; Notes: "Ada Moss ---03/03/2026 10:15:00 AM---Hello".
const headline =
  /^(?:>{2,5}\s{1,2}"[^"\n]{1,60}" == [^\n]{1,200} writes:\s*$|>{3}\s[^\n]{3,200}\d{1,2}[:.]\d{2}[^\n]{0,40}>{3}\s*$|[^\s>-][^\n]{1,80}\s?-{3}\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4} [^\n-]{4,20}-{3}\S)/u

/** How many lines from `index` on are one attribution; 0 when none begins there. */
export function attributionAt(lines: readonly string[], index: number): number {
  const first = lines[index] ?? ''
  if (dashed.test(first.slice(0, longest)) || headline.test(first.slice(0, longest))) return 1
  const bare = bareAttribution(lines, index) || formAt(lines, index) || namedAttribution(lines, index)
  if (bare > 0) return bare
  if (!starts.test(first) && !/^[\s>]*sent from .{1,80}<.{3,80}>\s?wrote:/i.test(first)) return 0
  let joined = ''
  for (let count = 1; count <= mostLines; count++) {
    const line = lines[index + count - 1]
    if (line === undefined) return 0
    // A blank line ends it, except before an address that was pushed down ("John\n\n<\nmailto:…").
    if (line.trim() === '' && !/^\s*</.test(lines[index + count] ?? '')) return 0
    joined = `${joined} ${line.replace(/^[\s>]+(?=\S)/, '').trim()}`.trim()
    if (joined.length > longest) return 0
    if (isAttribution(joined) || introducesMarked(joined, lines, index + count)) return count
  }
  return 0
}

/** A line of the lists, whole or folded once. */
function formAt(lines: readonly string[], index: number): number {
  const first = (lines[index] ?? '').trim()
  if (first === '' || first.length > 200 || first.startsWith('>')) return 0
  if (isKnownForm(first)) return 1
  const second = (lines[index + 1] ?? '').trim()
  return second !== '' && /\d/.test(first + second) && isKnownForm(`${first} ${second}`) ? 2 : 0
}

/** "On Monday, Bo wrote:" tells no date and no address; the marked lines right after it say what it is. */
function introducesMarked(text: string, lines: readonly string[], next: number): boolean {
  if (!/[:：]\s*$/.test(text) || !verb.test(text.slice(-40)) || text.length > 120) return false
  return marksFollow(lines, next)
}

// In whatever language and order: a name, an address in brackets, a date and a time of day, and a colon at the end, with
// nothing but that in the line (or in two, when it was folded).
function bareAttribution(lines: readonly string[], index: number): number {
  const first = lines[index] ?? ''
  if (first.length > 300 || !/@|<|\d/.test(first) || /^\s*>/.test(first)) return 0
  for (const count of [1, 2]) {
    const line = lines
      .slice(index, index + count)
      .join(' ')
      .trim()
    if (line.length > 300 || (count === 2 && (lines[index + 1] ?? '').trim() === '')) return 0
    if (!/[:：]$/.test(line)) continue
    const hasAddress = /[<(]\s?(?:mailto:)?[^\s<>()@]{1,80}@[^\s<>()@]{2,200}[>)]/.test(line)
    if (hasAddress && /\b\d{1,2}[:.]\d{2}\b|\d:\d\d/.test(line) && /\b\d{4}|\d{4}\s?[年년]/u.test(line))
      return count
    if (verbAtEnd.test(line) && date.test(line) && starts.test(line)) return count
  }
  return 0
}

const quoting = beginsWith(String.raw`
  quoting | zitat von | citando a | citando | citation de | cytowanie | citat (?:från|fra|af) | citaat van | цитирование | citace
`)
// "Wrote", in languages in which a line without a date or address counts only above marked lines.
const told = anyOf(String.raw`
  напісаў | skrivet | xutz | ysgrifennodd | skreau | scríobh | sgrìobh | escribiu | נכתב | գրել | գրեց | scribite | წერს | დაწერა
  yura | жазған | សរសេរ | 쓴 글 | 쓴 내용 | membalas | skreiv | ha .{1,60} scrit | shkroi | yozdi | viết | 写于 | yazıb | yazmış | skribis
  نوشته | skrivaði | nivîs | schreift | लिहीले | يازدى | geskryf | idatzi | napisa | напиша | писал | さんは書きました | piše | pisze
`)
const article = /^(?:the|my|our|your|der|die|das|mein|ihr|le|la|les|el|los|il|lo|de|het|o|a)\s/i

// "Ada Moss <ada@…> writes:" or "Ada Moss wrote on 3/3/26 10:15 AM:", alone on a line of its own; whatever the
// language when marked lines follow.
function namedAttribution(lines: readonly string[], index: number): number {
  const line = (lines[index] ?? '').trim()
  if (line.length > 200 || !/[:：.։៖]$/.test(line) || line.startsWith('>')) return 0
  if (!/[:：]$/.test(line) && !told.test(line)) return 0
  if ((lines[index - 1] ?? '').trim() !== '' || article.test(line)) return 0
  const hasAddress = /<[^\s<>@]{1,80}@[^\s<>@]{2,200}>/.test(line)
  const isDated = date.test(line) && /\b\d{1,2}[:.h]\d{2}\b/.test(line)
  if (hasAddress && (quoting.test(line) || verb.test(line.slice(line.indexOf('>'))))) return 1
  if (isDated && /^(?:\p{L}[\p{L}.'’-]{0,30}[ ,]\s?){1,4}/u.test(line) && verb.test(line.slice(0, 60)))
    return 1
  const says = line.length <= 100 && (verb.test(line) || told.test(line))
  return (hasAddress || isDated || says) && marksFollow(lines, index + 1) ? 1 : 0
}

/** Whether the next written line is marked as quoted; blanks alone are an indented paragraph. */
function marksFollow(lines: readonly string[], next: number): boolean {
  const at = lines[next]?.trim() === '' ? next + 1 : next
  const line = lines[at] ?? ''
  return /^\s*>/.test(line) || (!/^\s/.test(line) && oddMarkAt(lines, at) !== null)
}

function isAttribution(text: string): boolean {
  // Neither a date nor an address: most lines end here.
  if (!/[\d@]/.test(text)) return false
  const ends = /[:：]\s*$/.test(text)
  const hasDate = date.test(text)
  const hasEmail = text.includes('@') && email.test(text)
  if (ends && hasEmail && hasDate) return true
  if (verb.test(text)) {
    const atEnd = /(?:\p{L}|\))\s*[:：]?\s*-*\s*$/u.test(text) && verb.test(text.slice(-40))
    if (ends) return hasDate || (hasEmail && /^\s*(?:on|le|am|el|em|il|op|sent from)\b/i.test(text))
    return atEnd && hasDate && hasEmail
  }
  // Gmail's older form has neither verb nor colon: 2011/4/7 Jo <jo@example.com>
  return /^\d{4}[-/]\d{1,2}[-/]\d{1,2}\s[^<>]{1,100}<[^<>\s]{3,200}@[^<>\s]{1,200}>:?$/.test(text)
}

const shared =
  /^(.{0,400}?\S)\s*(?:-{2,}\s*)?\b(On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d)[^\n]{5,250}\bwrote:)\s*$/

/** Parts a line on which the answer runs straight into the attribution; null when it does not. */
export function sharedLine(line: string): readonly [string, string] | null {
  if (line.length > 700 || !line.includes('wrote:')) return null
  const match = shared.exec(line)
  if (match === null || /^\s*>/.test(line)) return null
  return [(match[1] ?? '').replace(/-+$/, '').trimEnd(), match[2] ?? '']
}
