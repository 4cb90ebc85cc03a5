// Tags: free labels. Archiving one takes it out of the menus; tickets keep it.
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { TagEntry } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { number } from '../parts/time.ts'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import styles from './admin.module.css'
import { MergeName } from './MergeName.tsx'
import { DataTable, Page } from './Page.tsx'
import { attempt, useSave } from './saving.ts'
import { usePages } from './usePages.ts'

export function Tags() {
  const pages = usePages<TagEntry>('tags', { archived: 'true' })
  const [adding, setAdding] = useState(false)
  const [merging, setMerging] = useState<TagEntry | null>(null)
  const setArchived = (tag: TagEntry, archived: boolean) =>
    void attempt(
      () => call('PATCH', `/tags/${tag.id}`, { body: { archived } }),
      say(archived ? 'admin.archived' : 'admin.restored', { name: tag.name }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.tags')}
      about={say('tags.about')}
      changesOf="tag"
      action={
        <Button weight="primary" onClick={() => setAdding(true)}>
          {say('tags.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.tags')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('tags.empty')}
        dim={({ archived }) => archived}
        columns={[
          { name: say('field.name'), render: ({ name }) => <span className={styles['strong']}>{name}</span> },
          {
            name: say('tags.tickets'),
            narrow: true,
            render: ({ name, ticketCount }) => (
              <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q: `tag:"${name}"` }}>
                {number(ticketCount)}
              </Link>
            ),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (tag) => (
              <span className={styles['buttons']}>
                {!tag.archived && (
                  <Button weight="quiet" onClick={() => setMerging(tag)}>
                    {say('mergeName.open')}
                  </Button>
                )}
                <Button weight="quiet" onClick={() => setArchived(tag, !tag.archived)}>
                  {say(tag.archived ? 'action.restore' : 'action.archive')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {merging && (
        <MergeName
          noun="tags"
          from={merging}
          others={pages.items.filter(({ archived }) => !archived)}
          onClose={() => {
            setMerging(null)
            pages.reload()
          }}
        />
      )}
      {adding && (
        <TagForm
          onClose={() => {
            setAdding(false)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

function TagForm({ onClose }: { onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    void save(() => call('POST', '/tags', { body: { name } }), say('admin.added', { name }))
  }
  return (
    <Modal
      title={say('tags.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="tag" disabled={busy}>
            {say('tags.add')}
          </Button>
        </>
      }
    >
      <form id="tag" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField label={say('field.name')} name="name" required maxLength={60} error={errors['name']} />
      </form>
    </Modal>
  )
}
