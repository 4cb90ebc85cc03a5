// Lets a verdict on a rule be until a day, with the reason that others will read.
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../state/toasts.ts'
import { call, fieldErrors, reasonOf } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import styles from './reports.module.css'

type Snooze = { until: string | null; reason: string }

/** Says so to the desk, and has the board read anew; a failure of what was pressed alone is told in a toast. */
export function useSnooze() {
  const client = useQueryClient()
  const send = async (ruleId: number, body: Snooze & { verdict: string }) => {
    await call('POST', `/reports/automation/${ruleId}/snooze`, { body })
    await client.invalidateQueries({ queryKey: ['reports', 'automation'] })
  }
  return {
    send,
    wake: (ruleId: number, verdict: string) =>
      send(ruleId, { verdict, until: null, reason: '' }).catch((error: unknown) =>
        notify({ kind: 'error', title: reasonOf(error) }),
      ),
  }
}

const DAYS = 91

export function SnoozeVerdict(props: {
  title: string
  verdict: string
  onClose: () => void
  onSnooze: (snooze: Snooze) => Promise<void>
}) {
  const { title, verdict, onClose, onSnooze } = props
  const [failure, setFailure] = useState<unknown>(null)
  const [until] = useState(() => new Date(Date.now() + DAYS * 86_400_000).toISOString().slice(0, 10))
  const errors = fieldErrors(failure)
  const snooze = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    try {
      await onSnooze({ until: String(form.get('until')), reason: String(form.get('reason')).trim() })
      onClose()
    } catch (error) {
      setFailure(error)
    }
  }
  const isOfField = errors['until'] !== undefined || errors['reason'] !== undefined
  return (
    <Modal
      title={say('automation.snoozeTitle', { verdict: sayName('verdict', verdict), title })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="snooze-verdict">
            {say('automation.snooze').replace('…', '')}
          </Button>
        </>
      }
    >
      <form id="snooze-verdict" onSubmit={(event) => void snooze(event)}>
        <FormProblem text={failure && !isOfField ? reasonOf(failure) : null} />
        <p className={styles['summary']}>{say('automation.snoozeAbout')}</p>
        <TextField
          label={say('automation.snoozeReason')}
          name="reason"
          required
          minLength={3}
          maxLength={500}
          error={errors['reason']}
        />
        <TextField
          label={say('automation.snoozeUntil')}
          name="until"
          type="date"
          required
          defaultValue={until}
          error={errors['until']}
        />
      </form>
    </Modal>
  )
}
