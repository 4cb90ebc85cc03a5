// People who write to this desk: who they are, how to reach them, what belongs to them.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { Person } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { Age, Avatar } from '../parts/Marks.tsx'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { PersonForm } from './PersonForm.tsx'
import { usePages } from './usePages.ts'

export function People() {
  const [q, setQ] = useState('')
  const pages = usePages<Person>('people', { customers: 'true', q: q.trim() || undefined })
  const [chosen, setEditing] = useState<Person | 'new' | null>(null)
  const asked = useAsked()
  const editing = chosen ?? asked.person
  return (
    <Page
      title={say('admin.people')}
      about={say('people.about')}
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('people.add')}
        </Button>
      }
    >
      <input
        type="search"
        className={styles['filter']}
        aria-label={say('people.search')}
        placeholder={say('people.search')}
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <DataTable
        label={say('admin.people')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('people.empty')}
        columns={[
          {
            name: say('field.name'),
            render: ({ id, name, email }) => (
              <span className={styles['buttons']}>
                <Avatar name={name || email} />
                <span className={styles['main2']}>
                  <Link
                    to="/admin/people/$personId"
                    params={{ personId: String(id) }}
                    className={styles['strong']}
                  >
                    {name || email}
                  </Link>
                  <span className={styles['muted']}>{email}</span>
                </span>
              </span>
            ),
          },
          { name: say('people.organization'), render: ({ organization }) => organization?.name ?? '–' },
          { name: say('people.since'), narrow: true, render: ({ createdAt }) => <Age at={createdAt} /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (person) => (
              <span className={styles['buttons']}>
                <Link
                  to="/inbox/$view"
                  params={{ view: 'search' }}
                  search={{ q: `requester:"${person.email}"` }}
                >
                  {say('people.tickets')}
                </Link>
                <Button weight="quiet" onClick={() => setEditing(person)}>
                  {say('action.edit')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {editing && (
        <PersonForm
          key={editing === 'new' ? editing : `${editing.id} ${editing.emails.join(' ')}`}
          person={editing === 'new' ? null : editing}
          onJoined={setEditing}
          onClose={() => {
            setEditing(null)
            asked.close()
            pages.reload()
            void client.invalidateQueries({ queryKey: ['person'] })
          }}
        />
      )}
    </Page>
  )
}

/** The person whom the address of the page names, as a link beside a ticket does. */
function useAsked(): { person: Person | null; close: () => void } {
  const { person: id } = useSearch({ strict: false }) as { person?: number }
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['person', id],
    queryFn: () => call<Person>('GET', `/people/${id}`),
    enabled: id !== undefined,
  })
  const close = () => void (id !== undefined && navigate({ to: '/admin/people', search: {}, replace: true }))
  return { person: id === undefined ? null : (data ?? null), close }
}
