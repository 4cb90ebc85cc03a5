// What a question hangs on: an earlier question for a choice, and the answers with which it is shown or required.
import type { Question } from '../../../src/api/contract/forms.ts'
import { CheckField, SelectField } from '../../parts/Form.tsx'
import { useFields } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import styles from './forms.module.css'
import { useAskName } from '../ask-name.ts'

type Props = {
  question: Question
  earlier: readonly Question[]
  onChange: (when: Question['when']) => void
}

export function FormWhen({ question: { ask, when }, earlier, onChange }: Props) {
  const nameOf = useAskName()
  const answersOf = useAnswers()
  const nameOfQuestion = (other: Question) => other.label ?? nameOf(other.ask)
  const possible = earlier.filter((other) => answersOf(other.ask).length > 0 || other.ask === when?.ask)
  if (possible.length === 0) return null
  const begin = (makes: string) => {
    const on = when?.ask ?? possible.at(-1)?.ask ?? ''
    if (makes === 'always') onChange(null)
    else
      onChange({ ask: on, is: when?.is ?? answersOf(on).slice(0, 1), makes: makes as 'shown' | 'required' })
  }
  const toggle = (answer: string) => {
    if (!when) return
    const is = when.is.includes(answer) ? when.is.filter((other) => other !== answer) : [...when.is, answer]
    // Without any answer it would never be asked.
    if (is.length > 0) onChange({ ...when, is })
  }
  return (
    <div className={styles['when']}>
      <SelectField
        label={say('forms.when')}
        value={when?.makes ?? 'always'}
        onChange={(event) => begin(event.target.value)}
        options={(['always', 'shown', 'required'] as const).map((value) => ({
          value,
          label: say(`forms.when.${value}`),
        }))}
      />
      {when && (
        <>
          <SelectField
            label={say('forms.whenAsk', { name: nameOf(ask) })}
            value={when.ask}
            onChange={({ target: { value } }) =>
              onChange({ ...when, ask: value, is: answersOf(value).slice(0, 1) })
            }
            options={possible.map((other) => ({ value: other.ask, label: nameOfQuestion(other) }))}
          />
          <fieldset className={styles['answers']}>
            <legend>{say('forms.whenIs')}</legend>
            {answersOf(when.ask).map((answer) => (
              <CheckField
                key={answer}
                label={answer === 'on' ? say('forms.ticked') : answer}
                checked={when.is.includes(answer)}
                onChange={() => toggle(answer)}
              />
            ))}
          </fieldset>
        </>
      )}
    </div>
  )
}

/** The answers that another question may hang on. */
function useAnswers(): (ask: string) => string[] {
  const fields = useFields()
  return (ask) => {
    const field = fields.find(({ key }) => `field.${key}` === ask)
    if (field?.type === 'checkbox') return ['on']
    return field?.type === 'select' || field?.type === 'multi_select' ? field.options : []
  }
}
