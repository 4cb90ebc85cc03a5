// How much work a ticket is: units by channel, and what a pending one counts.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'

import type { WorkUnits as Units } from '../../../src/api/contract/routing.ts'
import type { Channel } from '../../../src/tickets/vocabulary.ts'
import { offered } from '../../parts/offered.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { forgetRouting } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { useCategories } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { PublishGate } from '../PublishGate.tsx'
import { useSave } from '../saving.ts'
import styles from './routing.module.css'
import { TryButton, why } from './TryFirst.tsx'

/** A call takes all there is of its agent, whatever the units. */
const CHANNELS = offered<Channel>({
  email: true,
  form: true,
  portal: true,
  api: true,
  chat: true,
  phone: false,
})

export function WorkUnits() {
  const { data } = useQuery({
    queryKey: ['queues', 'units'],
    queryFn: () => call<Units>('GET', '/queues/units'),
  })
  return data ? <UnitsForm key={JSON.stringify(data)} units={data} /> : null
}

function UnitsForm({ units }: { units: Units }) {
  const { save, busy, general, failure } = useSave(forgetRouting)
  const [complexity, setComplexity] = useState(units.complexity)
  const [reason, setReason] = useState('')
  const shown = useRef<HTMLFormElement>(null)
  const typed = (): Units => {
    const form = new FormData(shown.current ?? undefined)
    const channels = Object.fromEntries(CHANNELS.map((each) => [each, Number(form.get(each))]))
    return { channels, complexity, pending: Number(form.get('pending')) }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = { ...typed(), ...why(reason) }
    void save(() => call('PUT', '/queues/units', { body }), say('units.saved'))
  }
  return (
    <form onSubmit={submit} ref={shown}>
      <fieldset className={styles['set']}>
        <legend>{say('units.title')}</legend>
        <p className={admin['muted']}>{say('units.about')}</p>
        <FormProblem text={general} />
        <div className={styles['line']}>
          {CHANNELS.map((channel) => (
            <TextField
              key={channel}
              label={say(`channel.${channel}`)}
              name={channel}
              type="number"
              min={0.1}
              max={100}
              step={0.1}
              required
              defaultValue={units.channels[channel] ?? 1}
            />
          ))}
          <TextField
            label={say('units.pending')}
            name="pending"
            type="number"
            min={0}
            max={1}
            step={0.1}
            required
            defaultValue={units.pending}
          />
        </div>
        <Complexity factors={complexity} onChange={setComplexity} />
        <PublishGate failure={failure} reason={reason} onReason={setReason} />
        <TryButton tried={() => ({ units: typed() })} />{' '}
        <Button type="submit" disabled={busy}>
          {say('action.save')}
        </Button>
      </fieldset>
    </form>
  )
}

type Factors = Units['complexity']

/** Categories whose tickets are more or less work than others. */
function Complexity({ factors, onChange }: { factors: Factors; onChange: (factors: Factors) => void }) {
  const categories = useCategories().filter(({ archived }) => !archived)
  const left = categories.filter(({ id }) => !factors.some(({ categoryId }) => categoryId === id))
  const set = (categoryId: number, factor: number) =>
    onChange(factors.map((each) => (each.categoryId === categoryId ? { categoryId, factor } : each)))
  return (
    <>
      {factors.map(({ categoryId, factor }) => (
        <div key={categoryId} className={styles['line']}>
          <span className={styles['grow']}>
            {categories.find(({ id }) => id === categoryId)?.path ?? `#${categoryId}`}
          </span>
          <TextField
            label={say('units.factor')}
            type="number"
            min={0.5}
            max={3}
            step={0.1}
            required
            value={factor}
            onChange={(event) => set(categoryId, Number(event.target.value))}
          />
          <Button
            weight="quiet"
            onClick={() => onChange(factors.filter((each) => each.categoryId !== categoryId))}
          >
            {say('routing.remove')}
          </Button>
        </div>
      ))}
      {left.length > 0 && (
        <SelectField
          label={say('units.category')}
          value=""
          onChange={(event) =>
            onChange([...factors, { categoryId: Number(event.target.value), factor: 1.5 }])
          }
          options={[
            { value: '', label: '–' },
            ...left.map(({ id, path }) => ({ value: String(id), label: path })),
          ]}
        />
      )}
    </>
  )
}
