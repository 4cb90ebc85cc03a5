// A report as screen, API, export and command all ask for it, and the list behind each of its numbers.
import type { Desk } from '#desk/desk.ts'
import { namesFor, type Question } from '#desk/reports/ask.ts'
import { isFilled } from '#reporting/fill-store.ts'
import { measures, type Measure } from '#reporting/measures.ts'
import { summarise, thingsBehind, type Place, type Thing } from '#reporting/report-store.ts'
import { makeReport, type Report } from '#reporting/report.ts'
import type { Db } from '#store/database.ts'

/** Answers a question. `complete` is false while rows of older tickets are still being made. */
export async function report(
  desk: Desk,
  db: Db,
  { asked, begins, scope }: Question,
): Promise<Report & { readonly complete: boolean }> {
  const summaries = await summarise(db, asked, begins, scope)
  const nameOf = namesFor(await desk.setup.now(), asked.by)
  const made = makeReport({ asked, begins, summaries, nameOf, now: scope.now })
  return { ...made, complete: await isFilled(db) }
}

/** Which number: of the bucket that begins at `at`, of a group; of all where they are not given. */
export type Which = { readonly at?: string | undefined; readonly group?: string | null | undefined }

/** What a number counts, the oldest first; null when the report has no such bucket. */
export async function behindNumber(
  db: Db,
  { asked, begins, scope }: Question,
  { at, group }: Which,
  page: { readonly limit: number; readonly after: Place | null },
): Promise<Thing[] | null> {
  const place = at === undefined ? -1 : begins.findIndex((begin) => Date.parse(begin) === Date.parse(at))
  if (at !== undefined && place === -1) return null
  const { source }: Measure = measures[asked.key]
  // A backlog is as it stood at an end: what counts is the end alone.
  const from = begins[place] ?? asked.from
  const to = at === undefined ? asked.to : (begins[place + 1] ?? asked.to)
  const window = source.from === 'backlog' || source.from === 'ages' ? { from: asked.from, to } : { from, to }
  return thingsBehind(db, asked, { window, group }, scope, page)
}
