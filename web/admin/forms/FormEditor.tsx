// One form: its words and where it leads on the left, what is asked in order below, and how a customer sees it on the right.
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { Brand, Form, NewForm, Question } from '../../../src/api/contract/forms.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { useCategories, useTeams } from '../../wire/desk.ts'
import { LastChanges } from '../Beside.tsx'
import styles from './forms.module.css'
import { FormEmbed } from './FormEmbed.tsx'
import { FormPreview } from './FormPreview.tsx'
import { FormQuestions } from './FormQuestions.tsx'
import { OfBrand } from '../OfBrand.tsx'
import { Page } from '../Page.tsx'
import { useSave } from '../saving.ts'

export function FormEditor() {
  const { formId } = useParams({ strict: false }) as { formId: string }
  return (
    <OfBrand<Form> list="forms" id={formId}>
      {(form, brands) => <Editor key={formId} form={form} brands={brands} />}
    </OfBrand>
  )
}

const isWritten = (line: string) => line.trim() !== ''

type Draft = Omit<NewForm, 'questions'> & { questions: readonly Question[] }

const plain = (ask: string, required = false): Question => ({
  ask,
  label: null,
  help: null,
  required,
  when: null,
})

function draftOf(form: Form | null, brands: readonly Brand[]): Draft {
  if (form) {
    const { key, title, intro, category, questions, files, thanks, origins } = form
    return {
      key,
      title,
      intro,
      brand: form.brand.id,
      team: form.team?.id ?? null,
      category,
      questions,
      files,
      thanks,
      origins,
    }
  }
  return {
    key: '',
    title: '',
    intro: '',
    brand: brands[0]?.id ?? 1,
    team: null,
    category: null,
    questions: [plain('name'), plain('email', true), plain('subject', true), plain('message', true)],
    files: true,
    thanks: '',
    origins: [],
  }
}

function Editor({ form, brands }: { form: Form | null; brands: readonly Brand[] }) {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => draftOf(form, brands))
  const [chosenKey, setChosenKey] = useState(form !== null)
  const leave = () => {
    void client.invalidateQueries({ queryKey: ['forms'] })
    void navigate({ to: '/admin/forms' })
  }
  const { save, busy, errors, general } = useSave(leave)
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const setTitle = (title: string) => change({ title, ...(chosenKey ? {} : { key: keyOf(title) }) })
  const submit = () => {
    const { key, ...rest } = draft
    const body = { ...rest, questions: [...draft.questions], origins: draft.origins.filter(isWritten) }
    const work = () =>
      form
        ? call('PATCH', `/forms/${form.id}`, { body })
        : call('POST', '/forms', { body: { ...body, key } satisfies NewForm })
    void save(work, say(form ? 'admin.saved' : 'admin.added', { name: draft.title }))
  }
  const problemOf = (part: string) => Object.entries(errors).find(([path]) => path.startsWith(part))?.[1]
  return (
    <Page
      title={form ? form.title : say('forms.add')}
      about={say('forms.aboutOne')}
      action={
        <span className={styles['actions']}>
          {form && !form.archived && (
            <Button onClick={() => window.open(`/forms/${form.key}`, '_blank', 'noopener')}>
              {say('forms.fill')}
            </Button>
          )}
          <Button weight="primary" disabled={busy} onClick={submit}>
            {say(form ? 'action.save' : 'forms.add')}
          </Button>
        </span>
      }
      beside={
        <div>
          <FormPreview draft={draft} brand={brands.find(({ id }) => id === draft.brand) ?? null} />
          {form && <LastChanges thing="form" thingId={form.id} />}
        </div>
      }
    >
      <FormProblem text={general ?? null} />
      <TextField
        label={say('forms.title')}
        value={draft.title}
        required
        error={errors['title']}
        onChange={(event) => setTitle(event.target.value)}
      />
      {!form && (
        <TextField
          label={say('forms.key')}
          help={say('forms.keyHelp')}
          value={draft.key}
          error={errors['key']}
          onChange={(event) => {
            setChosenKey(true)
            change({ key: event.target.value })
          }}
        />
      )}
      <TextArea
        label={say('forms.intro')}
        rows={2}
        value={draft.intro}
        onChange={(event) => change({ intro: event.target.value })}
      />
      <Destination draft={draft} brands={brands} onChange={change} />
      <FormQuestions
        questions={draft.questions}
        problem={problemOf('questions')}
        onChange={(questions) => change({ questions })}
      />
      <CheckField
        label={say('forms.files')}
        checked={draft.files}
        onChange={(event) => change({ files: event.target.checked })}
      />
      <TextArea
        label={say('forms.thanks')}
        help={say('forms.thanksHelp')}
        rows={2}
        value={draft.thanks}
        onChange={(event) => change({ thanks: event.target.value })}
      />
      <FormEmbed
        form={form}
        origins={draft.origins}
        problem={problemOf('origins')}
        onChange={(origins) => change({ origins })}
      />
    </Page>
  )
}

type DestinationProps = { draft: Draft; brands: readonly Brand[]; onChange: (part: Partial<Draft>) => void }

function Destination({ draft, brands, onChange }: DestinationProps) {
  const teams = useTeams().filter(({ archived }) => !archived)
  const categories = useCategories().filter(({ archived }) => !archived)
  return (
    <div className={styles['pair']}>
      <SelectField
        label={say('forms.brand')}
        value={draft.brand}
        onChange={(event) => onChange({ brand: Number(event.target.value) })}
        options={brands.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <SelectField
        label={say('property.team')}
        value={draft.team ?? ''}
        onChange={(event) =>
          onChange({ team: event.target.value === '' ? null : Number(event.target.value) })
        }
        options={[
          { value: '', label: say('team.none') },
          ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <SelectField
        label={say('property.category')}
        value={draft.category ?? ''}
        onChange={(event) => onChange({ category: event.target.value || null })}
        options={[
          { value: '', label: say('category.none') },
          ...categories.map(({ path }) => ({ value: path, label: path.replaceAll('/', ' / ') })),
        ]}
      />
    </div>
  )
}

/** "Send something back" is at /forms/send-something-back unless somebody says otherwise. */
function keyOf(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
}
