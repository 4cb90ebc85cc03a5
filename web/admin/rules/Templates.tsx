// Templates of notes and mails: their text, the placeholders there are, and which rules use them is guarded by the server.
import { type FormEvent, useState } from 'react'

import type { BookTemplate } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { FormProblem, TextArea, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import { attempt, useSave } from '../saving.ts'
import styles from './rules.module.css'
import { reloadRules, useRulebook } from './wire.ts'

export function Templates({ onClose }: { onClose: () => void }) {
  const book = useRulebook()
  const [editing, setEditing] = useState<BookTemplate | 'new' | null>(null)
  const mayWrite = useMay('rules.write')
  const remove = ({ key }: BookTemplate) =>
    void attempt(
      () => call('DELETE', `/rulebook/templates/${key}`),
      say('rules.removed', { name: key }),
      () => void reloadRules(),
    )
  if (editing)
    return (
      <TemplateForm
        template={editing === 'new' ? null : editing}
        placeholders={book?.placeholders ?? []}
        onClose={() => setEditing(null)}
      />
    )
  return (
    <Modal
      title={say('rules.templates')}
      shape="wide"
      open
      onClose={onClose}
      actions={
        mayWrite && (
          <Button weight="primary" onClick={() => setEditing('new')}>
            {say('rules.addTemplate')}
          </Button>
        )
      }
    >
      {book?.templates.length === 0 && <Empty title={say('rules.noTemplates')} />}
      <ul className={styles['versions']}>
        {book?.templates.map((template) => (
          <li key={template.key}>
            <p className={styles['versionHead']}>
              <b>{template.key}</b> <span className={styles['hint']}>{template.subject}</span>
            </p>
            <p className={styles['sentenceSmall']}>{template.body.slice(0, 160)}</p>
            {mayWrite && (
              <span className={styles['pair']}>
                <Button weight="quiet" onClick={() => setEditing(template)}>
                  {say('action.edit')}
                </Button>
                <Button weight="quiet" onClick={() => remove(template)}>
                  {say('rules.delete')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Modal>
  )
}

type FormProps = { template: BookTemplate | null; placeholders: readonly string[]; onClose: () => void }

function TemplateForm({ template, placeholders, onClose }: FormProps) {
  const { save, busy, errors, general } = useSave(() => {
    void reloadRules()
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    const key = template?.key ?? text('key')
    const optional = (name: 'subject' | 'family') => (text(name) === '' ? {} : { [name]: text(name) })
    const body = { template: { key, body: text('body'), ...optional('subject'), ...optional('family') } }
    void save(() => call('PUT', `/rulebook/templates/${key}`, { body }), say('admin.saved', { name: key }))
  }
  return (
    <Modal
      title={template?.key ?? say('rules.addTemplate')}
      shape="wide"
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="template" disabled={busy}>
            {say('rules.saveDraft')}
          </Button>
        </>
      }
    >
      <form id="template" onSubmit={submit}>
        <FormProblem text={general} />
        {!template && (
          <TextField
            label={say('rules.key')}
            name="key"
            required
            pattern="[a-z0-9][a-z0-9\-]*"
            maxLength={60}
            help={say('rules.keyHelp')}
            error={errors['template.key']}
          />
        )}
        <TextField
          label={say('rules.subject')}
          name="subject"
          defaultValue={template?.subject ?? ''}
          maxLength={500}
        />
        <TextArea
          label={say('rules.body')}
          name="body"
          rows={10}
          required
          defaultValue={template?.body ?? ''}
          help={say('rules.placeholders', { list: placeholders.map((name) => `{{ ${name} }}`).join('  ') })}
          error={errors['template.body']}
        />
        <TextField
          label={say('rules.family')}
          name="family"
          defaultValue={template?.family ?? ''}
          pattern="[a-z0-9][a-z0-9\-]*"
          maxLength={60}
          help={say('rules.familyHelp')}
        />
      </form>
    </Modal>
  )
}
