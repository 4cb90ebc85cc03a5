// One macro: its name, who has it, what it says and what it changes.
import { type FormEvent, useId, useState } from 'react'

import type { Field } from '../../src/api/contract/desk.ts'
import type { Macro, NewMacro } from '../../src/api/contract/macros.ts'
import type { MacroChange } from '../../src/api/contract/tickets.ts'
import { messageKinds, priorities } from '../../src/tickets/vocabulary.ts'
import { sendable } from '../parts/settable.ts'
import type { ViewScope } from '../../src/api/contract/views.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { lengthOf } from '../sla/clock.ts'
import { call } from '../wire/call.ts'
import { useAgents, useCategories, useFields, useTeams } from '../wire/desk.ts'
import { useMacros } from '../wire/macros.ts'
import { useMay } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { FieldChange, fieldChanges } from './MacroFields.tsx'
import { foldersOf } from './macro-folders.ts'
import { type Files, MacroFiles, MacroTexts, type Texts, textsOf } from './MacroText.tsx'
import { useSave } from './saving.ts'

const keep = ''

export function MacroForm({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const mayShare = useMay('macros.share')
  const [scope, setScope] = useState<ViewScope>(macro?.scope ?? (mayShare ? 'shared' : 'personal'))
  const [kind, setKind] = useState<'reply' | 'note'>(macro?.message?.kind ?? 'reply')
  const [texts, setTexts] = useState(() => textsOf(macro))
  const [files, setFiles] = useState<Files>({ kept: macro?.files ?? [], fresh: [] })
  const [uploading, setUploading] = useState(0)
  const [isBare, setBare] = useState(false)
  const fields = useFields().filter(({ archived }) => !archived)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // Texts in other languages and files go with the text for all others, and would be lost without it.
    const isLacking =
      texts[''] === '' &&
      (files.kept.length + files.fresh.length > 0 || Object.values(texts).some((text) => text !== ''))
    setBare(isLacking)
    if (isLacking) return
    const form = new FormData(event.currentTarget)
    const name = String(form.get('name')).trim()
    const input: NewMacro = {
      name,
      scope,
      team: scope === 'team' ? Number(form.get('owner')) : null,
      change: changeOf(form, fields, macro?.change ?? {}),
      message: messageOf(kind, texts),
      folder: String(form.get('folder')).trim(),
      files: files.kept.map(({ sha256 }) => sha256),
      uploads: files.fresh.map(({ id }) => id),
    }
    const work = () =>
      macro ? call('PATCH', `/macros/${macro.id}`, { body: input }) : call('POST', '/macros', { body: input })
    void save(work, say(macro ? 'admin.saved' : 'admin.added', { name }))
  }
  return (
    <Modal
      title={macro ? say('macros.edit', { name: macro.name }) : say('macros.add')}
      open
      onClose={onClose}
      shape="wide"
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="macro" disabled={busy || uploading > 0}>
            {say(macro ? 'action.save' : 'macros.add')}
          </Button>
        </>
      }
    >
      <form id="macro" onSubmit={submit}>
        <FormProblem text={isBare ? say('macros.textLacks') : (general ?? elsewhere(errors))} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          defaultValue={macro?.name}
          error={errors['name']}
        />
        <FolderField folder={macro?.folder ?? ''} error={errors['folder']} />
        <Whose
          macro={macro}
          scope={scope}
          onScope={setScope}
          kind={kind}
          onKind={setKind}
          error={errors['team']}
        />
        <MacroTexts texts={texts} kind={kind} onChange={setTexts} />
        <MacroFiles
          macroId={macro?.id ?? null}
          files={files}
          onChange={setFiles}
          uploading={uploading}
          onUploading={(more) => setUploading((count) => count + more)}
        />
        <fieldset className={styles['changes']}>
          <legend>{say('macros.changes')}</legend>
          <Changes change={macro?.change ?? {}} fields={fields} />
        </fieldset>
      </form>
    </Modal>
  )
}

type WhoseProps = {
  macro: Macro | null
  scope: ViewScope
  onScope: (scope: ViewScope) => void
  kind: 'reply' | 'note'
  onKind: (kind: 'reply' | 'note') => void
  error: string | undefined
}

/** Who has it, and whom its text is for. */
function Whose({ macro, scope, onScope, kind, onKind, error }: WhoseProps) {
  const mayShare = useMay('macros.share')
  const teams = useTeams().filter(({ archived }) => !archived)
  const scopes = mayShare ? (['shared', 'team', 'personal'] as const) : (['personal'] as const)
  return (
    <div className={styles['pair']}>
      <SelectField
        label={say('views.scope')}
        value={scope}
        onChange={(event) => onScope(event.target.value as ViewScope)}
        options={scopes.map((value) => ({ value, label: say(`macroScope.${value}`) }))}
      />
      {scope === 'team' && (
        <SelectField
          label={say('property.team')}
          name="owner"
          defaultValue={macro?.team?.id}
          options={teams.map(({ id, name }) => ({ value: String(id), label: name }))}
          error={error}
        />
      )}
      <SelectField
        label={say('macros.kind')}
        value={kind}
        onChange={(event) => onKind(event.target.value as 'reply' | 'note')}
        options={messageKinds.map((value) => ({
          value,
          label: say(`composer.${value}`),
        }))}
      />
    </div>
  )
}

