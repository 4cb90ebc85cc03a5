// What callers name by word or id, resolved once: teams, agents, categories, tags, fields. A 400 names what is unknown.
import { declineInput } from '#api/http/problem.ts'
import { declineRight } from '#api/http/right.ts'
import type { TicketPatch } from '#api/contract/tickets.ts'
import type { Desk } from '#desk/desk.ts'
import type { CategoryId, FieldValueId, PersonId, SubjectRevisionId, TeamId } from '#kit/ids.ts'
import { instant } from '#kit/time.ts'
import { findAgent, findSignIn, findTeam, findTeamByName } from '#people/agent-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import type { Changes } from '#tickets/command.ts'
import { findCategoryByPath, noteTags, type Field } from '#setup/taxonomy-store.ts'
import type { FieldValue } from '#tickets/ticket.ts'
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
  const { fields, fieldValues } = await fieldsOf(desk, input.fields ?? {})
  const { tags } = await desk.setup.now()
  await noteTags(
    db,
    [...(input.tags ?? []), ...(input.addTags ?? [])].filter((name) => !tags.has(name)),
  )
  const changes: Changes = {
    ...(subject === null ? {} : { subjectRevisionId: subject.id }),
    ...(input.status === undefined ? {} : { status: input.status }),
    ...(input.closeReason === undefined ? {} : { closeReason: input.closeReason }),
    ...(input.priority === undefined ? {} : { priority: input.priority }),
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

async function fieldsOf(desk: Desk, given: Readonly<Record<string, unknown>>) {
  const known = new Map((await desk.setup.now()).fields.map((field) => [field.key, field]))
  const fields: Record<string, FieldValue | null> = {}
  const fieldValues: { id: FieldValueId; fieldId: number; value: unknown }[] = []
  for (const [key, value] of Object.entries(given)) {
    const field = known.get(key)
    if (field === undefined || field.archived)
      return declineInput(`fields.${key}`, 'is not a field of this desk')
    const checked = value === null || value === '' ? null : checkedValue(field, value)
    if (checked !== null && field.personal) {
      const id = (await desk.ids.next()) as FieldValueId
      fieldValues.push({ id, fieldId: field.id, value: checked })
      fields[String(field.id)] = { valueId: id }
    } else fields[String(field.id)] = checked
  }
  return { fields, fieldValues }
}

function checkedValue(field: Field, value: unknown): Exclude<FieldValue, { valueId: FieldValueId }> {
  const path = `fields.${field.key}`
  switch (field.type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? value
        : declineInput(path, 'must be a number')
    case 'checkbox':
      return typeof value === 'boolean' ? value : declineInput(path, 'must be true or false')
    case 'multi_select': {
      const chosen = Array.isArray(value) ? (value as string[]) : declineInput(path, 'must be a list')
      const unknown = chosen.find((each) => !field.options.includes(each))
      return unknown === undefined ? chosen : declineInput(path, `"${unknown}" is not one of its options`)
    }
    default:
      return typeof value === 'string' ? checkedText(field, value, path) : declineInput(path, 'must be text')
  }
}

function checkedText(field: Field, value: string, path: string): string {
  if (field.type === 'select' && !field.options.includes(value))
    declineInput(path, `"${value}" is not one of its options`)
  if (field.type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value))
    declineInput(path, 'must be a date such as 2026-01-31')
  if (field.type === 'url' && !/^https?:\/\//.test(value)) declineInput(path, 'must be a web address')
  return value
}
