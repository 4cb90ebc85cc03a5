// The block of From:, Sent:, To:, Subject: that Outlook and others put over the mail they answer or forward, in the
// languages they speak, and the "-----Original Message-----" line before it.
import { anyOf, isOneOf } from '#mail/phrases.ts'

type Key = 'from' | 'sent' | 'to' | 'cc' | 'subject'

const names: Readonly<Record<Key, string>> = {
  from:
    'from|von|de|de la|da|del|missatge de|van|fra|från|od|od koho|lähettäjä|feladó|от|від|від кого|отправитель|από|gönderen|kimden|từ|' +
    'dari|expéditeur|remitente|remetente|mittente|afzender|avsender|avsändare|nadawca|発信者|差出人|送信元|发件人|寄件者|寄件人|보낸 사람|보낸사람|발신|מאת|من|از|จาก|no|nuo|daripada|nork|dërguesi|इनकी ओर से',
  sent:
    'sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada|enviada em|fecha|data|inviato|' +
    'verzonden|verzonden op|sendt|dato|skickat|wysłano|wysłane|odesláno|dátum|lähetetty|päivämäärä|päiväys|elküldve|küldve|' +
    'отправлено|дата|надіслано|ημερομηνία|στάλθηκε|gönderildi|gönderme tarihi|tarih|ngày|trimis|poslano|saatja|送信日時|日付|' +
    '日時|发送时间|发送日期|日期|寄件日期|보낸 날짜|날짜|נשלח|תאריך|تاريخ|تم الإرسال|ارسال|ส่ง|วันที่|đã gửi|nosūtīts|datums|išsiųsta|saadetud|kuupäev|poslato|dikirim|dihantar|tanggal|odoslané|isprati|изпратено|enviat|message du|date d.envoi',
  to:
    'to|an|à|a|per a|para|aan|til|till|do|komu|vastaanottaja|címzett|кому|до|προς|kime|đến|kepada|către|za|prejemnik|宛先|' +
    '收件人|받는 사람|받는사람|אל|إلى|destinataire|destinatario|destinatário|ถึง|pour|kam|adressaat|saaja|prima|ke|tới|به|받은 사람|수신|alıcı|nori',
  cc: 'cc|bcc|kopie|copie|copie à|copia|kopi|kopia|dw|копия|копія|kopio|másolat|bilgi|抄送|副本|参照|참조|עותק|reply-to|responder a|répondre à|antwort an|importance|priority|attachments',
  subject:
    'subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|temat|předmět|predmet|aihe|tárgy|тема|θέμα|' +
    'konu|chủ đề|subjek|subiect|zadeva|teema|件名|主题|主旨|標題|제목|נושא|الموضوع|เรื่อง|sujet|perihal|tēma|относно|موضوع|tittel|naslov|gaia',
}
const kinds = Object.entries(names).map(([key, list]) => [key, new Set(list.split('|'))] as const)
const keyLine =
  /^[\s>]{0,20}[*_]{0,2}([^\s:：*_<>@][^:：<>@\n]{0,24}?)\s{0,3}[*_]{0,2}\s{0,3}[:：][*_]{0,2}(.*)$/u
const mostLines = 12

export type HeaderBlock = {
  /** How many lines it has. */
  readonly lines: number
  readonly from: string | null
}

/**
 * The header block that begins at `index`, or null. It needs two kinds of headers and an address, a subject or a
 * rule above, so that "From: Paris / To: London" in somebody's text is none.
 */
export function headerBlockAt(lines: readonly string[], index: number): HeaderBlock | null {
  const first = headerAt(lines[index])
  if (first === null) return foreignBlockAt(lines, index)
  if (first.key === 'to' || first.key === 'cc') return null
  const found = new Map<Key, string>()
  let last: Key = first.key
  let count = 0
  for (; count < mostLines; count++) {
    const line = lines[index + count]
    if (line === undefined || line.replace(/^[\s>]+/, '') === '') break
    const header = headerAt(line)
    if (header !== null) {
      last = header.key
      if (!found.has(header.key)) found.set(header.key, header.value)
    } else if (found.size >= 4 || line.length > 300) break
    else found.set(last, `${found.get(last) ?? ''} ${line.trim()}`)
  }
  const values = [...found.values()].join(' ')
  const ruledOff =
    isRule(lines[index - 1] ?? '') || (isRule(lines[index - 2] ?? '') && lines[index - 1]?.trim() === '')
  const telling = values.includes('@') || (found.has('subject') && found.size >= 3) || ruledOff
  if (found.size < 2 || !telling || (!found.has('from') && !found.has('sent'))) return null
  return { lines: count, from: found.get('from')?.trim() ?? null }
}

