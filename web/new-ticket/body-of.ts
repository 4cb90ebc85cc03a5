// What the form of a new ticket asks of the server.
import type { Field } from '../../src/api/contract/desk.ts'
import type { Channel, FieldValue, NewTicket, Priority } from '../../src/api/contract/tickets.ts'

export type Direction = NonNullable<NewTicket['direction']>

type Written = {
  readonly direction: Direction
  readonly address: string
  readonly name: string
  readonly subject: string
  readonly cc: string
  readonly text: string
  readonly fields: readonly Field[]
}

/** The rest of the form stands in its fields. What is left empty is not said. */
export function bodyOf(
  form: FormData,
  { direction, address, name, subject, cc, text, fields }: Written,
): NewTicket {
  const said = (key: string) => String(form.get(key) ?? '').trim()
  const values = fields.flatMap((field): [string, FieldValue][] => {
    const value = valueOf(field, form.getAll(`field.${field.key}`).map(String))
    return value === null ? [] : [[field.key, value]]
  })
  const copies = cc.split(/[\s,;]+/).filter(Boolean)
  const tags = said('tags')
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
  return {
    subject: subject.trim(),
    body: text,
    bodyFormat: 'html',
    requester: { email: address, ...(name.trim() ? { name: name.trim() } : {}) },
    priority: said('priority') as Priority,
    direction,
    ...(direction === 'inbound'
      ? { channel: said('channel') as Channel }
      : { status: said('status') as never }),
    ...(said('team') ? { team: Number(said('team')) } : {}),
    ...(said('assignee') ? { assignee: Number(said('assignee')) } : {}),
    ...(said('category') ? { category: said('category') } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(values.length > 0 ? { fields: Object.fromEntries(values) } : {}),
    ...(direction === 'outbound' && copies.length > 0 ? { cc: copies } : {}),
  }
}

function valueOf({ type }: Field, given: readonly string[]): FieldValue {
  const [first = ''] = given.map((value) => value.trim())
  if (type === 'checkbox') return given.length > 0 ? true : null
  if (first === '') return null
  if (type === 'multi_select') return [...given]
  return type === 'number' ? Number(first) : first
}
