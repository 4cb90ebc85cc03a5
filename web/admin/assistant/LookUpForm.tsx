// One look-up: where it is asked, with which secret, what its answers are, and for whom.
import { type FormEvent, useState } from 'react'

import type { LookUp, NewLookUp } from '../../../src/api/contract/lookups.ts'
import { answerKinds } from '../../../src/assistant/words.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { useSave } from '../saving.ts'
import { keyFor } from './procedure-words.ts'
import { useBrands } from './useProcedures.ts'

type Answer = LookUp['answers'][number]
const empty: Answer = { name: '', path: '', as: 'text', choices: [] }

export function LookUpForm({ lookUp, onClose }: { lookUp: LookUp | null; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(() => {
    forgetAssistant()
    onClose()
  })
  const [answers, setAnswers] = useState<readonly Answer[]>(lookUp?.answers ?? [empty])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = { ...bodyOf(new FormData(event.currentTarget)), answers: [...answers] }
    const work = () =>
      lookUp === null
        ? call('POST', '/assistant/look-ups', { body: { ...body, key: keyFor(body.name, []).slice(0, 40) } })
        : call('PATCH', `/assistant/look-ups/${lookUp.id}`, { body })
    void save(work, say(lookUp === null ? 'admin.added' : 'admin.saved', { name: body.name }))
  }
  return (
    <Modal title={lookUp === null ? say('lookUps.add') : lookUp.name} open onClose={onClose}>
      <form className={admin['form']} onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          autoFocus
          maxLength={100}
          defaultValue={lookUp?.name}
          error={errors['name'] ?? errors['key']}
        />
        <TextField
          label={say('lookUps.url')}
          help={say('lookUps.urlHelp', { example: '{order number}', whose: '{requester.email}' })}
          name="url"
          required
          maxLength={1_000}
          placeholder="https://shop.example/orders/{order number}?of={requester.email}"
          defaultValue={lookUp?.url}
          error={errors['url']}
        />
        <Secret lookUp={lookUp} errors={errors} />
        <Answers answers={answers} errors={errors} onChange={setAnswers} />
        <TextField
          label={say('models.timeoutSeconds')}
          name="timeoutSeconds"
          type="number"
          min={1}
          max={30}
          required
          defaultValue={lookUp?.timeoutSeconds ?? 5}
          error={errors['timeoutSeconds']}
        />
        <Brands lookUp={lookUp} error={errors['brandId']} />
        <CheckField
          label={say('lookUps.forAnyone')}
          help={say('lookUps.forAnyoneHelp')}
          name="forAnyone"
          defaultChecked={lookUp?.forAnyone ?? false}
        />
        <Button weight="primary" type="submit" disabled={busy}>
          {say(lookUp === null ? 'lookUps.add' : 'action.save')}
        </Button>
      </form>
    </Modal>
  )
}

type Errors = Readonly<Record<string, string>>

function Secret({ lookUp, errors }: { lookUp: LookUp | null; errors: Errors }) {
  return (
    <>
      <TextField
        label={say('lookUps.header')}
        name="header"
        required
        maxLength={60}
        defaultValue={lookUp?.header ?? 'Authorization'}
        error={errors['header']}
      />
      <TextField
        label={say('lookUps.secret')}
        help={say(lookUp?.hasSecret === true ? 'lookUps.secretKept' : 'lookUps.secretHelp')}
        name="secret"
        type="password"
        autoComplete="new-password"
        error={errors['secret']}
      />
    </>
  )
}

function Brands({ lookUp, error }: { lookUp: LookUp | null; error: string | undefined }) {
  const brands = useBrands()
  if (brands.length < 2) return null
  return (
    <SelectField
      label={say('procedure.brand')}
      name="brandId"
      defaultValue={String(lookUp?.brandId ?? '')}
      error={error}
      options={[
        { value: '', label: say('procedure.anyBrand') },
        ...brands.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  )
}

type AnswersProps = {
  answers: readonly Answer[]
  errors: Errors
  onChange: (answers: readonly Answer[]) => void
}

/** What is read of what comes back; all else of it is left. */
function Answers({ answers, errors, onChange }: AnswersProps) {
  return (
    <section aria-label={say('lookUps.answers')}>
      <h3>{say('lookUps.answers')}</h3>
      <p className={styles['help']}>{say('lookUps.answersHelp')}</p>
      {answers.map((answer, at) => (
        <AnswerRow
          // oxlint-disable-next-line react/no-array-index-key -- rows have no other name while they are written
          key={at}
          answer={answer}
          at={at}
          errors={errors}
          onChange={(next) => onChange(answers.with(at, next))}
          onDrop={answers.length > 1 ? () => onChange(answers.toSpliced(at, 1)) : null}
        />
      ))}
      <FormProblem text={errors['answers']} />
      <div className={styles['actions']}>
        <Button onClick={() => onChange([...answers, empty])}>{say('lookUps.addAnswer')}</Button>
      </div>
    </section>
  )
}

type RowProps = {
  answer: Answer
  at: number
  errors: Errors
  onChange: (answer: Answer) => void
  onDrop: (() => void) | null
}

function AnswerRow({ answer, at, errors, onChange, onDrop }: RowProps) {
  return (
    <div className={styles['check']}>
      <TextField
        label={say('lookUps.answerName')}
        required
        maxLength={40}
        placeholder="state"
        value={answer.name}
        error={errors[`answers.${at}.name`]}
        onChange={(event) => onChange({ ...answer, name: event.target.value })}
      />
      <TextField
        label={say('lookUps.path')}
        required
        placeholder="order.state"
        value={answer.path}
        error={errors[`answers.${at}.path`]}
        onChange={(event) => onChange({ ...answer, path: event.target.value })}
      />
      <SelectField
        label={say('lookUps.as')}
        value={answer.as}
        onChange={(event) =>
          onChange({ ...answer, as: answerKinds.find((each) => each === event.target.value) ?? 'text' })
        }
        options={answerKinds.map((value) => ({ value, label: sayName('answerKind', value) }))}
      />
      {answer.as === 'choice' && (
        <TextField
          label={say('lookUps.choices')}
          required
          defaultValue={answer.choices.join(', ')}
          error={errors[`answers.${at}.choices`]}
          onChange={(event) => onChange({ ...answer, choices: choicesIn(event.target.value) })}
        />
      )}
      {onDrop !== null && (
        <Button weight="quiet" onClick={onDrop}>
          {say('guidance.drop')}
        </Button>
      )}
    </div>
  )
}

function choicesIn(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function bodyOf(form: FormData): Omit<NewLookUp, 'key' | 'answers'> {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    name: text('name'),
    url: text('url'),
    header: text('header'),
    timeoutSeconds: Number(text('timeoutSeconds')),
    ...(form.has('brandId') ? { brandId: Number(text('brandId')) || null } : {}),
    forAnyone: form.has('forAnyone'),
    ...(text('secret') === '' ? {} : { secret: text('secret') }),
  }
}
