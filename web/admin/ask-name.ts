// What a question of a form asks for, in words.
import { useFields } from '../wire/desk.ts'
import { sayName } from '../words/say.ts'

/** Of a field its label, of the rest the desk's word. */
export function useAskName(): (ask: string) => string {
  const fields = useFields()
  return (ask) => {
    const field = fields.find(({ key }) => `field.${key}` === ask)
    return field?.label ?? (ask.startsWith('field.') ? ask.slice('field.'.length) : sayName('forms.ask', ask))
  }
}
