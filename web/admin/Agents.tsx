// Agents: who works here, with which role and in which teams.
import { useState } from 'react'

import type { Agent, AgentPatch, Invitation } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { Age, Avatar } from '../parts/Marks.tsx'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import styles from './admin.module.css'
import { AgentForm } from './AgentForm.tsx'
import { DataTable, Page } from './Page.tsx'
import { Rights } from './roles/Rights.tsx'
import { attempt } from './saving.ts'
import { Secret } from './Secret.tsx'
import { usePages } from './usePages.ts'

export function Agents() {
  const pages = usePages<Agent>('agents', { archived: 'true' })
  const [editing, setEditing] = useState<Agent | 'new' | null>(null)
  const [looking, setLooking] = useState<Agent | null>(null)
  const [link, setLink] = useState<{ readonly name: string; readonly url: string } | null>(null)
  const invited = ({ name }: Agent, { mailedTo, url }: Invitation) => {
    if (url !== null) setLink({ name, url })
    else notify({ title: say('agents.mailed', { email: mailedTo ?? '' }) })
  }
  const setActive = (agent: Agent, active: boolean) =>
    void attempt(
      () => call('PATCH', `/agents/${agent.id}`, { body: { active } satisfies AgentPatch }),
      say(active ? 'agents.activated' : 'agents.deactivated', { name: agent.name }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.agents')}
      about={say('agents.about')}
      changesOf="agent"
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('agents.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.agents')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('agents.empty')}
        dim={({ active }) => !active}
        columns={[
          { name: say('field.name'), render: (agent) => <Who agent={agent} /> },
          {
            name: say('agents.role'),
            render: ({ role, customRole }) => customRole?.name ?? say(`roleName.${role}`),
            narrow: true,
          },
          {
            name: say('agents.teams'),
            render: ({ teams }) => teams.map(({ name }) => name).join(', ') || '–',
          },
          {
            name: say('agents.factor'),
            render: ({ hasFactor }) => (hasFactor ? say('agents.hasFactor') : '–'),
            narrow: true,
          },
          {
            name: say('agents.lastSeen'),
            render: ({ lastSeenAt }) => (lastSeenAt ? <Age at={lastSeenAt} /> : say('agents.never')),
            narrow: true,
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (agent) => (
              <Actions
                agent={agent}
                onEdit={() => setEditing(agent)}
                onLook={() => setLooking(agent)}
                onSetActive={() => setActive(agent, !agent.active)}
              />
            ),
          },
        ]}
      />
      {editing && (
        <AgentForm
          agent={editing === 'new' ? null : editing}
          onInvited={invited}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
      {looking && <Rights agent={looking} onClose={() => setLooking(null)} />}
      {link && (
        <Secret
          title={say('agents.linkTitle', { name: link.name })}
          help={say('agents.linkHelp')}
          secret={link.url}
          onClose={() => setLink(null)}
        />
      )}
    </Page>
  )
}

type ActionsProps = { agent: Agent; onEdit: () => void; onLook: () => void; onSetActive: () => void }

function Actions({ agent: { name, active }, onEdit, onLook, onSetActive }: ActionsProps) {
  return (
    <span className={styles['buttons']}>
      <Button weight="quiet" onClick={onEdit}>
        {say('action.edit')}
      </Button>
      <Button weight="quiet" aria-label={say('rights.open', { name })} onClick={onLook}>
        {say('rights.short')}
      </Button>
      <Button weight="quiet" onClick={onSetActive}>
        {say(active ? 'agents.deactivate' : 'agents.activate')}
      </Button>
    </span>
  )
}

function Who({ agent: { id, name, email } }: { agent: Agent }) {
  return (
    <span className={styles['buttons']}>
      <Avatar name={name} of={id} />
      <span className={styles['main2']}>
        <span className={styles['strong']}>{name}</span>
        <span className={styles['muted']}>{email}</span>
      </span>
    </span>
  )
}
