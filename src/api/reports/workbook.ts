// A workbook of one sheet (XLSX, ISO/IEC 29500), written as its rows come: however many they are, few are held at a time.
import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import yazl from 'yazl'
import { escapedXml, sayableXml } from '#kit/escaped.ts'

export type Line = readonly (string | number | boolean | null | undefined)[]

/** As many rows as a sheet has (Excel specifications and limits), the head among them; and letters in a cell. */
const MOST_ROWS = 1_048_576
const MOST_LETTERS = 32_767
const CUT = 'There is more than a sheet holds: take CSV.'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** All that does not depend on the rows; the second style is that of the head. */
const parts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${SHEET}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
}

/** The file as a stream; whoever goes away before its end has it ended. */
export function workbookOf(head: readonly string[], lines: AsyncIterable<Line>): Readable {
  const zip = new yazl.ZipFile()
  const out = zip.outputStream as PassThrough
  const sheet = Readable.from(sheetOf(head, lines), { objectMode: false })
  sheet.on('error', (error) => out.destroy(error))
  void once(out, 'close')
    .catch(() => {})
    .then(() => sheet.destroy())
  for (const [path, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(`${XML}${text}`), path)
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml')
  zip.end()
  return out
}

async function* sheetOf(head: readonly string[], lines: AsyncIterable<Line>): AsyncGenerator<string> {
  yield `${XML}<worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rowOf(head, 1)}`
  let [rows, waiting] = [1, '']
  for await (const line of lines) {
    if (++rows === MOST_ROWS) {
      waiting += rowOf([CUT])
      break
    }
    waiting += rowOf(line)
    if (waiting.length < 65_536) continue
    yield waiting
    waiting = ''
  }
  yield `${waiting}</sheetData></worksheet>`
}

function rowOf(line: Line, style = 0): string {
  return `<row>${line.map((value) => cellOf(value, style === 0 ? '' : ` s="${style}"`)).join('')}</row>`
}

/** Text is written as text: a cell that begins like a formula is none. */
function cellOf(value: Line[number], style: string): string {
  if (value === null || value === undefined) return '<c/>'
  if (typeof value === 'number') return `<c${style}><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c${style} t="b"><v>${Number(value)}</v></c>`
  // What looks like an escape of this format (22.9.2.19, ST_Xstring) is none, also once what XML cannot say is gone from it.
  const text = sayableXml(value.slice(0, MOST_LETTERS)).replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
  return `<c${style} t="inlineStr"><is><t xml:space="preserve">${escapedXml(text)}</t></is></c>`
}
