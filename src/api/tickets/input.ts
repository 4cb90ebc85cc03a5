// What callers name by word or id, resolved once: teams, agents, categories, tags, fields. A 400 names what is unknown.
import { declineInput } from '#api/http/problem.ts'
import { declineRight } from '#api/http/right.ts'
import type { TicketPatch } from '#api/contract/tickets.ts'
import type { Desk } from '#desk/desk.ts'
import { readFields } from '#desk/field-input.ts'
import type { CategoryId, PersonId, SubjectRevisionId, TeamId } from '#kit/ids.ts'
import { instant } from '#kit/time.ts'
import { findAgent, findSignIn, findTeam, findTeamByName } from '#people/agent-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { wordsIn } from '#tickets/property.ts'
import type { Changes } from '#tickets/command.ts'
import { findCategoryByPath, noteTags } from '#setup/taxonomy-store.ts'
import type { NewSubject, TicketWrite } from '#tickets/write/ticket-write.ts'

export type ResolvedInput = {
  readonly changes: Changes
  readonly subject: NewSubject | null
  readonly fieldValues: TicketWrite['fieldValues']
}

type Input = Omit<TicketPatch, 'requester' | 'spam' | 'deleted' | 'despiteConflict' | 'expectedSeq'>

/**
 * The changes a request asks for, with every name resolved; a 403 where `principal` may not change that of tickets. Null: a form of the
 * desk asks.
 */
export async function resolveInput(
  desk: Desk,
  db: Db,
  input: Input,
  principal: Principal | null,
): Promise<ResolvedInput> {
  const subject =
    input.subject === undefined
      ? null
      : { id: (await desk.ids.next()) as SubjectRevisionId, text: input.subject }
  const read = await readFields(desk, input.fields ?? {})
  if ('message' in read) declineInput(read.path, read.message)
  const { fields, fieldValues } = read
  const { tags } = await desk.setup.now()
  await noteTags(
    db,
    [...(input.tags ?? []), ...(input.addTags ?? [])].filter((name) => !tags.has(name)),
  )
  const changes: Changes = {
    ...(subject === null ? {} : { subjectRevisionId: subject.id }),
    ...(input.status === undefined ? {} : { status: input.status }),
    ...(input.closeReason === undefined ? {} : { closeReason: input.closeReason }),
    ...wordsIn(input),
    ...(input.assignee === undefined ? {} : { assigneeId: await agentOf(db, input.assignee) }),
    ...(input.team === undefined ? {} : { teamId: await teamOf(db, input.team) }),
    ...(input.category === undefined ? {} : { categoryId: await categoryOf(db, input.category) }),
    ...(input.tags === undefined ? {} : { tags: input.tags }),
    ...(input.addTags === undefined ? {} : { addTags: input.addTags }),
    ...(input.removeTags === undefined ? {} : { removeTags: input.removeTags }),
    ...(input.fields === undefined ? {} : { fields }),
    ...(input.snoozedUntil === undefined
      ? {}
      : { snoozedUntil: input.snoozedUntil === null ? null : instant(new Date(input.snoozedUntil)) }),
  }
  if (principal !== null) refuseWithoutRight(principal, changes)
  return { changes, subject, fieldValues }
}

/** Taking a ticket is a change like any other; giving it to somebody else, or to a team, is a right of its own. */
function refuseWithoutRight(principal: Principal, changes: Changes): void {
  const { assigneeId, teamId } = changes
  if (Object.keys(changes).length > 0 && !can(principal, 'ticket.update'))
    declineRight(principal, 'ticket.update')
  const givesAway = assigneeId !== undefined && assigneeId !== null && assigneeId !== principal.agentId
  if ((givesAway || teamId !== undefined) && !can(principal, 'ticket.assign'))
    declineRight(principal, 'ticket.assign')
}

async function agentOf(db: Db, ref: number | string | null): Promise<PersonId | null> {
  if (ref === null) return null
  const agent = typeof ref === 'number' ? await findAgent(db, ref) : await findSignIn(db, ref.toLowerCase())
  if (agent === null || !agent.active) return declineInput('assignee', `"${ref}" is not an active agent`)
  return agent.id
}

async function teamOf(db: Db, ref: number | string | null): Promise<TeamId | null> {
  if (ref === null) return null
  const team = typeof ref === 'number' ? await findTeam(db, ref) : await findTeamByName(db, ref)
  return team?.id ?? declineInput('team', `"${ref}" is not a team`)
}

async function categoryOf(db: Db, path: string | null): Promise<CategoryId | null> {
  if (path === null) return null
  return (await findCategoryByPath(db, path))?.id ?? declineInput('category', `"${path}" is not a category`)
}
