// Fields: what this desk wants to know about a ticket beyond what every ticket has.
import { type FormEvent, useState } from 'react'

import type { Field, FieldPatch, NewField } from '../../src/api/contract/desk.ts'
import { fieldTypes, type FieldType } from '../../src/setup/field-type.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { attempt, useSave } from './saving.ts'
import { usePages } from './usePages.ts'

export function Fields() {
  const pages = usePages<Field>('fields', { archived: 'true' })
  const [editing, setEditing] = useState<Field | 'new' | null>(null)
  const setArchived = (field: Field, archived: boolean) =>
    void attempt(
      () => call('PATCH', `/fields/${field.id}`, { body: { archived } satisfies FieldPatch }),
      say(archived ? 'admin.archived' : 'admin.restored', { name: field.label }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.fields')}
      about={say('fields.about')}
      changesOf="field"
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('fields.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.fields')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('fields.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('fields.label'),
            render: ({ label, key }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>{label}</span>
                <span className={styles['muted']}>{key}</span>
              </span>
            ),
          },
          { name: say('fields.type'), render: ({ type }) => say(`fieldType.${type}`), narrow: true },
          { name: say('fields.rules'), render: rulesOf },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (field) => (
              <span className={styles['buttons']}>
                <Button weight="quiet" onClick={() => setEditing(field)}>
                  {say('action.edit')}
                </Button>
                <Button weight="quiet" onClick={() => setArchived(field, !field.archived)}>
                  {say(field.archived ? 'action.restore' : 'action.archive')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {editing && (
        <FieldForm
          field={editing === 'new' ? null : editing}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

function rulesOf({ requiredOnResolve, personal }: Field): string {
  const rules = [requiredOnResolve ? say('fields.required') : '', personal ? say('fields.personal') : '']
  return rules.filter(Boolean).join(', ') || '–'
}

function FieldForm({ field, onClose }: { field: Field | null; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const [type, setType] = useState<FieldType>(field?.type ?? 'text')
  const hasOptions = type === 'select' || type === 'multi_select'
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const patch: Omit<FieldPatch, 'archived'> & { label: string } = {
      label: text('label'),
      help: text('help') || null,
      requiredOnResolve: form.has('requiredOnResolve'),
      ...(hasOptions
        ? {
            options: text('options')
              .split('\n')
              .map((line) => line.trim())
              .filter(Boolean),
          }
        : {}),
    }
    const created: NewField = { ...patch, type, personal: form.has('personal') }
    const work = () =>
      field
        ? call('PATCH', `/fields/${field.id}`, { body: patch })
        : call('POST', '/fields', { body: created })
    void save(work, say(field ? 'admin.saved' : 'admin.added', { name: text('label') }))
  }
  return (
    <Modal
      title={field ? say('fields.edit', { name: field.label }) : say('fields.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="field" disabled={busy}>
            {say(field ? 'action.save' : 'fields.add')}
          </Button>
        </>
      }
    >
      <form id="field" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('fields.label')}
          name="label"
          required
          defaultValue={field?.label}
          error={errors['label']}
        />
        <SelectField
          label={say('fields.type')}
          help={field ? say('fields.typeFixed') : undefined}
          disabled={field !== null}
          value={type}
          onChange={(event) => setType(event.target.value as FieldType)}
          options={fieldTypes.map((value) => ({ value, label: say(`fieldType.${value}`) }))}
        />
        {hasOptions && (
          <TextArea
            label={say('fields.options')}
            help={say('fields.optionsHelp')}
            name="options"
            required
            defaultValue={field?.options.join('\n')}
            error={errors['options']}
          />
        )}
        <TextField
          label={say('fields.help')}
          name="help"
          defaultValue={field?.help ?? ''}
          error={errors['help']}
        />
        <CheckField
          label={say('fields.requiredLong')}
          name="requiredOnResolve"
          defaultChecked={field?.requiredOnResolve ?? false}
        />
        {!field && (
          <CheckField label={say('fields.personalLong')} help={say('fields.personalHelp')} name="personal" />
        )}
      </form>
    </Modal>
  )
}
