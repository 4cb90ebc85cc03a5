// Agents: who works here, with which role and in which teams.
import { type FormEvent, useState } from 'react'

import type { Agent, AgentPatch, CreatedAgent, Invitation, NewAgent } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Age, Avatar } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import { useTeams } from '../wire/desk.ts'
import styles from './admin.module.css'
import { AgentAccess } from './AgentAccess.tsx'
import { DataTable, Page } from './Page.tsx'
import { RoleField, type ChosenRole } from './roles/RoleField.tsx'
import { Rights } from './roles/Rights.tsx'
import { SightFields, type Sight } from './roles/SightFields.tsx'
import { attempt, useSave } from './saving.ts'
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
          {
            name: say('field.name'),
            render: (agent) => (
              <span className={styles['buttons']}>
                <Avatar name={agent.name} />
                <span className={styles['main2']}>
                  <span className={styles['strong']}>{agent.name}</span>
                  <span className={styles['muted']}>{agent.email}</span>
                </span>
              </span>
            ),
          },
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
              <span className={styles['buttons']}>
                <Button weight="quiet" onClick={() => setEditing(agent)}>
                  {say('action.edit')}
                </Button>
                <Button
                  weight="quiet"
                  aria-label={say('rights.open', { name: agent.name })}
                  onClick={() => setLooking(agent)}
                >
                  {say('rights.short')}
                </Button>
                <Button weight="quiet" onClick={() => setActive(agent, !agent.active)}>
                  {say(agent.active ? 'agents.deactivate' : 'agents.activate')}
                </Button>
              </span>
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

type FormProps = {
  agent: Agent | null
  onInvited: (agent: Agent, invitation: Invitation) => void
  onClose: () => void
}

function AgentForm({ agent, onInvited, onClose }: FormProps) {
  const teams = useTeams().filter(({ archived }) => !archived)
  const { save, busy, errors, general } = useSave(onClose)
  const [way, setWay] = useState<'mail' | 'link'>('mail')
  const [chosen, setChosen] = useState<ChosenRole>({
    role: agent?.role ?? 'agent',
    roleId: agent?.customRole?.id ?? null,
  })
  const [sight, setSight] = useState<Sight>({
    brandIds: agent?.onlyBrands ?? null,
    mailboxIds: agent?.onlyMailboxes ?? null,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body: NewAgent = {
      name: String(form.get('name')).trim(),
      email: String(form.get('email')).trim(),
      // What a role of the desk's own makes of its holder the server knows.
      role: chosen.role ?? 'agent',
      roleId: chosen.roleId,
      teams: form.getAll('team').map(Number),
      onlyBrands: sight.brandIds === null ? null : [...sight.brandIds],
      onlyMailboxes: sight.mailboxIds === null ? null : [...sight.mailboxIds],
    }
    const work = async () => {
      if (agent) return void (await call('PATCH', `/agents/${agent.id}`, { body }))
      const made = await call<CreatedAgent>('POST', '/agents', { body: { ...body, invite: way } })
      if (made.invitation) onInvited(made, made.invitation)
    }
    // Of who is new something more is said: where the link went.
    void save(work, agent ? say('agents.saved', { name: body.name }) : null)
  }
  return (
    <Modal
      title={agent ? say('agents.edit', { name: agent.name }) : say('agents.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="agent" disabled={busy}>
            {say(agent ? 'action.save' : 'agents.add')}
          </Button>
        </>
      }
    >
      <form id="agent" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          defaultValue={agent?.name}
          error={errors['name']}
        />
        <TextField
          label={say('field.email')}
          name="email"
          inputMode="email"
          required
          defaultValue={agent?.email}
          error={errors['email']}
        />
        <RoleField
          value={chosen}
          onChange={setChosen}
          isExplained
          error={errors['role'] ?? errors['roleId']}
        />
        {teams.length > 0 && (
          <fieldset className={styles['checks']}>
            <legend>{say('agents.teams')}</legend>
            {teams.map(({ id, name }) => (
              <CheckField
                key={id}
                label={name}
                name="team"
                value={id}
                defaultChecked={agent?.teams.some((team) => team.id === id) ?? false}
              />
            ))}
          </fieldset>
        )}
        <SightFields value={sight} onChange={setSight} />
        {agent ? (
          <AgentAccess
            agent={agent}
            onInvited={(invitation) => {
              onClose()
              onInvited(agent, invitation)
            }}
          />
        ) : (
          <SelectField
            label={say('agents.invite')}
            help={say(way === 'mail' ? 'agents.inviteMailHelp' : 'agents.inviteLinkHelp')}
            value={way}
            onChange={(event) => setWay(event.target.value === 'link' ? 'link' : 'mail')}
            options={[
              { value: 'mail', label: say('agents.inviteMail') },
              { value: 'link', label: say('agents.inviteLink') },
            ]}
          />
        )}
      </form>
    </Modal>
  )
}
