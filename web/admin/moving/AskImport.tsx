// Where the past comes from: another desk with the key that opens it, or a file. First it is only looked at.
import { useState, type FormEvent } from 'react'

import type { ImportRun, ImportUpload, NewImport } from '../../../src/api/contract/imports.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { useSave } from '../saving.ts'

const KINDS = ['zendesk', 'freshdesk', 'csv'] as const satisfies readonly NewImport['kind'][]
type Kind = (typeof KINDS)[number]
const nameOf = (kind: Kind) =>
  kind === 'csv' ? say('csv.file') : kind === 'zendesk' ? 'Zendesk' : 'Freshdesk'

type Props = {
  onAsked: (run: ImportRun) => void
  onUploaded: (upload: ImportUpload) => void
  onClose: () => void
}

export function AskImport({ onAsked, onUploaded, onClose }: Props) {
  const { save, busy, errors, general } = useSave(onClose)
  const [kind, setKind] = useState<Kind>('zendesk')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void save(async () => {
      if (kind === 'csv') onUploaded(await upload(form.get('file')))
      else onAsked(await call<ImportRun>('POST', '/imports', { body: bodyOf(kind, form) }))
    }, null)
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
            {say(kind === 'csv' ? 'csv.next' : 'moving.look')}
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
          value={kind}
          onChange={({ target }) => setKind(KINDS.find((each) => each === target.value) ?? 'zendesk')}
          options={KINDS.map((value) => ({ value, label: nameOf(value) }))}
        />
        {kind === 'csv' ? (
          <TextField
            label={say('csv.file')}
            help={say('csv.fileHelp')}
            name="file"
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            required
          />
        ) : (
          <DeskFields errors={errors} />
        )}
      </form>
    </Modal>
  )
}

function bodyOf(kind: Exclude<Kind, 'csv'>, form: FormData): NewImport {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return { kind, url: text('url'), user: text('user'), token: text('token'), look: true }
}

function upload(file: FormDataEntryValue | null): Promise<ImportUpload> {
  const body = new FormData()
  if (file !== null) body.set('file', file)
  return call<ImportUpload>('POST', '/imports/files', { body })
}

function DeskFields({ errors }: { errors: Record<string, string> }) {
  return (
    <>
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
    </>
  )
}
