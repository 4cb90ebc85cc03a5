// How a simulation sorts: the category always, for modes follow it, and every other field that its configuration does not leave alone. Learnt
// anew along the way from what was over by then, and held to what people made of each ticket in the end.
import { labelledTexts } from '#assistant/classifier-store.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import type { Sorted } from '#assistant/simulation.ts'
import type { PastTicket } from '#assistant/simulation-store.ts'
import type { Guessed } from '#assistant/triage.ts'
import { triageFields } from '#assistant/words.ts'
import { priorsOf } from '#desk/assistant/learn.ts'
import type { AssistantReader } from '#desk/assistant/reader.ts'
import type { Desk } from '#desk/desk.ts'
import type { Instant } from '#kit/time.ts'

export type Sorting = {
  /** Learns from tickets that were over, in order of time. */
  readonly learn: (known: readonly PastTicket[]) => Promise<void>
  /** Guesses about a ticket beside what people made of it. */
  readonly heldTo: (ticket: PastTicket, guesses: readonly Guessed[]) => Sorted[]
}

/** What people called everything until a moment, read once. */
export async function sortingBy(
  desk: Desk,
  reader: AssistantReader,
  config: AssistantConfig,
  until: Instant,
): Promise<Sorting> {
  const db = desk.database
  const fields = await Promise.all(
    triageFields
      .filter((field) => field === 'category' || config.triage[field] !== 'off')
      .map(async (field) => {
        const texts = field === 'category' ? [] : await labelledTexts(db, field, until)
        const given = new Map(texts.map(({ ticketId, labels }) => [ticketId, labels]))
        const labelsOf = ({ ticketId, lastCategory }: PastTicket) =>
          field !== 'category'
            ? given.get(ticketId)
            : lastCategory === null
              ? undefined
              : [String(lastCategory)]
        return { field, labelsOf, priors: await priorsOf(db, field) }
      }),
  )
  return {
    learn: async (known) => {
      for (const { field, labelsOf, priors } of fields) {
        const examples = known.flatMap((ticket) => {
          const labels = labelsOf(ticket)
          return labels === undefined ? [] : [{ text: `${ticket.subject}\n${ticket.text}`, labels }]
        })
        if (examples.length + priors.length === 0) continue
        await reader.ask({ kind: 'learn', field, examples, priors, isKept: false })
      }
    },
    heldTo: (ticket, guesses) =>
      fields.flatMap(({ field, labelsOf }) => {
        const given = labelsOf(ticket)
        if (given === undefined) return []
        return guesses
          .filter((each) => each.field === field && (each.isKnown || field === 'category'))
          .map(({ label, isSure }) => ({ field, isRight: given.includes(label), isSure }))
      }),
  }
}