// A language that we do not know: four or more labelled lines, a sender's name with address, then a date with its time.
function foreignBlockAt(lines: readonly string[], index: number): HeaderBlock | null {
  if ((lines[index - 1] ?? '').trim() !== '' && !isRule(lines[index - 1] ?? '')) return null
  const values: string[] = []
  for (
    let line = lines[index];
    line !== undefined && values.length < mostLines;
    line = lines[index + values.length]
  ) {
    const value = line.length > 500 ? undefined : keyLine.exec(line)?.[2]?.trim()
    if (value === undefined || value === '') break
    values.push(value)
  }
  const [from = '', sent = ''] = values
  const dated = /\d{4}/.test(sent) && /\d{1,2}[:.]\d{2}/.test(sent)
  if (values.length < 4 || !/\S\s*<[^<>\s@]{1,80}@[^<>\s@]{2,200}>$/.test(from) || !dated) return null
  return { lines: values.length, from }
}

function headerAt(line: string | undefined): { readonly key: Key; readonly value: string } | null {
  if (line === undefined || line.length > 2000) return null
  const match = keyLine.exec(line)
  if (match === null) return null
  const name = (match[1] ?? '').trim().toLowerCase()
  const kind = kinds.find(([, list]) => list.has(name))?.[0]
  return kind === undefined ? null : { key: kind as Key, value: (match[2] ?? '').trim() }
}

const original = anyOf(String.raw`
  original | reply message | origin\p{L}* | urspr[üu]ng | antwort.?nachricht | oprindelig | opprinnelig | oorspronkelijk
  message d['’]origine | message transféré | messaggio | mensaje | mensagem | wiadomość | исходное | початкове | оригінальне | původní | pôvodná | alkuperäinen
  eredeti | orijinal | mesaj original | αρχικό | tin nhắn gốc | 原始邮件 | 原邮件 | 原始郵件 | 元のメッセージ | 원본 | ההודעה המקורית
`)
const forwarded = anyOf(String.raw`
  forwarded | weitergeleitet | transféré | réexpédié | inoltrato | reenviado | encaminhad | doorgestuurd | vidarebefordrat
  videresendt | przekazan | пересылаем | переслан | přeposlan | välitetty | továbbított | iletilen | 转发 | 轉寄 | 転送 | 전달
`)
const rule = /^[\s>]{0,10}[-_=—–‐*]{2,}\s{0,3}([^\n]{3,60}?)\s{0,3}[-_=—–‐*]{2,}\s*$/u
const begin =
  /^[\s>]{0,10}(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)|inizio messaggio inoltrato|inicio del mensaje reenviado|início da mensagem reencaminhada|begin doorgestuurd bericht|vidarebefordrat brev|videresendt besked)\s?:/iu
const replyAbove =
  /(?:reply|respond|write|antwort\p{L}*|répon\p{L}*|respond\p{L}*|responda) .{0,40}(?:above|oberhalb|au-dessus|encima|acima) .{0,30}(?:line|linie|zeile|ligne|línea|linha)/iu
const separators = isOneOf(String.raw`[\s>]*[-_=—–*]{3,}\s*`)

/** Whether a line announces the mail that is answered (`original`) or forwarded; null when it does not. */
export function announcement(line: string): 'original' | 'forwarded' | null {
  if (line.length > 200) return null
  if (begin.test(line)) return 'forwarded'
  const words = rule.exec(line)?.[1]
  if (words !== undefined) {
    if (forwarded.test(words)) return 'forwarded'
    if (original.test(words)) return 'original'
  }
  return replyAbove.test(line) && /^[\s>#*=_-]/.test(line) ? 'original' : null
}

/** "Original Message" with nothing around it, or any words between rules; they announce something only right above a header block. */
export function isBareAnnouncement(line: string): boolean {
  const words = line.trim()
  if (line.length < 200 && rule.test(line)) return true
  return (
    words.length < 40 && words.split(/\s+/).length <= 4 && (original.test(words) || forwarded.test(words))
  )
}

/** A line of nothing but dashes, underscores or the like. */
export function isRule(line: string): boolean {
  return line.length < 200 && separators.test(line)
}
