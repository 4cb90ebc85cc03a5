// What the package of a hand-over is made of beside the run: the customer's words, names of what it guesses, what the desk wants to know of
// every ticket and does not yet, and where the ticket would wait for whom.
import type { Considered } from '#assistant/consider.ts'
import type { PackageFacts } from '#assistant/package.ts'
import { redact } from '#assistant/redact.ts'
import { customersWords } from '#assistant/scenario-store.ts'
import type { TriageField } from '#assistant/words.ts'
import type { Gathered } from '#desk/assistant/standing.ts'
import type { Desk } from '#desk/desk.ts'
import { sceneFor } from '#desk/routing/enter.ts'
import type { CategoryId, TeamId } from '#kit/ids.ts'
import { askedBy, queueOf } from '#routing/ask.ts'
import { findMacro } from '#rules/macro-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type ToPack = {
  readonly ticket: Ticket
  readonly considered: Considered
  readonly gathered: Gathered
}

/** Gathers it for the ticket as it stands. */
export async function packageFacts(desk: Desk, tx: Transaction, packed: ToPack): Promise<PackageFacts> {
  const { ticket, considered, gathered } = packed
  const { desk: settings, directory, fields } = await desk.setup.now()
  const guessed = (field: TriageField) =>
    considered.guesses.find((each) => each.field === field && each.isKnown)?.label
  const category = directory.categories.find(({ id }) => String(id) === guessed('category'))
  const team = directory.teams.find(({ id }) => String(id) === guessed('team'))
  const macroId = considered.procedure?.macroId ?? null
  const macro = macroId === null ? null : await findMacro(tx, macroId, desk.clock.now())
  const placed: Ticket = {
    ...ticket,
    categoryId: ticket.categoryId ?? (category?.id as CategoryId | undefined) ?? null,
    teamId: ticket.teamId ?? (team?.id as TeamId | undefined) ?? null,
  }
  const words = await customersWords(tx, ticket.id, gathered.seq)
  return {
    said: [gathered.incoming.subject, ...words].map((each) => redact(each).text),
    language: settings.language,
    baseUrl: desk.baseUrl,
    category: category?.path ?? null,
    team: team?.name ?? null,
    proposal: macro?.name ?? null,
    missing: fields
      .filter(
        ({ id, requiredOnResolve, archived }) => requiredOnResolve && !archived && !(id in ticket.fields),
      )
      .map(({ label }) => label),
    ...(await waitsFor(desk, tx, placed, considered)),
    answersBefore: gathered.standing.ownTurns,
  }
}

/** The queue that would take it and the skills that it would ask for, as it would be sorted. */
async function waitsFor(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  { guesses }: Considered,
): Promise<Pick<PackageFacts, 'queue' | 'skills'>> {
  const setup = await desk.setup.now()
  const { routing } = setup
  const read = guesses
    .filter(({ field, isKnown }) => field === 'skill' && isKnown)
    .map(({ label }) => Number(label))
  const named = (ids: readonly number[]) =>
    routing.skills.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  if (routing.queues.length === 0) return { queue: undefined, skills: named(read) }
  const scene = await sceneFor(tx, ticket, setup, desk.clock.now())
  const queue = routing.queues.find(({ id }) => id === ticket.queueId) ?? queueOf(routing, scene)
  const asked = queue === null ? [] : askedBy(routing, queue, scene).map(({ skillId }) => skillId)
  return { queue: queue?.title ?? null, skills: named([...asked, ...read]) }
}
