// Where another desk is, and the key that opens it. First it is only looked at.
import type { FormEvent } from 'react'

import type { ImportRun, NewImport } from '../../../src/api/contract/imports.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { useSave } from '../saving.ts'

const KINDS = ['zendesk', 'freshdesk'] as const satisfies readonly NewImport['kind'][]
const NAMES = { zendesk: 'Zendesk', freshdesk: 'Freshdesk' } as const

export function AskImport({ onAsked, onClose }: { onAsked: (run: ImportRun) => void; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const body: NewImport = {
      kind: KINDS.find((kind) => kind === form.get('kind')) ?? 'zendesk',
      url: text('url'),
      user: text('user'),
      token: text('token'),
      look: true,
    }
    void save(async () => onAsked(await call<ImportRun>('POST', '/imports', { body })), null)
  }
  return (
    <Modal
      title={say('moving.ask')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="import" disabled={busy}>
            {say('moving.look')}
          </Button>
        </>
      }
    >
      <form id="import" onSubmit={submit}>
        <p>{say('moving.askHelp')}</p>
        <FormProblem text={general} />
        <SelectField
          label={say('moving.kind')}
          name="kind"
          defaultValue="zendesk"
          options={KINDS.map((value) => ({ value, label: NAMES[value] }))}
        />
        <TextField
          label={say('moving.url')}
          help={say('moving.urlHelp')}
          name="url"
          type="url"
          required
          error={errors['url']}
        />
        <TextField
          label={say('moving.user')}
          help={say('moving.userHelp')}
          name="user"
          error={errors['user']}
        />
        <TextField
          label={say('moving.token')}
          help={say('moving.tokenHelp')}
          name="token"
          type="password"
          autoComplete="off"
          required
          error={errors['token']}
        />
      </form>
    </Modal>
  )
}
