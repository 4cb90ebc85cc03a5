// What customers attach: a photo of a lamp in a dark room, or the invoice as a PDF. Drawn here, so that no picture has to be carried along.
import { crc32, deflateSync } from 'node:zlib'
import type { Desk } from '#desk/desk.ts'
import type { Story } from './story.ts'

/** The file of a story, stored; who writes about money attaches the invoice. */
export async function fileOf(desk: Desk, { subject, fields, requester, html }: Story) {
  const isInvoice = isAboutMoney(subject)
  const order = fields.orderNumber || 'LL-00000'
  const bytes = isInvoice
    ? pdfOf([
        [
          'Lumen & Lark',
          `Invoice ${order.replace('LL', 'INV')}`,
          `For ${plain(requester.name)}`,
          `Order ${order}`,
        ],
        ['Terms', 'Payment within 14 days. Three years of warranty.'],
      ])
    : photo()
  return {
    sha256: await desk.blobs.put(bytes),
    name: isInvoice ? `invoice-${order}.pdf` : 'photo.png',
    type: isInvoice ? 'application/pdf' : 'image/png',
    size: bytes.length,
    contentId: html && !isInvoice ? PHOTO : null,
    inline: html && !isInvoice,
  }
}

const isAboutMoney = (subject: string) =>
  /invoice|refund|charge|rechnung|erstatt|facture|factura|bill/i.test(subject)

const PHOTO = 'photo@mail.example'
/** Who writes in HTML puts the photo between the words. */
export const pictureIn = ({ attachment, html, subject }: Story): string =>
  attachment && html && !isAboutMoney(subject) ? `<p><img src="cid:${PHOTO}" alt="photo.png"></p>` : ''

/** The letters of a PDF's own fonts. */
const plain = (text: string) => text.normalize('NFD').replace(/[^\x20-\x7e]/g, '')

/** A PDF (ISO 32000-1) of plain pages, each of a few lines. */
export function pdfOf(pages: readonly (readonly string[])[]): Buffer {
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`).join(' ')
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  for (const [at, lines] of pages.entries()) {
    const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj 0 -32 Td`).join(' ')
    const drawn = `BT /F1 20 Tf 72 740 Td ${shown} ET`
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + 2 * at} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
      `<</Length ${drawn.length}>>stream\n${drawn}\nendstream`,
    )
  }
  let text = '%PDF-1.4\n'
  const places: string[] = []
  for (const [at, object] of objects.entries()) {
    places.push(`${String(text.length).padStart(10, '0')} 00000 n \n`)
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  return Buffer.from(
    `${text}${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  )
}

const [WIDTH, HEIGHT] = [320, 200]
let drawnPhoto: Buffer | null = null

/** Warm light in a dark room, as a PNG (RFC 2083). */
function photo(): Buffer {
  if (drawnPhoto !== null) return drawnPhoto
  const rows = Buffer.alloc(HEIGHT * (1 + 3 * WIDTH))
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const far = Math.hypot((x - 160) / 90, (y - 70) / 70)
      const light = Math.exp(-far * far)
      rows.set([24 + 228 * light, 20 + 190 * light, 28 + 92 * light], y * (1 + 3 * WIDTH) + 1 + 3 * x)
    }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return (drawnPhoto = Buffer.concat([signature, ...chunks]))
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
