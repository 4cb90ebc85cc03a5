// What a macro does to the fields of the desk: each is left as it is, emptied, or set.
import type { Field } from '../../src/api/contract/desk.ts'
import type { FieldValue, MacroChange } from '../../src/api/contract/tickets.ts'
import { SelectField, TextField } from '../parts/Form.tsx'
import { say } from '../words/say.ts'

const KEEP = ''
const NONE = 'none'

const inputTypes: Partial<Record<Field['type'], string>> = { number: 'number', date: 'date', url: 'url' }

/** What may be chosen; nothing where it is typed. */
function choicesOf({ type, options }: Field): readonly string[] {
  return type === 'checkbox' ? ['true', 'false'] : options
}

export function FieldChange({ field, value }: { field: Field; value: FieldValue | undefined }) {
  const { key, label, type } = field
  const name = `field.${key}`
  const choices = choicesOf(field)
  const given = value === undefined || value === null ? '' : String(value)
  if (choices.length === 0)
    return <TextField label={label} name={name} type={inputTypes[type] ?? 'text'} defaultValue={given} />
  const isSeveral = Array.isArray(value) && value.length > 1
  return (
    <SelectField
      label={label}
      name={name}
      defaultValue={value === null ? NONE : given}
      options={[
        { value: KEEP, label: say('macros.keep') },
        ...(type === 'checkbox' ? [] : [{ value: NONE, label: say('value.none') }]),
        ...(isSeveral ? [{ value: given, label: value.join(', ') }] : []),
        ...choices.map((each) => ({
          value: each,
          label: type === 'checkbox' ? say(each === 'true' ? 'value.yes' : 'value.no') : each,
        })),
      ]}
    />
  )
}

/** What the form asks of the fields; what it cannot say (several at once, a text to be emptied) stays while nobody touches it. */
export function fieldChanges(
  form: FormData,
  fields: readonly Field[],
  before: MacroChange['fields'] = {},
): [string, FieldValue][] {
  return fields.flatMap((field): [string, FieldValue][] => {
    const { key, type } = field
    const given = String(form.get(`field.${key}`) ?? '').trim()
    const was = before[key]
    const isTyped = choicesOf(field).length === 0
    if (given === KEEP) return isTyped && was === null ? [[key, null]] : []
    if (isTyped) return [[key, type === 'number' ? Number(given) : given]]
    if (given === NONE) return [[key, null]]
    if (type === 'checkbox') return [[key, given === 'true']]
    if (Array.isArray(was) && given === String(was)) return [[key, was]]
    return [[key, type === 'multi_select' ? [given] : given]]
  })
}
