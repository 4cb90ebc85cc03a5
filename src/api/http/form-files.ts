// What a form or a chat was sent with: its fields, and its files, which go to disk as they come and are kept only when they become
// part of something.
import type { FastifyRequest } from 'fastify'
import { readFile } from 'node:fs/promises'
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { noteUnused } from '#store/unused-blobs-store.ts'
import { createTurns } from '#kit/turns.ts'
import type { Filled } from '#setup/form.ts'
import type { Blobs, Spooled } from '#store/blobs.ts'
import type { NewAttachmentRow } from '#tickets/write/message-store.ts'

const MOST_FILES = 5
/** What a form without files says in one field. */
const MOST_PLAIN_TEXT = 400_000
const MOST_BYTES = 10_000_000
const MOST_TEXT = 1_000_000
export const MOST_FORM_BYTES = MOST_FILES * MOST_BYTES + 2_000_000

export type File = { readonly name: string; readonly type: string; readonly spooled: Spooled }

/** Reads a form, and drops its files when `use` is done with it. Files without a byte are counted and left out. */
export async function withForm<Result>(
  request: FastifyRequest,
  blobs: Blobs,
  withFiles: boolean,
  use: (filled: Filled, files: readonly File[], empty: number) => Promise<Result>,
): Promise<Result> {
  const filled: Record<string, string[]> = {}
  const files: File[] = []
  let left = MOST_TEXT
  // Where no files are wanted none reaches the disk.
  const sizes = withFiles
    ? { files: MOST_FILES, fieldSize: MOST_TEXT }
    : { files: 0, fieldSize: MOST_PLAIN_TEXT }
  const limits = { ...sizes, fileSize: MOST_BYTES, fields: 300, parts: 310 }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        const value = String(part.value)
        left -= value.length
        if (part.valueTruncated || left < 0) decline('too-large', 'The form says more than it may.')
        const values = (filled[part.fieldname] ??= [])
        values.push(clean(value))
      } else {
        const spooled = await blobs.receive(part.file)
        files.push({ name: nameOf(part), type: part.mimetype, spooled })
        if (part.file.truncated) decline('too-large', 'A file is larger than this form takes.')
      }
    }
    const full = withFiles ? files.filter(({ spooled }) => spooled.size > 0) : []
    return await use(filled, full, files.length - full.length)
  } finally {
    await Promise.all(files.map(({ spooled }) => spooled.drop()))
  }
}

/** Browsers send the place of a file as an empty one without a name where none was chosen. */
function nameOf({ filename }: { readonly filename?: string }): string {
  return clean(filename ?? '').slice(0, 200) || 'file'
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** Files as the attachments that they become once they are kept. */
function rowsOf(files: readonly File[]): NewAttachmentRow[] {
  return files.map(({ name, type, spooled: { sha256, size } }) => ({
    sha256,
    name,
    type,
    size,
    contentId: null,
    inline: false,
  }))
}

/**
 * Keeps files as attachments, before the transaction that says whose they are. They count as let go until then, for good, so that what
 * is refused after all is swept.
 */
export async function keepFiles(
  { database }: Pick<Desk, 'database'>,
  files: readonly File[],
): Promise<NewAttachmentRow[]> {
  await noteUnused(
    database,
    files.map(({ spooled }) => spooled.sha256),
  )
  for (const { spooled } of files) await spooled.keep()
  return rowsOf(files)
}

const inTurn = createTurns()

/** Reads files whole for `use`, one form at a time: a mail is made of them. */
export function withBytes<Result>(
  files: readonly File[],
  use: (files: readonly { name: string; type: string; bytes: Buffer }[]) => Promise<Result>,
): Promise<Result> {
  return inTurn(async () => {
    const read = files.map(async ({ name, type, spooled }) => ({
      name,
      type,
      bytes: await readFile(spooled.path),
    }))
    return use(await Promise.all(read))
  })
}
