// Where mails lie: mbox files, a Maildir with its folders, or an mbox that was uploaded. They are gone through once, and read again one by
// one.
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { mailsIn, momentInLine, unpacked } from '#imports/mails/mbox.ts'
import { fromDisk, fromStore, type Open } from '#imports/files.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import { instant, type Instant } from '#kit/time.ts'
import { limits } from '#mail/limits.ts'

/** Where a mail lies: the number of its file, and the bytes that it takes up there. */
export type Where = { readonly file: number; readonly start: number; readonly end: number }

export type Found = {
  readonly where: Where
  /** Null: larger than a mail may be, or gone since the box was opened. */
  readonly raw: Buffer | null
  readonly isGone?: boolean
  /** When it came, as the box has it. */
  readonly cameAt: Instant | null
  /** The name of its folder. */
  readonly folder: string
  /** What the name of its file says of it, as Maildir writes it. */
  readonly flags: string
}

export type Box = {
  readonly mails: () => AsyncGenerator<Found>
  readonly read: (where: Where) => Promise<Buffer>
  /** Where it lies, in words for a person. */
  readonly placeOf: (where: Where) => string
}

type File = {
  readonly name: string
  readonly chunks: Open
  readonly bytes: (start: number, end: number) => Promise<Buffer>
}

/** An mbox, or all that lie in a folder, such as a Thunderbird profile or a Takeout. */
export async function mboxOnDisk(path: string): Promise<Box> {
  const root = await stat(path).catch((cause: Error) => {
    throw unreadable(path, cause)
  })
  if (!root.isDirectory()) return mboxOf([fileOnDisk(path, basename(path))])
  const files: File[] = []
  for (const each of await filesIn(path))
    if (await isMbox(each)) files.push(fileOnDisk(each, relative(path, each)))
  if (files.length === 0) throw new Fault(`There is no mbox in ${path}`, { retryable: false, code: 'MBOX' })
  return mboxOf(files)
}

/** An mbox that was uploaded: small enough to be held whole. */
export function mboxInStore(desk: Desk, id: number, name: string): Box {
  const chunks = fromStore(desk, id)
  let whole: Promise<Buffer> | null = null
  const bytes = async (start: number, end: number) => {
    whole ??= Array.fromAsync(chunks()).then((parts) => Buffer.concat(parts))
    return (await whole).subarray(start, end)
  }
  return mboxOf([{ name, chunks, bytes }])
}

/** An mbox whose bytes are here. */
export function mboxOfBytes(chunks: Open, name: string): Box {
  return mboxOf([{ name, chunks, bytes: () => Promise.reject(new Error('Bug: it is only looked at')) }])
}

function mboxOf(files: readonly File[]): Box {
  const fileOf = ({ file }: Where): File => {
    const found = files[file]
    if (found === undefined) throw new Error('Bug: a mail of a file that is not there')
    return found
  }
  return {
    async *mails() {
      for (const [file, { name, chunks }] of files.entries()) {
        const folder = name.replace(/\.(?:mbox|mbx)$/i, '')
        for await (const { start, end, bytes } of mailsIn(chunks())) {
          const { raw, first } = bytes === null ? { raw: null, first: '' } : unpacked(bytes)
          yield { where: { file, start, end }, raw, cameAt: momentInLine(first), folder, flags: '' }
        }
      }
    },
    read: async (where) => unpacked(await fileOf(where).bytes(where.start, where.end)).raw,
    placeOf: (where) => `${fileOf(where).name}, byte ${where.start}`,
  }
}

function fileOnDisk(path: string, name: string): File {
  return {
    name,
    chunks: fromDisk(path),
    bytes: async (start, end) => {
      const file = await open(path).catch((cause: Error) => {
        throw unreadable(path, cause)
      })
      try {
        const buffer = Buffer.alloc(end - start)
        const { bytesRead } = await file.read(buffer, 0, buffer.length, start)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}

function unreadable(path: string, cause: Error): Fault {
  return new Fault(`${path} cannot be read: ${cause.message}`, { retryable: false, cause })
}

async function isMbox(path: string): Promise<boolean> {
  const head = await fileOnDisk(path, '').bytes(0, 5)
  return head.toString('latin1') === 'From '
}

/** All files of a folder and of those within, in the order of their names. Links lead elsewhere and are left. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: Error) => {
    throw unreadable(folder, cause)
  })
  const found: string[] = []
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await filesIn(path)))
    else if (entry.isFile()) found.push(path)
  }
  return found
}

export const GONE = 'it was moved or deleted while the box was read'

/** Where a mail of a Maildir lies by now: whoever reads it renames its file. Null when it is gone. */
async function standing(place: string): Promise<string | null> {
  if ((await stat(place).catch(() => null)) !== null) return place
  const [name = ''] = basename(place).split(/[:;!]2,/)
  for (const folder of ['cur', 'new']) {
    const beside = join(place, '..', '..', folder)
    const found = (await readdir(beside).catch(() => [])).find((each) => each.split(/[:;!]2,/)[0] === name)
    if (found !== undefined) return join(beside, found)
  }
  return null
}

/** A Maildir: https://cr.yp.to/proto/maildir.html, its folders beside each other (`.Sent`) or within. */
export async function maildirOnDisk(path: string): Promise<Box> {
  const files = (await filesIn(path)).filter((each) => /[\\/](?:cur|new)[\\/][^\\/]+$/.test(each))
  if (files.length === 0)
    throw new Fault(`There is no Maildir in ${path}: no folder cur or new with a mail in it`, {
      retryable: false,
      code: 'MAILDIR',
    })
  const names = files.map((each) => relative(path, each))
  const placeOf = ({ file }: Where) => names[file] ?? ''
  const read = async (where: Where) => {
    const place = await standing(join(path, placeOf(where)))
    if (place === null) throw new Fault(GONE, { retryable: false })
    return readFile(place).catch((cause: Error) => {
      throw unreadable(place, cause)
    })
  }
  return {
    async *mails() {
      for (const [file, name] of names.entries()) {
        const place = await standing(join(path, name))
        const size = place === null ? null : ((await stat(place).catch(() => null))?.size ?? null)
        const where = { file, start: 0, end: size ?? 0 }
        if (size === null) {
          yield { where, raw: null, isGone: true, cameAt: null, folder: '', flags: '' }
          continue
        }
        const raw = size > limits.bytes ? null : await read(where)
        const folder = name.replace(/[\\/]?(?:cur|new)[\\/][^\\/]+$/, '').replace(/^\./, '') || 'INBOX'
        const flags = /[:;!]2,([A-Za-z]*)$/.exec(name)?.[1] ?? ''
        const seconds = /^(\d{9,10})\./.exec(basename(name))?.[1]
        const cameAt = seconds === undefined ? null : instant(Number(seconds) * 1_000)
        yield { where, raw, cameAt, folder, flags }
      }
    },
    read,
    placeOf,
  }
}
