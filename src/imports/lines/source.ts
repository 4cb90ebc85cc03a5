// Our own lines as a source: read line by line, whatever their number; broken ones are set aside with their reason.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { movedRefs, refsOf } from '#imports/import-store.ts'
import { outcomeOf, type Result } from '#imports/counts.ts'
import { bringFiles } from '#imports/lines/files.ts'
import { brokenOf, type Ready, type Telling } from '#imports/lines/telling.ts'
import { plural, tableOf, withFile } from '#imports/lines/tables.ts'
import { asColumns } from '#imports/lines/in-store.ts'
import { readLine, type Header, type RowLine, type TicketLine } from '#imports/lines/read-line.ts'
import { tellRows } from '#imports/lines/tell-rows.ts'
import { reckonAhead, tellTickets } from '#imports/lines/tell-tickets.ts'
import { fromDisk } from '#imports/files.ts'
import { linesBehind, type Placed } from '#imports/text-lines.ts'
import { versionOf } from '#imports/version.ts'
import type { Batch, Ending, Source } from '#imports/run.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

export const LINES = 'docket.jsonl'
export const FILES = 'files'
const AT_ONCE = 100
/** A batch and the next lie in memory several times over. */
const MOST_AT_ONCE = 4_000_000

/** The file of a path: itself, or the one that an export left in the folder. */
export function fileOf(path: string): string {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, LINES) : path
  if (!existsSync(file)) throw new Fault(`There is no ${file}`, { retryable: false, code: 'ENOENT' })
  return file
}

/** The lines of a file; its attachments lie in the folder beside it. */
export async function linesSource(desk: Desk, path: string): Promise<Source<Placed, Ready>> {
  const file = fileOf(path)
  const header = await headerOf(file)
  const name = `docket:${header.desk}`
  const others = await movedRefs(desk.database, name)
  const telling: Telling = { desk, name, header, others, movings: new Map() }
  const folder = join(file, '..', FILES)
  return {
    name,
    kind: 'jsonl',
    batches: (from) => batchesOf(file, from),
    ready: async (lines) =>
      reckonAhead(telling, await Promise.all(lines.map((line) => withFiles(desk, folder, readyOf(line))))),
    tell: async (tx, run, ready) => {
      const results: Result[] = []
      for (const [kind, some] of Map.groupBy(ready, (each) => ('problem' in each ? '' : each.kind))) {
        if (kind === '') results.push(...some.flatMap(brokenOf))
        else if (kind === 'tickets') results.push(...(await tellTickets(tx, telling, run, some)))
        else results.push(...(await tellRows(tx, telling, run, kind, some)))
      }
      return results
    },
    look: (lines) => look(desk, name, lines.map(readyOf)),
  }
}

async function headerOf(file: string): Promise<Header> {
  for await (const { text } of linesBehind(fromDisk(file), 0)) {
    const read = readLine(text)
    if ('line' in read && read.line.kind === 'docket') {
      if ((read.line as Header).version > 1)
        throw new Fault('The file is of a newer Docket than this one', { retryable: false, code: 'VERSION' })
      return read.line as Header
    }
    break
  }
  throw new Fault('The file does not begin with the line that says what it is', {
    retryable: false,
    code: 'HEADER',
  })
}

/** Batches of lines of one kind; the last line says how many there are, and without it the file is not whole. */
async function* batchesOf(file: string, from: unknown): AsyncGenerator<Batch<Placed>, Ending> {
  let batch: Placed[] = []
  let [kind, read, said, size] = ['', 0, -1, 0]
  for await (const line of linesBehind(fromDisk(file), typeof from === 'number' ? from : 0)) {
    read = line.at
    const next = kindOf(line.text)
    if (next === 'docket') continue
    if (next === 'end') {
      const end = readLine(line.text)
      said = 'line' in end && 'lines' in end.line ? end.line.lines : -1
      continue
    }
    const isFull = batch.length === AT_ONCE || size + line.text.length > MOST_AT_ONCE
    if (batch.length > 0 && (isFull || next !== kind)) {
      yield batchOf(batch)
      batch = []
      size = 0
    }
    kind = next
    batch.push(line)
    size += line.text.length
  }
  if (batch.length > 0) yield batchOf(batch)
  const reason =
    said === -1 ? 'the file ends before its last line' : 'the file has other lines than its last one says'
  const complete = said === read
  return {
    complete,
    problems: complete ? [] : [{ kind: 'file', id: `line ${read}`, outcome: 'failed', reason }],
  }
}

function batchOf(items: readonly Placed[]): Batch<Placed> {
  return { items, positionAfter: (done) => items[done - 1]?.at }
}

/** Enough to part lines by: they are written with their kind first. */
function kindOf(text: string): string {
  return /^\s*\{\s*"kind"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? ''
}

function readyOf({ at, text }: Placed): Ready {
  const read = readLine(text)
  const place = { kind: plural(kindOf(text) || 'line'), id: `line ${at}` }
  if ('problem' in read) return { ...place, problem: read.problem }
  const { line, mended } = read
  if (line.kind === 'docket' || line.kind === 'end') return { ...place, problem: 'such a line stands once' }
  const known = { kind: plural(line.kind), version: versionOf(text), mended }
  return 'row' in line
    ? { ...known, id: nameOf(line), line }
    : { ...known, id: String((line as TicketLine).id), line: line as TicketLine }
}

/** A row by its number, or by what it is known by. */
function nameOf({ kind, row }: RowLine): string {
  const { id, key = [] } = tableOf(kind) ?? {}
  const columns = asColumns(row)
  return id == null ? key.map((column) => String(columns[column])).join(' ') : String(columns[id])
}

/** The files of a ticket, an article or a macro lie on disk before it is told. */
async function withFiles(desk: Desk, folder: string, ready: Ready): Promise<Ready> {
  if ('problem' in ready) return ready
  const missing = await bringFiles(desk.blobs, folder, filesOf(ready.line))
  return missing === 0 ? ready : { ...ready, lacks: 'a file of it is missing' }
}

function filesOf(line: TicketLine | RowLine): string[] {
  if (!('row' in line)) return line.messages.flatMap(({ files }) => files.map(({ sha256 }) => sha256))
  return withFile.includes(line.kind) ? [String(line.row['sha256'])] : []
}

async function look(desk: Desk, name: string, ready: readonly Ready[]): Promise<Result[]> {
  const results: Result[] = ready.flatMap(brokenOf)
  for (const [kind, some] of Map.groupBy(ready, (each) => each.kind)) {
    const refs = await refsOf(
      desk.database,
      name,
      kind,
      some.map(({ id }) => id),
    )
    for (const each of some)
      if ('version' in each)
        results.push({ kind, id: each.id, outcome: outcomeOf(refs.get(each.id)?.version, each.version) })
  }
  return results
}
