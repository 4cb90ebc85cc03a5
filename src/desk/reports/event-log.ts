// The lives of tickets for process mining, a page of tickets at a time, with the names that the reader may know.
import type { Desk } from '#desk/desk.ts'
import type { Asker, Question } from '#desk/reports/ask.ts'
import type { NamedEvent } from '#reporting/event-log.ts'
import { nextEvents, type LogEvent } from '#reporting/event-log-store.ts'

/** Tickets that are read at once. */
const AT_ONCE = 500

/** The events of each ticket that was opened in a window, ticket by ticket. */
export async function* livesOf(
  desk: Desk,
  { asked, scope }: Question,
  people: Asker['people'],
): AsyncGenerator<readonly NamedEvent[]> {
  const { directory } = await desk.setup.now()
  const named = (all: readonly { readonly id: number; readonly name: string }[], wanted: number | null) =>
    wanted === null ? null : (all.find(({ id }) => id === wanted)?.name ?? `#${wanted}`)
  const paths = directory.categories.map(({ id, path }) => ({ id, name: path }))
  const nameOf = ({ authorId, assigneeId, teamId, categoryId, ...event }: LogEvent): NamedEvent => {
    const who = authorId ?? assigneeId
    const isKnown = people === 'everybody' || who === scope.reader.agentId
    return {
      ...event,
      resource: isKnown ? named(directory.agents, who) : null,
      team: named(directory.teams, teamId),
      category: named(paths, categoryId),
    }
  }
  for (let after = 0; ;) {
    const events = await nextEvents(desk.database, scope, asked, { after, tickets: AT_ONCE })
    for (const life of Map.groupBy(events, ({ ticketId }) => ticketId).values()) yield life.map(nameOf)
    const last = events.at(-1)?.ticketId
    if (last === undefined) return
    after = last
  }
}
