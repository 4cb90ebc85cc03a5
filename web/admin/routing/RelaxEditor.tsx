// What waiting softens, step by step, in working minutes since a ticket came into the queue.
import type { Queue } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { useQueues } from '../../routing/wire.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import styles from './routing.module.css'
import { kindOf, stepKinds, stepOf, type Step, type StepKind } from './steps.ts'

type Props = {
  steps: readonly Step[]
  overflowQueueId: number | null
  ownId: number | null
  error: string | undefined
  onChange: (steps: Queue['relax'], overflowQueueId: number | null) => void
}

export function RelaxEditor({ steps, overflowQueueId, ownId, error, onChange }: Props) {
  const others = useQueues().filter(({ id }) => id !== ownId)
  const set = (index: number, step: Step) =>
    onChange(
      steps.map((each, place) => (place === index ? step : each)),
      overflowQueueId,
    )
  const overflows = steps.some((step) => kindOf(step) === 'overflow')
  return (
    <fieldset className={styles['set']}>
      <legend>{say('queues.relax')}</legend>
      <p className={admin['muted']}>{say('queues.relaxHelp')}</p>
      {error && <FormProblem text={error} />}
      {steps.map((step, index) => (
        // Steps have no identity but their place.
        <div key={index} className={styles['line']}>
          <TextField
            label={say('queues.afterMinutes')}
            type="number"
            min={0}
            value={step.after / 60}
            onChange={(event) => set(index, { ...step, after: Math.round(Number(event.target.value) * 60) })}
          />
          <SelectField
            label={say('queues.does')}
            value={kindOf(step)}
            onChange={(event) => set(index, stepOf(event.target.value as StepKind, step.after))}
            options={stepKinds.map((value) => ({ value, label: say(`relaxStep.${value}`) }))}
          />
          <Button
            weight="quiet"
            onClick={() =>
              onChange(
                steps.filter((_, place) => place !== index),
                overflowQueueId,
              )
            }
          >
            {say('routing.remove')}
          </Button>
        </div>
      ))}
      {overflows && (
        <SelectField
          label={say('queues.overflowTo')}
          value={String(overflowQueueId ?? '')}
          onChange={(event) =>
            onChange([...steps], event.target.value === '' ? null : Number(event.target.value))
          }
          options={[
            { value: '', label: '–' },
            ...others.map(({ id, title }) => ({ value: String(id), label: title })),
          ]}
        />
      )}
      <Button
        onClick={() =>
          onChange([...steps, stepOf('dropTier3', (steps.at(-1)?.after ?? 0) + 600)], overflowQueueId)
        }
      >
        {say('queues.addStep')}
      </Button>
    </fieldset>
  )
}
