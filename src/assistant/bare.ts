// An answer as a reviewer reads it: nothing but what it says, in one piece, whoever wrote it. Pure.
import { signatureStart } from '#mail/signature.ts'

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|moin|servus|bonjour|hola)(?: [\p{L}.'’-]+){0,4} ?(?:[,!:.]|\n|$)\s*/iu
/** At the beginning of a line; a name may stand behind it, or below. */
const CLOSING =
  /^(?:(?:best|kind|warm|many|with)(?: (?:best|kind|warm))? (?:wishes|regards|thanks|greetings)|best|regards|cheers|sincerely|yours (?:sincerely|truly|faithfully)|thanks|thank you|(?:mit )?(?:freundlichen?|besten?|lieben?|viele[nr]?|schönen?|herzlichen?) (?:gr[uü](?:ß|ss)en?|dank)|gr[uü](?:ß|ss)e?|mfg|vg|lg)(?:,? [\p{Lu}][\p{L}.'’-]*){0,3}[,.!]?$/iu
const MOST_BELOW = 6

/** An answer without greeting, closing, signature and lines: what people's words have and the assistant's have not. */
export function bareAnswer(text: string): string {
  const lines = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
  const own = lines.slice(0, signatureStart(lines)).filter((line) => line !== '')
  const closes = own.findIndex((line, at) => at >= own.length - MOST_BELOW && CLOSING.test(line.trim()))
  const said = (closes > 0 ? own.slice(0, closes) : own).join('\n').replace(GREETING, '')
  return (said === '' ? text : said).replaceAll(/\s+/g, ' ').trim()
}
