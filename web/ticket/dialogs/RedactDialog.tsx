// Taking words out of a message for good, or all that it says: what was marked and what looks like a card number is offered.
import { type FormEvent, useState } from 'react'

import type { Message, Redaction } from '../../../src/api/contract/messages.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextArea } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { call, fieldErrors, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { cardsIn } from './cards-in.ts'

type Props = { message: Message; ticketId: number; marked: string; onClose: () => void }

export function RedactDialog({ message, ticketId, marked, onClose }: Props) {
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const offered = [...new Set([...(marked === '' ? [] : [marked]), ...cardsIn(message.text)])]
  const redact = async (body: Redaction) => {
    setBusy(true)
    try {
      await call<Message>('POST', `/tickets/${ticketId}/messages/${message.id}/redact`, { body })
      await Promise.all(
        ['messages', 'events', 'ticket'].map((noun) =>
          client.invalidateQueries({ queryKey: [noun, ticketId] }),
        ),
      )
      notify({ title: say(body.words ? 'redact.doneWords' : 'redact.done') })
      onClose()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const lines = String(new FormData(event.currentTarget).get('words')).split('\n')
    void redact({ words: lines.map((line) => line.trim()).filter(Boolean) })
  }
  const error = fieldErrors(failure)['words']
  return (
    <Modal
      title={say('redact.title')}
      open
      onClose={onClose}
      actions={
        <>
          <Button weight="danger" disabled={busy} onClick={() => void redact({})}>
            {say('redact.all')}
          </Button>
          <Button weight="primary" type="submit" form="redact" disabled={busy}>
            {say('redact.words')}
          </Button>
        </>
      }
    >
      <p>{say('redact.help')}</p>
      <form id="redact" onSubmit={submit}>
        <FormProblem text={failure !== null && error === undefined ? reasonOf(failure) : null} />
        <TextArea
          label={say('redact.which')}
          name="words"
          rows={3}
          required
          defaultValue={offered.join('\n')}
          help={say('redact.whichHelp')}
          error={error}
        />
      </form>
    </Modal>
  )
}
