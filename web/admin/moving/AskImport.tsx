// Where the past comes from: another desk with the key that opens it, or a file. First it is only looked at.
import { useState, type FormEvent } from 'react'

import type { ImportRun, ImportUpload, MailUpload, NewImport } from '../../../src/api/contract/imports.ts'
import {
  addressWith,
  apiKinds,
  apiMakes,
  databaseKinds,
  databaseMakes,
  isDatabaseKind,
  namesDesk,
  type ApiKind,
  type DatabaseKind,
} from '../../../src/imports/kinds.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { useSave } from '../saving.ts'
import { DatabaseFields } from './DatabaseFields.tsx'
import { askExport, ExportFields } from './ExportFields.tsx'
import styles from './moving.module.css'
import { upload } from './upload.ts'

const KINDS = [
  ...apiKinds,
  'zendesk-export',
  ...databaseKinds,
  'mbox',
  'csv',
] as const satisfies readonly NewImport['kind'][]
type Kind = (typeof KINDS)[number]
const nameOf = (kind: Kind) => {
  if (kind === 'csv') return say('csv.file')
  if (kind === 'mbox') return say('box.file')
  if (kind === 'zendesk-export') return say('moving.exportKind')
  if (isDatabaseKind(kind)) return databaseMakes[kind].label
  return apiMakes[kind].label
}

const isApi = (kind: Kind): kind is ApiKind => Object.hasOwn(apiMakes, kind)

type Props = {
  onAsked: (run: ImportRun) => void
  onTable: (upload: ImportUpload) => void
  onMails: (upload: MailUpload) => void
  onClose: () => void
}

export function AskImport({ onAsked, onTable, onMails, onClose }: Props) {
  const { save, busy, errors, general } = useSave(onClose)
  const [kind, setKind] = useState<Kind>('zendesk')
  const [brought, setBrought] = useState<string | null>(null)
  const isFile = kind === 'csv' || kind === 'mbox'
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void save(async () => {
      if (kind === 'csv') onTable(await upload<ImportUpload>('files', form.get('file')))
      else if (kind === 'mbox') onMails(await upload<MailUpload>('mailboxes', form.get('file')))
      else if (kind === 'zendesk-export') onAsked(await askExport(form, setBrought))
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
            {say(isFile ? 'csv.next' : 'moving.look')}
          </Button>
        </>
      }
    >
      <form id="import" onSubmit={submit}>
        <p className={styles['rows']}>{say('moving.askHelp')}</p>
        <FormProblem text={general} />
        <SelectField
          label={say('moving.kind')}
          name="kind"
          value={kind}
          onChange={({ target }) => setKind(KINDS.find((each) => each === target.value) ?? 'zendesk')}
          options={KINDS.map((value) => ({ value, label: nameOf(value) }))}
        />
        {kind === 'csv' && <FileField kind="csv" accept=".csv,.tsv,.txt,text/csv" />}
        {kind === 'mbox' && <FileField kind="box" accept=".mbox,.mbx,application/mbox" />}
        {kind === 'zendesk-export' && <ExportFields error={errors['name']} brought={brought} />}
        {isDatabaseKind(kind) && <DatabaseFields key={kind} kind={kind} error={errors['database']} />}
        {isApi(kind) && <DeskFields key={kind} kind={kind} errors={errors} />}
      </form>
    </Modal>
  )
}

function bodyOf(kind: ApiKind | DatabaseKind, form: FormData): NewImport {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  if (isDatabaseKind(kind)) {
    // What the address says is not asked for beside it.
    const asked = databaseMakes[kind].asks.filter((name) => form.has(name))
    const said = Object.fromEntries(asked.map((name) => [name, text(name)]))
    return { kind, database: addressWith(text('database'), said), look: true }
  }
  return { kind, url: text('url'), user: text('user'), token: text('token'), look: true }
}

function FileField({ kind, accept }: { kind: 'csv' | 'box'; accept: string }) {
  return (
    <TextField
      label={say(`${kind}.file`)}
      help={say(`${kind}.fileHelp`)}
      name="file"
      type="file"
      accept={accept}
      required
    />
  )
}

/** The words for whose key it is, and for the key, by what a make asks for. */
const WORDS = {
  address: {
    user: ['moving.user', 'moving.userHelp'],
    token: ['moving.token', 'moving.tokenHelp'],
  },
  application: {
    user: ['moving.application', 'moving.applicationHelp'],
    token: ['moving.secret', 'moving.tokenHelp'],
  },
  workspace: {
    user: ['moving.workspace', 'moving.workspaceHelp'],
    token: ['moving.token', 'moving.tokenHelp'],
  },
} as const

function DeskFields({ kind, errors }: { kind: ApiKind; errors: Record<string, string> }) {
  const { url, user } = apiMakes[kind]
  const words = WORDS[user ?? 'address']
  return (
    <>
      <TextField
        label={say('moving.url')}
        help={url === null ? say('moving.urlHelp', { kind }) : undefined}
        name="url"
        type="url"
        defaultValue={url ?? ''}
        required
        error={errors['url']}
      />
      {user !== null && (
        <TextField
          label={say(words.user[0])}
          help={say(words.user[1])}
          name="user"
          required={namesDesk(apiMakes[kind])}
          error={errors['user']}
        />
      )}
      <TextField
        label={say(words.token[0])}
        help={say(words.token[1])}
        name="token"
        type="password"
        autoComplete="off"
        required
        error={errors['token']}
      />
    </>
  )
}
