// What follows the words: "-- " signatures (RFC 3676 §4.3) and the footers that phones and programs add.
import { anyOf, beginsWith } from '#mail/phrases.ts'

const mostLines = 40

const footer = beginsWith(String.raw`
  \*?_?(?:sent|written|typed|mailed|composed) (?:from|via|with|using|on|by) (?:my|the|a|an|your)?\s?
  get outlook for | get bluemail | download (?:outlook|bluemail) | this (?:e-?mail|message) was sent from my
  envoy[ée] (?:de|depuis|à partir|avec|via|par)\b | téléchargez? outlook | obtenir outlook | gesendet (?:von|mit|via|über|aus)\b
  von (?:meinem|meiner|unterwegs|mein)\b.{0,40}gesendet | diese nachricht wurde von mein | holen sie sich outlook | outlook für
  enviado (?:desde|do|da|de|con|com|a partir|via|pelo)\b | obtener outlook | obter o outlook | inviato (?:da|dal|dall['’]|con|tramite)
  ottieni outlook | scarica outlook | verzonden (?:vanaf|met|via|vanuit|van)\b | verstuurd (?:vanaf|vanuit|met|via|van)\b | outlook voor
  skickat fr[åa]n | skickades från | sendt fra | sendt via | hämta outlook | hent outlook | lähetetty | hanki outlook | wysłan[eo] z
  wysłane? za | pobierz outlook | odesláno z | odoslané z | získat outlook | elküldve | küldve | trimis de pe | trimis din
  отправлено (?:с|из|через|со)\s | получить outlook | надіслано з | отримати outlook | изпратено от | στάλθηκε από | αποστολή από
  .{0,30}(?:cihazımdan|telefonumdan|’umdan|'umdan) gönderildi | iphone'umdan | đã gửi từ | được gửi từ | dikirim dari | poslano [sz]
  iphoneから送信 | ipadから送信 | .{0,30}から送信 | 发自我的 | 从我的.{0,20}发 | 發自我的 | 從我的.{0,20}傳送 | 我的.{0,20}發送 | .{0,30}에서 보냄
  나의 .{0,20}에서 보냄 | נשלח מ | أُ?رسلت? من | ส่งจาก
`)
const devices = anyOf(String.raw`
  iphon | ipad | ipod | apple | android | blackberry | samsung | galaxy | mobile? | mobil | handy | cell ?phone | phone | smartphone
  tablet | htc | nokia | lumia | windows | yahoo | outlook | gmail | proton | spark | typeapp | bluemail | \baol\b | huawei | honor
  xiaomi | redmi | \bmi\b | oneplus | oppo | vivo | pixel | wiko | nexus | motorola | moto | \blg\b | sony | xperia | verizon | at&t | t-mobile
  mailbird | airmail | thunderbird | sparrow | boxer | acompli | \bnine\b | k-9 | fairemail | zoho | newton | postbox | polymail
  superhuman | \bhey\b | gmx | web\.de | телефон | мобил | яндекс | mail\.ru | почт | telefon | móvil | celular | téléphone | portable
  кишен | 手机 | 手機 | 携帯 | mailapp | e-?mail | \bmail\b | app\b
`)

/** The index at which the signature begins among the sender's own lines; their count when there is none. */
export function signatureStart(lines: readonly string[]): number {
  const from = Math.max(0, lines.length - mostLines)
  for (let index = from; index < lines.length; index++) {
    if (isDelimiter(lines, index) || isFooter(lines, index)) return index
  }
  return lines.length
}

function isDelimiter(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? ''
  const rest = lines.slice(index + 1)
  if (!rest.some((text) => text.trim() !== '')) return /^(?:-- ?|__|—)$/.test(line)
  if (/^--\s?$/.test(line)) return true
  // Longer or other rules part sections too; a signature is short lines to the very end.
  if (!/^(?:__|[—–]|[—–]{3,}|_{2,}\s?)$/.test(line.trim())) return false
  const words = rest.filter((text) => text.trim() !== '')
  return words.length <= 8 && words.every((text) => text.length <= 80 && !/[.!?]\s*$/.test(text))
}

/**
 * "Sent from my iPhone" and its kin: alone on its line, naming a device or program, with nothing written on after it.
 */
export function isFooter(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? '').trim()
  if (line.length < 6 || line.length > 200 || !footer.test(line)) return false
  const words = line.replace(/<[^<>]*>|\([^()]*\)|\[[^[\]]*\]/g, '').trim()
  if (words.length > 70 || words.split(/\s+/).length > 10) return false
  const plain = !/[,;!?]|\.$/.test(words.replace(/[*_.]+$/, '')) && !/\.\s/.test(words)
  const named = /^sent from my\s/i.test(words) ? words.split(/\s+/).length <= 8 : devices.test(words)
  const next = lines[index + 1]
  return (
    plain &&
    named &&
    (next === undefined || next.trim() === '' || /^[\s<(_-]/.test(next) || isFooterEnd(next))
  )
}

function isFooterEnd(next: string): boolean {
  return /^(?:get |https?:|<|on |\S{2,3} \d)/i.test(next) || footer.test(next)
}
