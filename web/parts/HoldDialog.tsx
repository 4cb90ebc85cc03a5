// A legal hold on a customer or a ticket: why it must be kept, and lifting that again. Whoever works there sees it; administrators set it.
import { type FormEvent, useState } from 'react'

import type { Hold, HoldBody } from '../../src/api/contract/privacy.ts'
import { notify } from '../state/toasts.ts'
import { call, fieldErrors, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say } from '../words/say.ts'
import { Button } from './Button.tsx'
import { FormProblem, TextArea } from './Form.tsx'
import { Modal } from './Modal.tsx'

type Props = { on: 'people' | 'tickets'; id: number; hold: Hold | null; onClose: () => void }

export function HoldDialog({ on, id, hold, onClose }: Props) {
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const change = async (method: 'PUT' | 'DELETE', body: HoldBody | null, title: string) => {
    setBusy(true)
    try {
      await call(method, `/${on}/${id}/hold`, body === null ? {} : { body })
      await Promise.all(
        ['holds', 'erasures', 'audit'].map((noun) => client.invalidateQueries({ queryKey: [noun] })),
      )
      notify({ title })
      onClose()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    void change('PUT', { reason }, say('hold.done'))
  }
  const error = fieldErrors(failure)['reason']
  return (
    <Modal
      title={say('hold.title')}
      open
      onClose={onClose}
      actions={
        <>
          {hold !== null && (
            <Button
              weight="danger"
              disabled={busy}
              onClick={() => void change('DELETE', null, say('hold.lifted'))}
            >
              {say('hold.lift')}
            </Button>
          )}
          <Button weight="primary" type="submit" form="hold" disabled={busy}>
            {say(hold === null ? 'hold.set' : 'action.save')}
          </Button>
        </>
      }
    >
      <p>{say('hold.help')}</p>
      <form id="hold" onSubmit={submit}>
        <FormProblem text={failure !== null && error === undefined ? reasonOf(failure) : null} />
        <TextArea
          label={say('hold.reason')}
          name="reason"
          rows={3}
          required
          maxLength={500}
          defaultValue={hold?.reason ?? ''}
          help={say('hold.reasonHelp')}
          error={error}
        />
      </form>
    </Modal>
  )
}
