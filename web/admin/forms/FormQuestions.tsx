// What a form asks, in order: moved by buttons, so that no mouse is needed; each with its own words and whether it must be answered.
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useRef } from 'react'

import type { Question } from '../../../src/api/contract/forms.ts'
import { IconButton } from '../../parts/Button.tsx'
import { CheckField, FormProblem, TextField } from '../../parts/Form.tsx'
import { PickButton } from '../../parts/PickButton.tsx'
import { say } from '../../words/say.ts'
import { useFields } from '../../wire/desk.ts'
import { useAskName } from '../ask-name.ts'
import styles from './forms.module.css'
import { FormWhen } from './FormWhen.tsx'

type Props = {
  questions: readonly Question[]
  problem: string | undefined
  onChange: (all: Question[]) => void
}

/** These a ticket cannot do without. */
const needed: ReadonlySet<string> = new Set(['email', 'message'])
const own = ['name', 'email', 'subject', 'message']

export function FormQuestions({ questions, problem, onChange }: Props) {
  const fields = useFields().filter(({ archived }) => !archived)
  const nameOf = useAskName()
  const list = useRef<HTMLOListElement>(null)
  const put = (at: number, change: Partial<Question>) =>
    onChange(questions.map((each, index) => (index === at ? { ...each, ...change } : each)))
  const move = (at: number, by: number) => {
    const next = [...questions]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(at + by, 0, moved)
    onChange(next)
    // The keyboard stays with what was moved.
    requestAnimationFrame(() =>
      list.current?.children[at + by]
        ?.querySelector<HTMLElement>(by < 0 ? 'button' : 'button:nth-of-type(2)')
        ?.focus(),
    )
  }
  const left = [...own, ...fields.map(({ key }) => `field.${key}`)].filter(
    (ask) => !questions.some((each) => each.ask === ask),
  )
  return (
    <fieldset className={styles['questions']}>
      <legend>{say('forms.questions')}</legend>
      <FormProblem text={problem ?? null} />
      <ol ref={list}>
        {questions.map((question, at) => (
          <li key={question.ask} className={styles['question']}>
            <div className={styles['questionHead']}>
              <span className={styles['ask']}>{nameOf(question.ask)}</span>
              <IconButton
                label={say('forms.up', { name: nameOf(question.ask) })}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              >
                <ArrowUp size={14} aria-hidden />
              </IconButton>
              <IconButton
                label={say('forms.down', { name: nameOf(question.ask) })}
                disabled={at === questions.length - 1}
                onClick={() => move(at, 1)}
              >
                <ArrowDown size={14} aria-hidden />
              </IconButton>
              <IconButton
                label={say('forms.remove', { name: nameOf(question.ask) })}
                disabled={needed.has(question.ask)}
                onClick={() => onChange(questions.filter((_, index) => index !== at))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </div>
            <div className={styles['pair']}>
              <TextField
                label={say('forms.label')}
                placeholder={nameOf(question.ask)}
                value={question.label ?? ''}
                maxLength={200}
                onChange={(event) => put(at, { label: event.target.value || null })}
              />
              <TextField
                label={say('forms.help')}
                value={question.help ?? ''}
                maxLength={500}
                onChange={(event) => put(at, { help: event.target.value || null })}
              />
            </div>
            <CheckField
              label={say('forms.required')}
              disabled={needed.has(question.ask)}
              checked={question.required || needed.has(question.ask)}
              onChange={(event) => put(at, { required: event.target.checked })}
            />
            {!needed.has(question.ask) && (
              <FormWhen
                question={question}
                earlier={questions.slice(0, at)}
                onChange={(when) => put(at, { when })}
              />
            )}
          </li>
        ))}
      </ol>
      {left.length > 0 && (
        <PickButton
          label={say('forms.addQuestion')}
          choices={left.map((ask) => ({ id: ask, label: nameOf(ask) }))}
          chosen={[]}
          onChoose={(ask) =>
            onChange([...questions, { ask, label: null, help: null, required: false, when: null }])
          }
          className={styles['add']}
        >
          {say('forms.addQuestion')}
        </PickButton>
      )}
    </fieldset>
  )
}
