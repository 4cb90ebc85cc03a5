// Categories: the tree that says what a ticket is about.
import { type FormEvent, useState } from 'react'

import type { Category, CategoryPatch, NewCategory } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import styles from './admin.module.css'
import { MergeName } from './MergeName.tsx'
import { DataTable, Page } from './Page.tsx'
import { attempt, useSave } from './saving.ts'
import { usePages } from './usePages.ts'

type Editing = { category: Category | null; parentId: number | null }

export function Categories() {
  const pages = usePages<Category>('categories', { archived: 'true' })
  const items = pages.items.toSorted((a, b) => a.path.localeCompare(b.path))
  const [editing, setEditing] = useState<Editing | null>(null)
  const [merging, setMerging] = useState<Category | null>(null)
  const setArchived = (category: Category, archived: boolean) =>
    void attempt(
      () => call('PATCH', `/categories/${category.id}`, { body: { archived } satisfies CategoryPatch }),
      say(archived ? 'admin.archived' : 'admin.restored', { name: category.path }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.categories')}
      about={say('categories.about')}
      changesOf="category"
      action={
        <Button weight="primary" onClick={() => setEditing({ category: null, parentId: null })}>
          {say('categories.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.categories')}
        pages={{ ...pages, items }}
        keyOf={({ id }) => id}
        empty={say('categories.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('field.name'),
            render: ({ name, path }) => (
              <span
                className={`${styles['strong']} ${styles['indent']}`}
                style={{ '--depth': path.split('/').length - 1 } as object}
                title={path}
              >
                {name}
              </span>
            ),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (category) => (
              <span className={styles['buttons']}>
                <Button weight="quiet" onClick={() => setEditing({ category: null, parentId: category.id })}>
                  {say('categories.addUnder')}
                </Button>
                <Button weight="quiet" onClick={() => setEditing({ category, parentId: category.parentId })}>
                  {say('action.edit')}
                </Button>
                {!category.archived && (
                  <Button weight="quiet" onClick={() => setMerging(category)}>
                    {say('mergeName.open')}
                  </Button>
                )}
                <Button weight="quiet" onClick={() => setArchived(category, !category.archived)}>
                  {say(category.archived ? 'action.restore' : 'action.archive')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {merging && (
        <MergeName
          noun="categories"
          from={{ id: merging.id, name: merging.path }}
          others={items.filter(({ archived }) => !archived).map(({ id, path }) => ({ id, name: path }))}
          onClose={() => {
            setMerging(null)
            pages.reload()
          }}
        />
      )}
      {editing && (
        <CategoryForm
          {...editing}
          all={items}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

type FormProps = Editing & { all: readonly Category[]; onClose: () => void }

function CategoryForm({ category, parentId, all, onClose }: FormProps) {
  const { save, busy, errors, general } = useSave(onClose)
  const parents = all.filter(
    ({ path, archived }) => !archived && (!category || !`${path}/`.startsWith(`${category.path}/`)),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const parent = String(form.get('parentId'))
    const body: NewCategory = {
      name: String(form.get('name')).trim(),
      parentId: parent === '' ? null : Number(parent),
    }
    const work = () =>
      category
        ? call('PATCH', `/categories/${category.id}`, { body })
        : call('POST', '/categories', { body: { ...body, ...meantBy(form) } })
    void save(work, say(category ? 'admin.saved' : 'admin.added', { name: body.name }))
  }
  return (
    <Modal
      title={category ? say('categories.edit', { name: category.name }) : say('categories.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="category" disabled={busy}>
            {say(category ? 'action.save' : 'categories.add')}
          </Button>
        </>
      }
    >
      <form id="category" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          defaultValue={category?.name}
          error={errors['name']}
        />
        <SelectField
          label={say('categories.parent')}
          name="parentId"
          defaultValue={parentId === null ? '' : String(parentId)}
          options={[
            { value: '', label: say('categories.top') },
            ...parents.map(({ id, path }) => ({ value: String(id), label: path.replaceAll('/', ' / ') })),
          ]}
          error={errors['parentId']}
        />
        {category === null && <Meaning errors={errors} />}
      </form>
    </Modal>
  )
}

/** What a new category is for, in a sentence and by tickets; and, when one looks like it, that it is another. */
function Meaning({ errors }: { errors: Readonly<Record<string, string>> }) {
  return (
    <>
      <TextArea
        label={say('categories.definition')}
        help={say('categories.definitionHelp')}
        name="definition"
        required
        maxLength={1000}
        error={errors['definition']}
      />
      <TextField
        label={say('categories.examples')}
        help={say('categories.examplesHelp')}
        name="examples"
        inputMode="numeric"
        error={errors['examples']}
      />
      {errors['distinct'] !== undefined && (
        <>
          <FormProblem text={errors['distinct']} />
          <CheckField label={say('categories.distinct')} name="distinct" />
        </>
      )}
    </>
  )
}

function meantBy(form: FormData): Partial<NewCategory> {
  return {
    definition: String(form.get('definition')),
    examples: (String(form.get('examples')).match(/\d{1,15}/g) ?? []).map(Number),
    distinct: form.get('distinct') !== null,
  }
}
