// How the parts of one statement find their ticket when it writes several: each row names its ticket's place.

/** The rows that updates write into one table, each with the place of its update, from 1. */
export function rowsOf<Write, Row extends object>(
  writes: readonly Write[],
  rows: (write: Write) => readonly Row[],
): (Row & { readonly no: number })[] {
  return writes.flatMap((write, index) => rows(write).map((row) => ({ ...row, no: index + 1 })))
}
