// What a test leaves behind is put away last thing first: a server before the folder it stands in. The runner itself ends things in
// the order in which they were announced.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Running = { readonly after: (end: () => Promise<void>) => void }
type End = () => unknown

const endsOf = new WeakMap<Running, End[]>()

/** Has something done when the test is over, before what was announced earlier, and though other ends fail. */
export function atEnd(t: Running, end: End): void {
  const known = endsOf.get(t)
  if (known !== undefined) return void known.push(end)
  const ends = [end]
  endsOf.set(t, ends)
  t.after(async () => {
    const failed: unknown[] = []
    for (const each of ends.toReversed())
      await Promise.resolve()
        .then(each)
        .catch((error: unknown) => failed.push(error))
    if (failed.length > 0) throw failed[0]
  })
}

/** A folder for the length of a test. */
export function temporaryFolder(t: Running): string {
  const path = mkdtempSync(join(tmpdir(), 'docket-test-'))
  atEnd(t, () => rmSync(path, { recursive: true, force: true }))
  return path
}
