// The page of one customer: all they have asked, newest first, and beside it notes, addresses and who may be the same person.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { Person as Customer } from '../../src/api/contract/desk.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextArea } from '../parts/Form.tsx'
import { Age, StatusMark } from '../parts/Marks.tsx'
import { languageName, localTime, useMinute } from '../parts/time.ts'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { requesterIs } from '../wire/tickets.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { PersonAddresses } from './PersonAddresses.tsx'
import { PersonPortal } from './PersonPortal.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonPrivacy } from './privacy/PersonPrivacy.tsx'
import { useSave } from './saving.ts'
import { usePages } from './usePages.ts'

export function Person() {
  const { personId } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['person', Number(personId)],
    queryFn: () => call<Customer>('GET', `/people/${personId}`),
  })
  return (
    <Arrived query={query} rows={6} height={56}>
      {(person) => <Known key={`${person.id} ${person.emails.join(' ')}`} person={person} />}
    </Arrived>
  )
}

const reread = () => void client.invalidateQueries({ queryKey: ['person'] })

function Known({ person }: { person: Customer }) {
  const now = useMinute()
  const [editing, setEditing] = useState(false)
  const facts = [
    person.email,
    person.organization?.name,
    person.phone,
    person.language && languageName(person.language),
    person.timeZone && localTime(person.timeZone, now),
  ]
  return (
    <Page
      title={person.name || person.email}
      about={facts.filter(Boolean).join(' · ')}
      action={<Button onClick={() => setEditing(true)}>{say('action.edit')}</Button>}
      beside={
        <aside className={`${styles['beside']} ${styles['person']}`} aria-label={say('person.beside')}>
          <Notes person={person} />
          <PersonAddresses person={person} onJoined={reread} />
          <PersonPortal person={person} />
          <PersonPrivacy person={person} />
        </aside>
      }
    >
      <History person={person} />
      {editing && (
        <PersonForm
          person={person}
          onJoined={reread}
          onClose={() => {
            setEditing(false)
            reread()
          }}
        />
      )}
    </Page>
  )
}

function History({ person }: { person: Customer }) {
  const pages = usePages<Ticket>('tickets', {
    // Who was erased has no address.
    q: person.email === '' ? `requester:${person.id}` : requesterIs(person.email),
    sort: 'newest',
  })
  return (
    <DataTable
      label={say('people.tickets')}
      pages={pages}
      keyOf={({ id }) => id}
      empty={say('person.noTickets')}
      columns={[
        { name: say('person.asked'), narrow: true, render: ({ createdAt }) => <Age at={createdAt} /> },
        {
          name: say('property.subject'),
          render: ({ id, subject, snippet, channel }) => (
            <span className={styles['main2']}>
              <Link
                to="/inbox/$view/$ticketId"
                params={{ view: 'all', ticketId: String(id) }}
                className={styles['strong']}
              >
                {subject || say('ticket.noSubject')}
              </Link>
              <span className={styles['excerpt']}>{snippet}</span>
              <span className={styles['muted']}>{`#${id} · ${say(`channel.${channel}`)}`}</span>
            </span>
          ),
        },
        {
          name: say('property.status'),
          narrow: true,
          render: ({ status }) => <StatusMark status={status} />,
        },
        {
          name: say('property.assignee'),
          narrow: true,
          render: ({ assignee }) => assignee?.name ?? say('assign.nobody'),
        },
      ]}
    />
  )
}

function Notes({ person }: { person: Customer }) {
  const { save, busy, errors, general } = useSave(reread)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const notes = String(new FormData(event.currentTarget).get('notes')).trim() || null
    void save(
      () => call('PATCH', `/people/${person.id}`, { body: { notes } }),
      say('admin.saved', { name: person.name || person.email }),
    )
  }
  return (
    <form onSubmit={submit}>
      <FormProblem text={general} />
      <TextArea
        label={say('people.notes')}
        name="notes"
        rows={5}
        defaultValue={person.notes ?? ''}
        error={errors['notes']}
      />
      <Button type="submit" disabled={busy}>
        {say('action.save')}
      </Button>
    </form>
  )
}
