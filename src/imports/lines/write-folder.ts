// An export on disk: the lines, and beside them each file once.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { linesOf } from '#imports/lines/export.ts'
import { takeFile } from '#imports/lines/files.ts'
import { FILES, LINES } from '#imports/lines/source.ts'
import type { Desk } from '#desk/desk.ts'

/** Writes the whole desk into a folder; how many files were lost here. What was begun and not ended has another name. */
export async function writeFolder({ database, blobs }: Desk, folder: string): Promise<{ lostFiles: number }> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, LINES)
  const out = createWriteStream(`${path}.part`)
  const done = finished(out)
  let named: string[] = []
  let lostFiles = 0
  await database.transaction(async (tx) => {
    for await (const chunk of linesOf(tx, (sha256) => named.push(sha256))) {
      if (!out.write(chunk)) await once(out, 'drain')
      for (const sha256 of named.splice(0))
        if (!(await takeFile(blobs, join(folder, FILES), sha256))) lostFiles++
    }
  })
  out.end()
  await done
  await rename(`${path}.part`, path)
  return { lostFiles }
}
