// People who write to this desk: who they are, how to reach them, what belongs to them.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { NewPerson, Person } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextArea, TextField } from '../parts/Form.tsx'
import { Age, Avatar } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { PersonAddresses } from './PersonAddresses.tsx'
import { PersonPortal } from './PersonPortal.tsx'
import { useSave } from './saving.ts'
import { usePages } from './usePages.ts'

export function People() {
  const [q, setQ] = useState('')
  const pages = usePages<Person>('people', q.trim() === '' ? {} : { q: q.trim() })
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
            render: ({ name, email }) => (
              <span className={styles['buttons']}>
                <Avatar name={name || email} />
                <span className={styles['main2']}>
                  <span className={styles['strong']}>{name || email}</span>
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

/** A person, or one to be. */
function PersonForm({
  person,
  onJoined,
  onClose,
}: {
  person: Person | null
  onJoined: (person: Person) => void
  onClose: () => void
}) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const orNull = (name: string) => text(name) || null
    const body: Omit<NewPerson, 'email'> = {
      ...(text('name') === '' ? {} : { name: text('name') }),
      phone: orNull('phone'),
      language: orNull('language'),
      timeZone: orNull('timeZone'),
      notes: orNull('notes'),
      organization: orNull('organization'),
    }
    if (person === null) {
      const added = { ...body, email: text('email') }
      void save(
        () => call('POST', '/people', { body: added }),
        say('people.added', { name: added.name ?? added.email }),
      )
      return
    }
    void save(
      () => call('PATCH', `/people/${person.id}`, { body }),
      say('admin.saved', { name: person.name || person.email }),
    )
  }
  return (
    <Modal
      title={person === null ? say('people.add') : person.name || person.email}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="person" disabled={busy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <form id="person" onSubmit={submit}>
        <FormProblem text={general} />
        {person === null && (
          <TextField
            label={say('people.email')}
            name="email"
            inputMode="email"
            required
            error={errors['email']}
          />
        )}
        <TextField label={say('field.name')} name="name" defaultValue={person?.name} error={errors['name']} />
        <TextField
          label={say('people.organization')}
          name="organization"
          help={say('people.organizationHelp')}
          defaultValue={person?.organization?.name}
          error={errors['organization']}
        />
        <TextField
          label={say('people.phone')}
          name="phone"
          type="tel"
          defaultValue={person?.phone ?? ''}
          error={errors['phone']}
        />
        <TextField
          label={say('people.language')}
          name="language"
          placeholder="de"
          defaultValue={person?.language ?? ''}
          error={errors['language']}
        />
        <TextField
          label={say('settings.timeZone')}
          name="timeZone"
          placeholder="Europe/Berlin"
          defaultValue={person?.timeZone ?? ''}
          error={errors['timeZone']}
        />
        <TextArea
          label={say('people.notes')}
          name="notes"
          defaultValue={person?.notes ?? ''}
          error={errors['notes']}
        />
      </form>
      {person !== null && <PersonAddresses person={person} onJoined={onJoined} />}
      {person !== null && <PersonPortal person={person} />}
    </Modal>
  )
}
