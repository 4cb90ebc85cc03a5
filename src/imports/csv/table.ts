// A CSV of strangers as rows with their lines: its encoding and delimiter are found, and no row or field is larger than it may be.
import { parse } from 'csv-parse'
import type { Open } from '#imports/files.ts'
import { Fault } from '#kit/fault.ts'

export type Form = { readonly encoding: 'utf-8' | 'windows-1252' | 'utf-16le'; readonly delimiter: string }
export type Row = { readonly line: number; readonly cells: readonly string[] }

const MOST_ROW_CHARACTERS = 2_000_000
const MOST_CELL_CHARACTERS = 1_000_000
export const MOST_COLUMNS = 300
const HEAD_CHARACTERS = 100_000

/** How the file is written. Bytes that are no UTF-8 are read as Windows-1252, which Excel writes. */
export async function formOf(open: Open): Promise<Form> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let [head, first, encoding]: [string, Uint8Array | null, Form['encoding']] = ['', null, 'utf-8']
  try {
    for await (const chunk of open()) {
      first ??= chunk
      if (chunk === first && chunk[0] === 0xff && chunk[1] === 0xfe) return formIn(first, 'utf-16le')
      const text = strict.decode(chunk, { stream: true })
      if (head.length < HEAD_CHARACTERS) head += text
    }
    strict.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    encoding = 'windows-1252'
  }
  return encoding === 'utf-8'
    ? { encoding, delimiter: delimiterOf(head) }
    : formIn(first ?? new Uint8Array(), encoding)
}

function formIn(first: Uint8Array, encoding: Form['encoding']): Form {
  return {
    encoding,
    delimiter: delimiterOf(new TextDecoder(encoding).decode(first.subarray(0, HEAD_CHARACTERS))),
  }
}

/** What stands most often in the first row outside of quotes. */
function delimiterOf(head: string): string {
  const counts = new Map([',', ';', '\t'].map((each) => [each, 0]))
  let isQuoted = false
  for (const sign of head) {
    if (sign === '"') isQuoted = !isQuoted
    else if (sign === '\n' && !isQuoted) break
    else if (!isQuoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

/** The rows, the headings first; a Fault says from which line on the file is no CSV. */
export async function* rowsOf(open: Open, { encoding, delimiter }: Form): AsyncGenerator<Row> {
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    // A quote inside of a cell that did not begin with one is a sign like others.
    relax_quotes: true,
    info: true,
    max_record_size: MOST_ROW_CHARACTERS,
  })
  const decoder = new TextDecoder(encoding)
  const feeding = feed(open, decoder, parser).catch((error: unknown) => parser.destroy(error as Error))
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>)
      yield { line: info.lines - breaksIn(record), cells: record.slice(0, MOST_COLUMNS).map(cellOf) }
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number }
    if (code?.startsWith('CSV_') !== true) throw error
    const reason = code === 'CSV_MAX_RECORD_SIZE' ? 'a row is too large' : 'a quote is not closed'
    throw new Fault(`From line ${lines ?? 0} on the file cannot be read: ${reason}`, NOT_READABLE)
  } finally {
    parser.destroy()
    await feeding
  }
}

/** A row that holds lines ends so many lines after its first. */
function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
}

const NOT_READABLE = { retryable: false, code: 'CSV' }

async function feed(
  open: Open,
  decoder: InstanceType<typeof TextDecoder>,
  parser: ReturnType<typeof parse>,
): Promise<void> {
  for await (const chunk of open()) {
    if (parser.destroyed) return
    if (!parser.write(decoder.decode(chunk, { stream: true })))
      await new Promise<void>((go) => parser.once('drain', go).once('close', go))
  }
  if (!parser.destroyed) parser.end(decoder.decode())
}

/** The headings of the first row, each once: empty ones by their place, repeated ones with a number. */
export function headingsOf({ cells }: Row): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, index) => {
    const name = cell.trim().slice(0, 190) || `Column ${index + 1}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

/** Text that the database can keep. */
function cellOf(cell: string): string {
  return cell.slice(0, MOST_CELL_CHARACTERS).replaceAll('\0', '').toWellFormed()
}
