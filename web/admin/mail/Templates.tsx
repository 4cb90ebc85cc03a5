// What automatic mail says, by brand and language; without a template the desk uses its own words.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { MailTemplate, MailTemplatePut } from '../../../src/api/contract/safety.ts'
import type { NameRef, Page as PageOf } from '../../../src/api/contract/shapes.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'

const kinds = ['acknowledgement', 'resolved'] as const

export function MailTemplates() {
  const pages = usePages<MailTemplate>('mail-templates')
  const brands = useQuery({ queryKey: ['brands'], queryFn: () => call<PageOf<NameRef>>('GET', '/brands') })
  const brandOf = (id: number | null) =>
    id === null
      ? say('templates.anyBrand')
      : (brands.data?.items.find((brand) => brand.id === id)?.name ?? '')
  const [editing, setEditing] = useState<MailTemplate | 'new' | null>(null)
  const remove = (template: MailTemplate) =>
    void attempt(
      () => call('DELETE', `/mail-templates/${template.id}`),
      say('safety.removed', { name: say(`templateKind.${template.kind}`) }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.mailTemplates')}
      changesOf="mail_template"
      about={say('templates.about')}
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('templates.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.mailTemplates')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('templates.empty')}
        columns={[
          {
            name: say('templates.kind'),
            render: ({ kind, body }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>{say(`templateKind.${kind}`)}</span>
                <span className={styles['muted']}>{body.slice(0, 120)}</span>
              </span>
            ),
          },
          { name: say('mailbox.brand'), narrow: true, render: ({ brandId }) => brandOf(brandId) },
          {
            name: say('templates.language'),
            narrow: true,
            render: ({ language }) => language ?? say('templates.anyLanguage'),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (template) => (
              <span className={styles['buttons']}>
                <Button weight="quiet" onClick={() => setEditing(template)}>
                  {say('action.edit')}
                </Button>
                <Button weight="quiet" onClick={() => remove(template)}>
                  {say('safety.remove')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {editing && (
        <TemplateForm
          template={editing === 'new' ? null : editing}
          brands={brands.data?.items ?? []}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

type FormProps = { template: MailTemplate | null; brands: readonly NameRef[]; onClose: () => void }

function TemplateForm({ template, brands, onClose }: FormProps) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const body: MailTemplatePut = {
      kind: template?.kind ?? (text('kind') === 'resolved' ? 'resolved' : 'acknowledgement'),
      brandId: template ? template.brandId : text('brandId') === '' ? null : Number(text('brandId')),
      language: template ? template.language : text('language') || null,
      subject: text('subject'),
      body: text('body'),
    }
    void save(() => call('PUT', '/mail-templates', { body }), say('mailbox.saved'))
  }
  return (
    <Modal
      title={template ? say(`templateKind.${template.kind}`) : say('templates.add')}
      open
      onClose={onClose}
      shape="wide"
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="template" disabled={busy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <form id="template" onSubmit={submit}>
        <FormProblem text={general} />
        {template === null && (
          <>
            <SelectField
              label={say('templates.kind')}
              name="kind"
              options={kinds.map((value) => ({ value, label: say(`templateKind.${value}`) }))}
            />
            <SelectField
              label={say('mailbox.brand')}
              name="brandId"
              options={[
                { value: '', label: say('templates.anyBrand') },
                ...brands.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
            />
            <TextField
              label={say('templates.language')}
              help={say('templates.languageHelp')}
              name="language"
              error={errors['language']}
            />
          </>
        )}
        <TextField
          label={say('templates.subject')}
          help={say('templates.subjectHelp')}
          name="subject"
          defaultValue={template?.subject}
          error={errors['subject']}
        />
        <TextArea
          label={say('templates.body')}
          help={say('templates.bodyHelp')}
          name="body"
          rows={10}
          required
          defaultValue={template?.body}
          error={errors['body']}
        />
      </form>
    </Modal>
  )
}
