// A routing file, planned and applied. It is tried in a transaction that is thrown away, so that a plan finds what applying would.
import { Declined } from '#api/http/problem.ts'
import { Stop } from '#commands/command.ts'
import { applyRouting, Unknown, type Routed } from '#commands/routing-apply.ts'
import { readRoutingFile, routingAsFile, routingChanges, type RoutingFile } from '#commands/routing-file.ts'
import { withDesk } from '#commands/with-desk.ts'
import type { Desk } from '#desk/desk.ts'
import { cleanLine, cleanText } from '#mail/clean.ts'
import type { Way } from '#desk/past/routing-play.ts'
import { emptyRouting } from '#routing/book.ts'
import { readRouting } from '#routing/queue-store.ts'
import { readStaff } from '#routing/staff-store.ts'

/** Shows what a file would change. Exits 0 without changes, 2 with some, 1 with errors. */
export async function planRouting(text: string, asJson: boolean): Promise<void> {
  const changes = await withDesk((desk) => routingPlan(desk, text))
  console.log(asJson ? JSON.stringify({ changes }, null, 2) : changes.join('\n') || 'No changes.')
  if (changes.length > 0) process.exitCode = 2
}

/** Makes it so at once: routing has no drafts. */
export async function applyRoutingFile(text: string, asJson: boolean): Promise<void> {
  const changes = await withDesk((desk) => applyRoutingText(desk, text))
  if (asJson) return console.log(JSON.stringify({ changes }))
  console.log(changes.length === 0 ? 'No changes.' : [...changes, 'Routing is live.'].join('\n'))
}

/** What a text would change, a line each. Throws `Stop` with what is wrong with it. */
export async function routingPlan(desk: Desk, text: string, prunes = true): Promise<string[]> {
  const file = readOrStop(text)
  await tried(desk, file, { by: null, prunes })
  return linesOf(await routingAsFile(desk, desk.database), file, prunes)
}

/** Makes it so, and answers what that changed. Throws `Stop` with what is in the way, and changes nothing then. */
export async function applyRoutingText(
  desk: Desk,
  text: string,
  routed: Routed = { by: null, prunes: true },
): Promise<string[]> {
  const file = readOrStop(text)
  const found = linesOf(await routingAsFile(desk, desk.database), file, routed.prunes)
  if (found.length > 0)
    await told(() => desk.database.transaction((tx) => applyRouting(desk, tx, file, routed)))
  return found
}

/** Nothing in a name may steer a terminal. */
const linesOf = (...given: Parameters<typeof routingChanges>) => routingChanges(...given).map(cleanLine)

function readOrStop(text: string): RoutingFile {
  const { file, problems } = readRoutingFile(text)
  if (file === null) throw new Stop(1, [...problems, 'Routing stays as it is.'].map(cleanText).join('\n'))
  return file
}

/** The queues and skills that a desk would have with a file, and its people with their skills and teams; nothing is changed. */
export async function wayOfFile(desk: Desk, text: string): Promise<Way> {
  return tried(desk, readOrStop(text))
}

class ThrownAway extends Error {}

async function tried(desk: Desk, file: RoutingFile, routed?: Routed): Promise<Way> {
  let way: Way = { book: emptyRouting, staff: [] }
  await told(() =>
    desk.database.transaction(async (tx) => {
      await applyRouting(desk, tx, file, routed)
      way = { book: await readRouting(tx, emptyRouting), staff: await readStaff(tx) }
      throw new ThrownAway()
    }),
  )
  return way
}

async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof ThrownAway) return
    if (error instanceof Declined || error instanceof Unknown)
      throw new Stop(1, `${cleanLine(error.message)}\nRouting stays as it is.`)
    throw error
  }
}
