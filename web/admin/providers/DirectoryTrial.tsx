// Trying a directory with somebody's own name and password there, as the page of signing in will.
import { type FormEvent } from 'react'

import type { DirectoryTrial as Typed } from '../../../src/api/contract/providers.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { useSave } from '../saving.ts'

export function DirectoryTrial({
  path,
  onClose,
  onTried,
}: {
  path: string
  onClose: () => void
  onTried: () => void
}) {
  const { save, busy, general } = useSave(() => {
    onTried()
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body: Typed = { login: String(form.get('login')), password: String(form.get('password')) }
    void save(() => call('POST', `${path}/trial`, { body }), null)
  }
  return (
    <Modal title={say('providers.trial')} open onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <FormProblem text={general} />
        <p>{say('directory.trialHelp')}</p>
        <TextField label={say('directory.login')} name="login" required autoFocus autoComplete="off" />
        <TextField
          label={say('field.password')}
          name="password"
          type="password"
          required
          autoComplete="off"
        />
        <Button weight="primary" type="submit" disabled={busy}>
          {say('directory.try')}
        </Button>
      </form>
    </Modal>
  )
}
