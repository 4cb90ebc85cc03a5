// One procedure: what starts it, and its steps.
import { type FormEvent, useEffect, useRef, useState } from 'react'

import type { Procedure, ProcedureStep } from '../../../src/api/contract/procedures.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { useCategories } from '../../wire/desk.ts'
import { language as mine } from '../../words/language.ts'
import { say } from '../../words/say.ts'
import { useSave } from '../saving.ts'
import { keyFor, withPresent } from './procedure-words.ts'
import { ProcedureSteps, newStep } from './ProcedureSteps.tsx'
import { useBrands } from './useProcedures.ts'

type Props = {
  procedures: readonly Procedure[]
  /** Which of them; the place after the last is a new one. */
  at: number
  onKeep: (next: readonly Procedure[], name: string) => Promise<void>
  onClose: () => void
}

export function ProcedureForm({ procedures, at, onKeep, onClose }: Props) {
  const before = procedures[at]
  const [languages, setLanguages] = useState((before?.languages ?? [mine === 'de' ? 'de' : 'en']).join(', '))
  const [steps, setSteps] = useState<ProcedureStep[]>(() =>
    before === undefined ? [newStep('ask'), newStep('answer')] : structuredClone(before.steps),
  )
  const { save, busy, errors, general } = useSave(onClose)
  const problem = general ?? problemWords(errors)
  const problemAt = useRef<HTMLDivElement>(null)
  // The form is long, and what is wrong stands at its end.
  useEffect(() => {
    if (problem !== null) problemAt.current?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  const spoken = languagesIn(languages)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = String(form.get('name')).trim()
    const taken = procedures.toSpliced(at, 1).map(({ key }) => key)
    const number = (field: string) => Number(form.get(field)) || null
    const procedure: Procedure = {
      key: before?.key ?? keyFor(name, taken),
      name,
      categoryId: number('category'),
      brandId: number('brand'),
      languages: spoken,
      phrases: linesIn(String(form.get('phrases'))),
      mostQuestions: Number(form.get('mostQuestions')),
      steps: steps.map((step) => inLanguages(step, spoken)),
    }
    void save(() => onKeep(procedures.toSpliced(at, 1, procedure), name), say('assistant.kept'))
  }
  const remove = () =>
    void save(() => onKeep(procedures.toSpliced(at, 1), before?.name ?? ''), say('procedure.removed'))
  return (
    <Modal
      title={before?.name ?? say('procedure.new')}
      open
      shape="wide"
      onClose={onClose}
      actions={
        <>
          {before !== undefined && (
            <Button weight="danger" onClick={remove} disabled={busy}>
              {say('procedure.remove')}
            </Button>
          )}
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="procedure" disabled={busy}>
            {say('assistant.keep')}
          </Button>
        </>
      }
    >
      <form id="procedure" className={styles['form']} onSubmit={submit}>
        <Starts procedure={before} languages={languages} onLanguages={setLanguages} />
        <ProcedureSteps steps={steps} languages={spoken} onChange={setSteps} />
        <div ref={problemAt}>
          <FormProblem text={problem} />
        </div>
      </form>
    </Modal>
  )
}

type StartsProps = {
  procedure: Procedure | undefined
  languages: string
  onLanguages: (next: string) => void
}

/** What starts it. */
function Starts({ procedure, languages, onLanguages }: StartsProps) {
  // What it has now stays to be chosen, archived or not: saved again, it means the same.
  const categories = useCategories().filter(({ id, archived }) => !archived || id === procedure?.categoryId)
  const brands = useBrands()
  return (
    <>
      <TextField
        label={say('procedure.name')}
        name="name"
        required
        maxLength={100}
        defaultValue={procedure?.name}
      />
      <SelectField
        label={say('assistant.category')}
        name="category"
        defaultValue={String(procedure?.categoryId ?? 0)}
        options={[
          { value: '0', label: say('procedure.anyCategory') },
          ...withPresent(
            categories.map(({ id, path }) => ({ value: String(id), label: path })),
            procedure?.categoryId,
          ),
        ]}
      />
      {(brands.length > 1 || (procedure?.brandId ?? null) !== null) && (
        <SelectField
          label={say('procedure.brand')}
          name="brand"
          defaultValue={String(procedure?.brandId ?? 0)}
          options={[
            { value: '0', label: say('procedure.anyBrand') },
            ...withPresent(
              brands.map(({ id, name }) => ({ value: String(id), label: name })),
              procedure?.brandId,
            ),
          ]}
        />
      )}
      <TextArea
        label={say('procedure.phrases')}
        help={say('procedure.phrasesHelp')}
        name="phrases"
        rows={3}
        defaultValue={procedure?.phrases.join('\n')}
      />
      <TextField
        label={say('procedure.languages')}
        help={say('procedure.languagesHelp')}
        required
        pattern="\s*[A-Za-z]{2}(\s*,\s*[A-Za-z]{2})*\s*"
        value={languages}
        onChange={(event) => onLanguages(event.target.value)}
      />
      <TextField
        label={say('procedure.mostQuestions')}
        help={say('procedure.mostQuestionsHelp')}
        name="mostQuestions"
        type="number"
        min={1}
        max={5}
        required
        defaultValue={procedure?.mostQuestions ?? 2}
      />
    </>
  )
}

const linesIn = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const languagesIn = (text: string) => [
  ...new Set(text.toLowerCase().match(/(?<![a-z])[a-z]{2}(?![a-z])/g) ?? []),
]

/** Words in a language that was left out go with it. */
function inLanguages(step: ProcedureStep, languages: readonly string[]): ProcedureStep {
  if (step.kind !== 'ask' && step.kind !== 'answer') return step
  return { ...step, text: Object.fromEntries(languages.map((each) => [each, step.text[each] ?? ''])) }
}

/** The first thing that is wrong, with the step where it is. */
function problemWords(errors: Record<string, string>): string | null {
  const [first] = Object.entries(errors)
  if (first === undefined) return null
  const step = /\.steps\.(\d+)\./.exec(first[0])?.[1]
  return step === undefined ? first[1] : say('procedure.wrongAt', { step: Number(step) + 1, why: first[1] })
}
