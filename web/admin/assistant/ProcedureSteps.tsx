// The steps of a procedure in their order: each can be moved, left out, and bound to what is known by then.
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { ProcedureStep } from '../../../src/api/contract/procedures.ts'
import { factTests, procedureStepKinds, type ProcedureStepKind } from '../../../src/assistant/words.ts'
import styles from '../../assistant/assistant.module.css'
import { Button, IconButton } from '../../parts/Button.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { say, sayName } from '../../words/say.ts'
import { StepFields } from './ProcedureStepFields.tsx'

/** An empty step of a kind. */
export function newStep(kind: ProcedureStepKind, only: ProcedureStep['only'] = []): ProcedureStep {
  switch (kind) {
    case 'ask':
      return { kind, only, fact: '', as: 'code', example: '', choices: [], text: {} }
    case 'look_up':
      return { kind, only, fact: '', from: 'requester.company' }
    case 'answer':
      return { kind, only, text: {}, closes: true }
    case 'propose':
      return { kind, only, macroId: 0 }
    case 'hand_over':
      return { kind, only }
  }
}

type Props = {
  steps: readonly ProcedureStep[]
  languages: readonly string[]
  onChange: (steps: ProcedureStep[]) => void
}

export function ProcedureSteps({ steps, languages, onChange }: Props) {
  // Steps have no name of their own: a number goes along with each, so that what is typed stays with it.
  const [numbers, setNumbers] = useState(() => steps.map((_, at) => at))
  const move = (at: number, by: number) => {
    const [step, number] = [steps[at], numbers[at]]
    if (step === undefined || number === undefined) return
    setNumbers(numbers.toSpliced(at, 1).toSpliced(at + by, 0, number))
    onChange(steps.toSpliced(at, 1).toSpliced(at + by, 0, step))
  }
  const drop = (at: number) => {
    setNumbers(numbers.toSpliced(at, 1))
    onChange(steps.toSpliced(at, 1))
  }
  const add = () => {
    setNumbers([...numbers, Math.max(-1, ...numbers) + 1])
    onChange([...steps, newStep('answer')])
  }
  return (
    <>
      {steps.map((step, at) => (
        <fieldset key={numbers[at]} className={styles['turn']}>
          <legend>{say('procedure.step', { number: at + 1 })}</legend>
          <div className={styles['stepHead']}>
            <SelectField
              label={say('procedure.does')}
              value={step.kind}
              onChange={(event) => {
                const kind = procedureStepKinds.find((each) => each === event.target.value) ?? 'ask'
                onChange(steps.with(at, newStep(kind, step.only)))
              }}
              options={procedureStepKinds.map((kind) => ({
                value: kind,
                label: sayName('procedureStep', kind),
              }))}
            />
            <span>
              <IconButton label={say('procedure.up')} disabled={at === 0} onClick={() => move(at, -1)}>
                <ArrowUp size={16} aria-hidden />
              </IconButton>
              <IconButton
                label={say('procedure.down')}
                disabled={at === steps.length - 1}
                onClick={() => move(at, 1)}
              >
                <ArrowDown size={16} aria-hidden />
              </IconButton>
              <IconButton
                label={say('procedure.dropStep')}
                disabled={steps.length === 1}
                onClick={() => drop(at)}
              >
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </span>
          </div>
          <StepFields
            step={step}
            languages={languages}
            facts={factsBefore(steps, at)}
            onChange={(next) => onChange(steps.with(at, next))}
          />
          <Conditions
            only={step.only}
            facts={factsBefore(steps, at)}
            onChange={(only) => onChange(steps.with(at, { ...step, only }))}
          />
        </fieldset>
      ))}
      <div className={styles['actions']}>
        <Button onClick={add}>{say('procedure.addStep')}</Button>
      </div>
    </>
  )
}

/** What is asked for or looked up before a step. */
function factsBefore(steps: readonly ProcedureStep[], at: number): string[] {
  const known = steps
    .slice(0, at)
    .flatMap((step) =>
      step.kind === 'ask' || step.kind === 'look_up' ? [step.fact.trim().toLowerCase()] : [],
    )
  return [...new Set(known.filter((fact) => fact !== ''))]
}

type Only = ProcedureStep['only']

/** The step is taken only where all of these hold. */
function Conditions({
  only,
  facts,
  onChange,
}: {
  only: Only
  facts: readonly string[]
  onChange: (only: Only) => void
}) {
  const [fact] = facts
  if (fact === undefined && only.length === 0) return null
  return (
    <>
      {only.map((each, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles['check']}>
          <SelectField
            label={say('procedure.onlyIf')}
            value={each.fact}
            onChange={(event) => onChange(only.with(at, { ...each, fact: event.target.value }))}
            options={[...new Set([...facts, each.fact])].map((name) => ({ value: name, label: name }))}
          />
          <SelectField
            label={say('procedure.test')}
            value={each.is}
            onChange={(event) => {
              const is = factTests.find((test) => test === event.target.value) ?? 'equal'
              onChange(only.with(at, { ...each, is }))
            }}
            options={factTests.map((is) => ({ value: is, label: sayName('factTest', is) }))}
          />
          {each.is !== 'known' && each.is !== 'unknown' && (
            <TextField
              label={say(
                each.is === 'more' || each.is === 'less' ? 'procedure.numberOrDays' : 'procedure.value',
              )}
              required
              maxLength={200}
              value={each.value}
              onChange={(event) => onChange(only.with(at, { ...each, value: event.target.value }))}
            />
          )}
          <Button weight="quiet" onClick={() => onChange(only.toSpliced(at, 1))}>
            {say('scenario.dropCheck')}
          </Button>
        </div>
      ))}
      {fact !== undefined && (
        <div className={styles['actions']}>
          <Button weight="quiet" onClick={() => onChange([...only, { fact, is: 'equal', value: '' }])}>
            {say(only.length === 0 ? 'procedure.addCondition' : 'procedure.anotherCondition')}
          </Button>
        </div>
      )}
    </>
  )
}
