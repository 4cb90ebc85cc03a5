// Teams: groups of agents that tickets are given to.
import { type FormEvent, useRef, useState } from 'react'

import type { NewTeam, Team, TeamPatch } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, TextField } from '../parts/Form.tsx'
import { lazily } from '../parts/lazily.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import { useAgents } from '../wire/desk.ts'
import { useMay } from '../wire/session.ts'
import { useQueues } from '../routing/wire.ts'
import styles from './admin.module.css'
import { ArchiveTeam } from './ArchiveTeam.tsx'
import { DataTable, Page } from './Page.tsx'
import { attempt, useSave } from './saving.ts'
import { usePages } from './usePages.ts'

/** Comes with the pages of routing. */
const TryButton = lazily(() => import('./automation.ts').then((all) => all.TryButton))

export function Teams() {
  const pages = usePages<Team>('teams', { archived: 'true' })
  const [editing, setEditing] = useState<Team | 'new' | null>(null)
  const [archiving, setArchiving] = useState<Team | null>(null)
  const restore = (team: Team) =>
    void attempt(
      () => call('PATCH', `/teams/${team.id}`, { body: { archived: false } satisfies TeamPatch }),
      say('admin.restored', { name: team.name }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.teams')}
      about={say('teams.about')}
      changesOf="team"
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('teams.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.teams')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('teams.empty')}
        dim={({ archived }) => archived}
        columns={[
          { name: say('field.name'), render: ({ name }) => <span className={styles['strong']}>{name}</span> },
          {
            name: say('teams.members'),
            render: ({ members }) => members.map(({ name }) => name).join(', ') || say('teams.noMembers'),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (team) => (
              <span className={styles['buttons']}>
                <Button weight="quiet" onClick={() => setEditing(team)}>
                  {say('action.edit')}
                </Button>
                <Button weight="quiet" onClick={() => (team.archived ? restore(team) : setArchiving(team))}>
                  {say(team.archived ? 'action.restore' : 'action.archive')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {archiving && (
        <ArchiveTeam
          team={archiving}
          onClose={() => {
            setArchiving(null)
            pages.reload()
          }}
        />
      )}
      {editing && (
        <TeamForm
          team={editing === 'new' ? null : editing}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

function TeamForm({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const agents = useAgents().filter(({ active }) => active)
  const { save, busy, errors, general } = useSave(onClose)
  const isPlayed = useQueues().some(({ primaryTeams, secondaryTeams }) =>
    [...primaryTeams, ...secondaryTeams].includes(team?.id ?? 0),
  )
  const mayTry = useMay('rules.publish')
  const shown = useRef<HTMLFormElement>(null)
  const typed = () => {
    const form = new FormData(shown.current ?? undefined)
    return { name: String(form.get('name')).trim(), members: form.getAll('member').map(Number) }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body: NewTeam = typed()
    const work = () =>
      team ? call('PATCH', `/teams/${team.id}`, { body }) : call('POST', '/teams', { body })
    void save(work, say(team ? 'admin.saved' : 'admin.added', { name: body.name }))
  }
  return (
    <Modal
      title={team ? say('teams.edit', { name: team.name }) : say('teams.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          {team && isPlayed && mayTry && (
            <TryButton tried={() => ({ team: { id: team.id, members: typed().members } })} />
          )}
          <Button weight="primary" type="submit" form="team" disabled={busy}>
            {say(team ? 'action.save' : 'teams.add')}
          </Button>
        </>
      }
    >
      <form id="team" onSubmit={submit} ref={shown}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          defaultValue={team?.name}
          error={errors['name']}
        />
        <fieldset className={styles['checks']}>
          <legend>{say('teams.members')}</legend>
          {agents.map(({ id, name }) => (
            <CheckField
              key={id}
              label={name}
              name="member"
              value={id}
              defaultChecked={team?.members.some((member) => member.id === id) ?? false}
            />
          ))}
        </fieldset>
      </form>
    </Modal>
  )
}
