// What follows the words: "-- " signatures (RFC 3676 §4.3) and the footers that phones and programs add.
import { anyOf, beginsWith } from '#mail/phrases.ts'

const mostLines = 40

const footer = beginsWith(String.raw`
  \*?_?(?:sent|written|typed|mailed|composed|secured) (?:securely )?(?:from|via|with|using|on|by) (?:my|the|a|an|your)?\s?
  get outlook for | get bluemail | download (?:outlook|bluemail) | this (?:e-?mail|message) was sent from my
  envoy[ée] (?:de|depuis|à partir|avec|via|par)\b | télécharge[rz] outlook | provenance : | obtenir outlook | gesendet (?:von|mit|via|über|aus)\b
  (?:von|mit) .{3,50} gesendet | diese nachricht wurde von mein | holen sie sich outlook | outlook für
  enviado (?:desde|do|da|de|con|com|a partir|via|pelo)\b | obtener outlook | obter o outlook | inviato (?:da|dal|dall['’]|con|tramite)
  ottieni outlook | scarica outlook | verzonden (?:vanaf|met|via|vanuit|van)\b | verstuurd (?:vanaf|vanuit|met|via|van)\b | outlook voor
  skickat fr[åa]n | skickades från | sendt fra | sendt via | hämta outlook | hent outlook | få outlook | lähetetty | hanki outlook | wysłan[eo] z
  wysłane? za | pobierz (?:aplikację )?outlook | odesláno z | odoslané z | získ(?:at|ejte|ať) outlook | elküldve | .{0,30}küldve | az outlook letöltése
  trimis de pe | trimis din | obține[țţt]i outlook
  отправлено (?:с|из|через|со)\s | получить outlook | скачать outlook | (?:надіслано|відправлено) (?:з|із|через) | отримати outlook | изпратено от | στάλθηκε από | εστάλη από | αποστολή από | αποκτήστε το outlook
  .{3,40} gönderildi | ios için outlook | android için outlook | đã gửi từ | được gửi từ | di(?:kirim|hantar) dari | posla(?:no|to) (?:s|z|sa)\s | послато (?:с|са)\s
  saadetud | nosūtīts no | išsiųsta iš | enviat des d | enviado dende
  iphoneから送信 | ipadから送信 | .{0,30}から送信 | 发自我的 | 从我的.{0,20}发 | 發自我的 | 從我的.{0,20}傳送 | 我的.{0,20}發送 | .{0,30}에서 보냄
  (?:获取|取得|下载|下載) outlook | [来來]自 | (?:通过|透過).{0,20}[发發]送 | .{0,30}を入手 | .{0,12}용 outlook
  나의 .{0,20}에서 보냄 | נשלח מ | أُ?رسلت? من | (?:تم الإرسال|مرسلة?) من | (?:فرستاده|ارسال) شده از | ส่งจาก
`)
const devices = anyOf(String.raw`
  iphon | ipad | ipod | apple | android | blackberry | samsung | galaxy | mobile? | mobil | handy | cell ?phone | phone | smartphone
  tablet | htc | nokia | lumia | windows | yahoo | outlook | gmail | proton | spark | typeapp | bluemail | \baol\b | huawei | honor
  xiaomi | redmi | \bmi\b | oneplus | oppo | vivo | pixel | wiko | nexus | motorola | moto | \blg\b | sony | xperia | verizon | at&t | t-mobile
  mailbird | airmail | thunderbird | sparrow | boxer | acompli | \bnine\b | k-9 | fairemail | zoho | newton | postbox | polymail
  superhuman | \bhey\b | gmx | web\.de | телефон | мобил | яндекс | mail\.ru | почт | telefon | móvil | celular | téléphone | portable
  кишен | 手机 | 手機 | 携帯 | mailapp | e-?mail | \bmail\b | app\b | \bios\b | canary | edison | mimestream | shortwave | orange | \bsfr\b | \btuta | puhelim | laittee | kännyk | spark | superhuman
  ајфон | ипхон | айфон | هاتف | جوال | طائف | آیفون | גלקסי | אייפון | 邮箱大师 | courrier | correo | posta | e-post
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
  // One rule among several parts sections, as logs have them.
  if (lines.some((other, at) => at !== index && /^\s*[-_=*#~]{3,}\s*$/.test(other))) return false
  const words = rest.filter((text) => text.trim() !== '')
  return words.length <= 8 && words.every((text) => text.length <= 80 && !/[.!?]\s*$/.test(text))
}

/**
 * "Sent from my iPhone" and its kin: alone on its line, saying nothing after the device or program that it names, with
 * nothing written on after it.
 */
export function isFooter(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? '').trim()
  if (line.length < 6 || line.length > 200) return false
  if (advert.test(line)) return true
  if (!footer.test(line)) return false
  const words = line
    .replace(/<[^<>]*>|\([^()]*\)|\[[^[\]]*\]/g, '')
    .replace(/\.\s(?:get|download) (?:the|it)\b.{0,20}$/i, '')
    .trim()
  if (words.length > 90 || words.split(/\s+/).length > 13) return false
  const plain = !/[,;!?]|\.$/.test(words.replace(/[*_.]+$/, '')) && !/\.\s/.test(words)
  const next = lines[index + 1]
  return (
    plain &&
    endsWithDevice(words) &&
    (next === undefined || next.trim() === '' || /^[\s<(_-]/.test(next) || isFooterEnd(next))
  )
}

// Yahoo's line is a slogan in every language.
const advert = /^yahoo mail\s?[:–-]\s?(?:\p{L}{3,20}[,.]?\s?){2,5}$/iu
const closing = anyOf(String.raw`
  gesendet | verschickt | beziehen | herunterladen | downloaden | gönderildi | edinin | indirin | hämta | küldve | letöltése
  送信 | 传送 | 傳送 | 发送 | 發送 | を入手 | 보냄 | 다운로드
`)

// What may follow the name: a model ("S24", "15 Pro Max"), a few nouns, the verb that German and Turkish put last.
function endsWithDevice(words: string): boolean {
  const named = [...words.matchAll(new RegExp(devices.source, 'giu'))].at(-1)
  if (named === undefined) return /^sent from my\s/i.test(words) && words.split(/\s+/).length <= 6
  const rest = words.slice(named.index + named[0].length).replace(/^[\p{L}\p{M}'’“”"-]*/u, '')
  return rest
    .split(/\s+/)
    .every(
      (word) =>
        word.length <= 2 ||
        /^\p{Lu}/u.test(word) ||
        /\d|^(?:plus|mini|pro|max|ios|app|sicher|ile|meu|készülék\p{L}*|cihaz\p{L}*|lite|ultra|note|edge|device|secure|edition|saya|minha|meines?|mobil\p{L}*|של\S*|ของ\S*|của|tôi|dela|min[ae]?|µου|μου)\W?$/iu.test(
          word,
        ) ||
        closing.test(word),
    )
}

function isFooterEnd(next: string): boolean {
  return /^(?:get |https?:|<|on |\S{2,3} \d)/i.test(next) || footer.test(next)
}
