// How much work a ticket is: units by channel, and what a pending one counts.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent } from 'react'

import type { WorkUnits as Units } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { forgetRouting } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { useSave } from '../Page.tsx'
import styles from './routing.module.css'

const CHANNELS = ['email', 'form', 'portal', 'api', 'chat'] as const

export function WorkUnits() {
  const { data } = useQuery({
    queryKey: ['queues', 'units'],
    queryFn: () => call<Units>('GET', '/queues/units'),
  })
  const { save, busy, general } = useSave(forgetRouting)
  if (!data) return null
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const channels = Object.fromEntries(CHANNELS.map((each) => [each, Number(form.get(each))]))
    const body = { ...data, channels, pending: Number(form.get('pending')) }
    void save(() => call('PUT', '/queues/units', { body }), say('units.saved'))
  }
  return (
    <form onSubmit={submit}>
      <fieldset className={styles['set']}>
        <legend>{say('units.title')}</legend>
        <p className={admin['muted']}>{say('units.about')}</p>
        <FormProblem text={general} />
        <div className={styles['line']}>
          {CHANNELS.map((channel) => (
            <TextField
              key={channel}
              label={sayName('channel', channel)}
              name={channel}
              type="number"
              min={0.1}
              max={100}
              step={0.1}
              required
              defaultValue={data.channels[channel] ?? 1}
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
            defaultValue={data.pending}
          />
        </div>
        <Button type="submit" disabled={busy}>
          {say('action.save')}
        </Button>
      </fieldset>
    </form>
  )
}
