// A version that lets the assistant further than it is: by hand, and not by the ladder, somebody says why.
import type { FormEvent } from 'react'

import { forgetAssistant, publishVersion } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { useSave } from '../saving.ts'

export function PublishWhy({ version, onClose }: { version: number; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(() => {
    forgetAssistant()
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    void save(() => publishVersion(version, reason), say('assistant.published'))
  }
  return (
    <Modal
      title={say('assistant.publishWhy', { version })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="publish-why" disabled={busy}>
            {say('assistant.publishThis')}
          </Button>
        </>
      }
    >
      <form id="publish-why" onSubmit={submit}>
        <FormProblem text={general ?? errors['version']} />
        <TextField
          label={say('assistant.byHandWhy')}
          help={say('assistant.byHandWhyHelp')}
          name="reason"
          required
          maxLength={500}
          error={errors['reason']}
        />
      </form>
    </Modal>
  )
}