function FolderField({ folder, error }: { folder: string; error: string | undefined }) {
  const folders = foldersOf(useMacros())
  const listId = useId()
  return (
    <>
      <TextField
        label={say('macros.folder')}
        name="folder"
        help={say('macros.folderHelp')}
        maxLength={100}
        list={listId}
        defaultValue={folder}
        error={error}
      />
      <datalist id={listId}>
        {folders.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  )
}

/** What is wrong beside the fields that say it themselves: with texts, files, and what it changes. */
function elsewhere(errors: Readonly<Record<string, string>>): string | null {
  const found = Object.entries(errors).filter(([path]) => !['name', 'folder', 'team'].includes(path))
  return found.map(([path, text]) => (path === 'message' ? text : `${path}: ${text}`)).join(' · ') || null
}

/** A language whose text is empty says what all others say. */
function messageOf(kind: 'reply' | 'note', { '': body = '', ...texts }: Texts): NewMacro['message'] {
  if (body === '') return null
  return { kind, body, texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) }
}

/** How long a macro lets a ticket sleep: hours, days, weeks, in seconds. */
const naps = [1, 3, 24, 48, 72, 168, 336, 720].map((hours) => hours * 3_600)

function Changes({ change, fields }: { change: MacroChange; fields: readonly Field[] }) {
  const agents = useAgents().filter(({ active }) => active)
  const teams = useTeams().filter(({ archived }) => !archived)
  const categories = useCategories().filter(({ archived }) => !archived)
  const unchanged = { value: keep, label: say('macros.keep') }
  const teamId = teams.find(({ id, name }) => id === change.team || name === change.team)?.id
  return (
    <div className={styles['pair']}>
      <SelectField
        label={say('property.status')}
        name="status"
        defaultValue={change.status ?? keep}
        options={[
          unchanged,
          ...sendable.map((value) => ({
            value,
            label: say(`status.${value}`),
          })),
        ]}
      />
      <SelectField
        label={say('property.priority')}
        name="priority"
        defaultValue={change.priority ?? keep}
        options={[
          unchanged,
          ...priorities.toReversed().map((value) => ({
            value,
            label: say(`priority.${value}`),
          })),
        ]}
      />
      <SelectField
        label={say('property.assignee')}
        name="assignee"
        defaultValue={change.assignee === null ? 'none' : String(change.assignee ?? keep)}
        options={[
          unchanged,
          { value: 'me', label: say('macros.applier') },
          { value: 'none', label: say('assign.nobody') },
          ...agents.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <SelectField
        label={say('property.team')}
        name="team"
        defaultValue={change.team === null ? 'none' : String(teamId ?? keep)}
        options={[
          unchanged,
          { value: 'none', label: say('team.none') },
          ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <SelectField
        label={say('property.category')}
        name="category"
        defaultValue={change.category ?? keep}
        options={[
          unchanged,
          ...categories.map(({ path }) => ({ value: path, label: path.replaceAll('/', ' / ') })),
        ]}
      />
      <TextField
        label={say('macros.addTags')}
        name="addTags"
        help={say('macros.tagsHelp')}
        defaultValue={change.addTags?.join(', ')}
      />
      <TextField
        label={say('macros.removeTags')}
        name="removeTags"
        defaultValue={change.removeTags?.join(', ')}
      />
      <SelectField
        label={say('macros.snooze')}
        name="snoozeSeconds"
        defaultValue={String(change.snoozeSeconds ?? keep)}
        options={[
          unchanged,
          ...[...new Set([...naps, ...(change.snoozeSeconds ? [change.snoozeSeconds] : [])])].map(
            (value) => ({
              value: String(value),
              label: lengthOf(value * 1000),
            }),
          ),
        ]}
      />
      <CheckField
        label={say('ask.assistant')}
        name="askAssistant"
        defaultChecked={change.askAssistant === true}
      />
      {fields.map((field) => (
        <FieldChange key={field.key} field={field} value={change.fields?.[field.key]} />
      ))}
    </div>
  )
}

function changeOf(form: FormData, fields: readonly Field[], before: MacroChange): MacroChange {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const tags = (name: string) =>
    text(name)
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
  const [status, priority, assignee, team, category] = [
    'status',
    'priority',
    'assignee',
    'team',
    'category',
  ].map(text)
  const values = fieldChanges(form, fields, before.fields)
  return {
    ...(status ? { status: status as NonNullable<MacroChange['status']> } : {}),
    ...(priority ? { priority: priority as NonNullable<MacroChange['priority']> } : {}),
    ...(assignee
      ? { assignee: assignee === 'none' ? null : assignee === 'me' ? 'me' : Number(assignee) }
      : {}),
    ...(team ? { team: team === 'none' ? null : Number(team) } : {}),
    ...(category ? { category } : {}),
    ...(tags('addTags').length > 0 ? { addTags: tags('addTags') } : {}),
    ...(tags('removeTags').length > 0 ? { removeTags: tags('removeTags') } : {}),
    ...(text('snoozeSeconds') ? { snoozeSeconds: Number(text('snoozeSeconds')) } : {}),
    ...(form.has('askAssistant') ? { askAssistant: true } : {}),
    ...(values.length > 0 ? { fields: Object.fromEntries(values) } : {}),
  }
}
