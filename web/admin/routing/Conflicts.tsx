// Who is never given whose tickets: pairs of an agent and a person, or everybody of an organization.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { NameRef, Page as ListPage } from '../../../src/api/contract/shapes.ts'
import type { RoutingConflict } from '../../../src/api/contract/staffing.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { useStaff } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'

const nameOf = ({ person, organization }: RoutingConflict) =>
  organization?.name ?? (person?.name || person?.email || '–')

export function Conflicts() {
  const pages = usePages<RoutingConflict>('routing-conflicts')
  const [adding, setAdding] = useState(false)
  const remove = (pair: RoutingConflict) =>
    void attempt(
      () => call('DELETE', `/routing-conflicts/${pair.id}`),
      say('conflicts.removed', { name: `${pair.agent.name} – ${nameOf(pair)}` }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.conflicts')}
      about={say('conflicts.about')}
      changesOf="routing_conflict"
      action={
        <Button weight="primary" onClick={() => setAdding(true)}>
          {say('conflicts.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.conflicts')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('conflicts.empty')}
        columns={[
          {
            name: say('conflicts.agent'),
            render: ({ agent }) => <span className={admin['strong']}>{agent.name}</span>,
          },
          {
            name: say('conflicts.with'),
            render: (pair) => (
              <span className={admin['main2']}>
                <span>{nameOf(pair)}</span>
                <span className={admin['muted']}>
                  {pair.organization === null ? pair.person?.email : say('conflicts.organization')}
                </span>
              </span>
            ),
          },
          { name: say('conflicts.note'), render: ({ note }) => note || '–' },
          { name: say('conflicts.since'), narrow: true, render: ({ addedAt }) => <Age at={addedAt} /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (pair) => (
              <Button weight="quiet" onClick={() => remove(pair)}>
                {say('routing.remove')}
              </Button>
            ),
          },
        ]}
      />
      {adding && (
        <PairForm
          onClose={() => {
            setAdding(false)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

function PairForm({ onClose }: { onClose: () => void }) {
  const staff = useStaff()
  const { save, busy, errors, general } = useSave(onClose)
  const [kind, setKind] = useState<'person' | 'organization'>('person')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const other = String(form.get('other')).trim()
    const agent = staff.find(({ id }) => String(id) === form.get('agentId'))
    const body = { agentId: agent?.id, note: String(form.get('note')), [kind]: other }
    const name = `${agent?.name ?? ''} – ${other}`
    void save(() => call('POST', '/routing-conflicts', { body }), say('admin.added', { name }))
  }
  return (
    <Modal
      title={say('conflicts.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="pair" disabled={busy}>
            {say('conflicts.add')}
          </Button>
        </>
      }
    >
      <form id="pair" onSubmit={submit}>
        <FormProblem text={general} />
        <SelectField
          label={say('conflicts.agent')}
          name="agentId"
          required
          options={staff.map(({ id, name }) => ({ value: String(id), label: name }))}
          error={errors['agentId']}
        />
        <SelectField
          label={say('conflicts.kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value === 'person' ? 'person' : 'organization')}
          options={[
            { value: 'person', label: say('conflicts.personKind') },
            { value: 'organization', label: say('conflicts.organizationKind') },
          ]}
        />
        <Other key={kind} kind={kind} error={errors[kind]} />
        <TextField
          label={say('conflicts.note')}
          help={say('conflicts.noteHelp')}
          name="note"
          maxLength={500}
        />
      </form>
    </Modal>
  )
}

/** With what is known by the letters typed so far. */
function Other({ kind, error }: { kind: 'person' | 'organization'; error: string | undefined }) {
  const [q, setQ] = useState('')
  const path = kind === 'person' ? '/people' : '/organizations'
  const { data } = useQuery({
    queryKey: [path, q],
    queryFn: () => call<ListPage<NameRef & { email?: string }>>('GET', path, { query: { q, limit: 8 } }),
    enabled: q.trim() !== '',
  })
  return (
    <>
      <TextField
        label={say(kind === 'person' ? 'conflicts.person' : 'conflicts.organization')}
        name="other"
        type={kind === 'person' ? 'email' : 'text'}
        required
        autoComplete="off"
        list="known-others"
        error={error}
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <datalist id="known-others">
        {data?.items.map(({ id, name, email }) => (
          <option key={id} value={kind === 'person' ? email : name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  )
}
