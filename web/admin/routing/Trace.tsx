// Trace a message: who wrote what, and the way it would take lights up.
import type { FormEvent } from 'react'

import type { RouteTrace, RoutingMap } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextArea, TextField } from '../../parts/Form.tsx'
import { useSkills } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { useSave } from '../saving.ts'
import styles from './routing.module.css'

type Props = {
  traced: RouteTrace | null
  onTraced: (traced: RouteTrace) => void
  queues: RoutingMap['queues']
}

export function Trace({ traced, onTraced, queues }: Props) {
  const { save, busy, errors, general } = useSave(() => {})
  const skills = useSkills()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = Object.fromEntries(['from', 'subject', 'text'].map((name) => [name, String(form.get(name))]))
    void save(async () => onTraced(await call<RouteTrace>('POST', '/queues/trace', { body })), null)
  }
  const queue = queues.find(({ id }) => id === traced?.queueId)
  return (
    <form onSubmit={submit}>
      <fieldset className={styles['set']}>
        <legend>{say('map.trace')}</legend>
        <p className={admin['muted']}>{say('map.traceAbout')}</p>
        <FormProblem text={general} />
        <div className={styles['line']}>
          <TextField
            label={say('map.sender')}
            name="from"
            inputMode="email"
            required
            error={errors['from']}
          />
          <span className={styles['grow']}>
            <TextField label={say('map.subject')} name="subject" required />
          </span>
        </div>
        <TextArea label={say('map.text')} name="text" rows={3} />
        <Button type="submit" disabled={busy}>
          {say('map.go')}
        </Button>
        {traced !== null && (
          <div role="status" className={styles['traced']}>
            <p>
              <b>{queue === undefined ? say('map.tracedNone') : say('map.traced', { queue: queue.name })}</b>{' '}
              {queue !== undefined && say('map.could', { count: traced.couldTake })}
            </p>
            <p className={admin['muted']}>
              {traced.rules.length === 0
                ? say('map.noRules')
                : `${say('map.rules')}: ${traced.rules.map(({ name }) => name).join(' → ')}`}
            </p>
            <p className={admin['muted']}>
              {traced.needs.length === 0
                ? say('map.asksNothing')
                : `${say('map.asks')}: ${traced.needs
                    .map(
                      ({ skillId, minLevel }) =>
                        `${skills.find(({ id }) => id === skillId)?.name ?? skillId} ≥ ${minLevel}`,
                    )
                    .join(', ')}`}
            </p>
          </div>
        )}
      </fieldset>
    </form>
  )
}
