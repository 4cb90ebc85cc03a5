// `mail receive` and `mail explain`: what a mail server pipes into, and how a mail is understood.
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withStore } from '#commands/with-database.ts'
import { acceptMail } from '#desk/inbound/receive.ts'
import { reparse, type Reparsed } from '#desk/inbound/reparse.ts'
import { cacheSetup } from '#desk/setup-cache.ts'
import { systemClock } from '#kit/clock.ts'
import { explain, type Explanation } from '#mail/explain.ts'
import { createParser, type Parser } from '#mail/parser.ts'

const EX_USAGE = 64
const EX_NOINPUT = 66
const EX_TEMPFAIL = 75

export const mailReceive: Command = {
  usage: 'mail receive [--mailbox ADDRESS] < message.eml',
  about: 'Stores one mail from standard input; exits 0 only when it is stored for good, 75 when it is not.',
  run: async (args) => {
    const { values } = readArguments(mailReceive, args, { mailbox: { type: 'string' } })
    const bytes = await buffer(process.stdin)
    if (bytes.length === 0) throw new Stop(EX_USAGE, 'There was no mail on standard input.')
    const envelope = {
      from: null,
      to: values.mailbox === undefined ? [] : [values.mailbox],
      remoteAddress: null,
    }
    try {
      await withStore((store) =>
        acceptMail(
          { clock: systemClock, setup: cacheSetup(store.database), blobs: store.blobs },
          store.database,
          { bytes, envelope, source: 'pipe' },
        ),
      )
    } catch (error) {
      throw new Stop(EX_TEMPFAIL, `The mail was not stored; try again later. ${(error as Error).message}`)
    }
  },
}

export const mailReparse: Command = {
  usage: 'mail reparse [--ticket N] [--json]',
  about: 'Reads stored mail again with the reader of today and replaces bodies that come out differently.',
  run: async (args) => {
    const { values } = readArguments(mailReparse, args, {
      ticket: { type: 'string' },
      json: { type: 'boolean' },
    })
    const ticketId = values.ticket === undefined ? null : Number(values.ticket)
    if (ticketId !== null && !Number.isInteger(ticketId))
      throw new Stop(EX_USAGE, `Usage: ./docket ${mailReparse.usage}`)
    const parser = createParser()
    const progress = ({ read }: Reparsed) => {
      if (values.json !== true) console.error(`${read} mails read`)
    }
    const done = await withStore((store) => reparse(store, parser, ticketId, progress)).finally(() =>
      parser.close(),
    )
    if (values.json === true) return console.log(JSON.stringify(done))
    console.log(`${done.read} mails read, ${done.changed} changed, ${done.failed} could not be read.`)
  },
}

export const mailExplain: Command = {
  usage: 'mail explain [--json] FILE…',
  about: 'Shows how each mail is understood, one JSON line per file; needs no database.',
  run: async (args) => {
    const { positionals } = readArguments(mailExplain, args, { json: { type: 'boolean' } })
    if (positionals.length === 0) throw new Stop(EX_USAGE, `Usage: ./docket ${mailExplain.usage}`)
    const parser = createParser()
    let unread = 0
    for (const group of groupsOf(positionals, AT_ONCE)) {
      for (const explained of await Promise.all(group.map((file) => explainFile(parser, file)))) {
        if (explained === null) unread++
        else await print(`${JSON.stringify(explained)}\n`)
      }
    }
    await parser.close()
    if (unread > 0) throw new Stop(EX_NOINPUT, `${unread} of ${positionals.length} files could not be read.`)
  },
}

const AT_ONCE = 8

function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  )
}

/** One file's explanation; a file that cannot be opened is told on standard error and the rest go on. */
async function explainFile(parser: Parser, file: string): Promise<Explanation | null> {
  let raw: Buffer
  try {
    raw = await readFile(file)
  } catch (error) {
    console.error(`docket: ${file} cannot be read: ${(error as Error).message}`)
    return null
  }
  const parsed = await parser.parse(raw)
  try {
    return explain(parsed, file)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return explain({ ok: false, reason: 'unparseable', detail }, file)
  }
}

/** Waits until the reader of a pipe has taken it, so that hundreds of large mails do not pile up here. */
function print(line: string): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(line, (error) => (error ? fail(error) : done())))
}
