// An agent's account as administrators edit it: who it is, with which role, in which teams, and what they see.
import { type FormEvent, useState } from 'react'

import type { Agent, CreatedAgent, Invitation, NewAgent } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import { useTeams } from '../wire/desk.ts'
import styles from './admin.module.css'
import { AgentAccess } from './AgentAccess.tsx'
import { RoleField, type ChosenRole } from './roles/RoleField.tsx'
import { SightFields, type Sight } from './roles/SightFields.tsx'
import { useSave } from './saving.ts'

type FormProps = {
  agent: Agent | null
  onInvited: (agent: Agent, invitation: Invitation) => void
  onClose: () => void
}

export function AgentForm({ agent, onInvited, onClose }: FormProps) {
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
        <TeamChecks agent={agent} />
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

function TeamChecks({ agent }: { agent: Agent | null }) {
  const teams = useTeams().filter(({ archived }) => !archived)
  if (teams.length === 0) return null
  return (
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
  )
}
