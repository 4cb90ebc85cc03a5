// Two people changed the same field at once: the one who came first stands, the other hears of it and sets theirs again with one press.
import type { Conflict } from '../../src/api/contract/shapes.ts'
import type { Field } from '../../src/api/contract/desk.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { notify } from '../state/toasts.ts'
import { say, sayName, sayValue } from '../words/say.ts'
import { client } from './client.ts'
import { fieldsQuery } from './desk.ts'
import { type Change, ticketQuery } from './tickets.ts'

/** Tells it by a notice that stays. `mine` is what this person wanted, as the screen would show it; `again` sets it. */
export async function tellConflict(
  id: number,
  conflicts: readonly Conflict[],
  mine: (ticket: Ticket) => Change,
  again: () => void,
): Promise<void> {
  const ticket = await client.fetchQuery({ ...ticketQuery(id), staleTime: 0 })
  const fields = await client.ensureQueryData(fieldsQuery)
  const [first] = conflicts
  const name = first?.theirActor.name ?? say('conflict.someone')
  const words = conflicts.map(({ field }) => wordsOf(field, fields, ticket, mine(ticket)))
  const [only] = words
  if (!only) return
  const values = {
    name,
    field: only.field,
    value: only.theirs,
    fields: words.map(({ field }) => field).join(', '),
  }
  notify({
    kind: 'error',
    title: say(words.length === 1 ? 'conflict.theirs' : 'conflict.theirsAll', values),
    action: {
      label: words.length === 1 ? say('conflict.mine', { value: only.mine }) : say('conflict.mineAll'),
      run: again,
    },
  })
}

/** The log's names for what a ticket calls otherwise. */
const properties: Readonly<Record<string, keyof Ticket>> = {
  assigneeId: 'assignee',
  teamId: 'team',
  categoryId: 'category',
  subjectRevisionId: 'subject',
}

function wordsOf(logged: string, fields: readonly Field[], theirs: Ticket, mine: Change) {
  const field = fields.find((each) => `fields.${each.id}` === logged)
  if (field)
    return {
      field: field.label,
      theirs: shown('', theirs.fields[field.key]),
      mine: shown('', mine.fields?.[field.key]),
    }
  const property = properties[logged] ?? (logged as keyof Ticket)
  return {
    field: sayName('property', property),
    theirs: shown(property, theirs[property]),
    mine: shown(property, mine[property]),
  }
}

function shown(property: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return say('value.none')
  if (typeof value === 'object' && 'name' in value) return String(value.name)
  return Array.isArray(value) ? value.join(', ') : sayValue(property, String(value))
}
