// Values of custom fields as somebody outside gives them, by the fields' keys: checked, and personal values set apart from the log.
import type { Desk } from '#desk/desk.ts'
import type { FieldValueId } from '#kit/ids.ts'
import { checkFieldValue } from '#setup/field-value.ts'
import type { Changes } from '#tickets/command.ts'
import type { FieldValue } from '#tickets/ticket.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'

export type ReadFields = {
  readonly fields: NonNullable<Changes['fields']>
  readonly fieldValues: NonNullable<TicketWrite['fieldValues']>
}
export type FieldFault = { readonly path: string; readonly message: string }

/** What a change of fields is made of, or the first that is wrong with it. */
export async function readFields(
  desk: Desk,
  given: Readonly<Record<string, unknown>>,
): Promise<ReadFields | FieldFault> {
  const known = new Map((await desk.setup.now()).fields.map((field) => [field.key, field]))
  const fields: Record<string, FieldValue | null> = {}
  const fieldValues: { id: FieldValueId; fieldId: number; value: unknown }[] = []
  for (const [key, value] of Object.entries(given)) {
    const path = `fields.${key}`
    const field = known.get(key)
    if (field === undefined || field.archived) return { path, message: 'is not a field of this desk' }
    if (value === null || value === '') {
      fields[String(field.id)] = null
      continue
    }
    const checked = checkFieldValue(field, value)
    if ('wrong' in checked) return { path, message: checked.wrong }
    if (field.personal) {
      const id = (await desk.ids.next()) as FieldValueId
      fieldValues.push({ id, fieldId: field.id, value: checked.value })
      fields[String(field.id)] = { valueId: id }
    } else fields[String(field.id)] = checked.value
  }
  return { fields, fieldValues }
}
