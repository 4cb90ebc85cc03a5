// What the groups of the company lead to: a line for each, with a role, a team, or both; and one for everybody.
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'

import type { GroupAccess, GroupAccessPut } from '../../../src/api/contract/providers.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { useTeams } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import { RoleField } from '../roles/RoleField.tsx'
import { useSave } from '../saving.ts'
import parts from '../parts.module.css'
import styles from './providers.module.css'

type Grant = GroupAccess['grants'][number]

const EVERYBODY = '*'
const groupsKey = ['group-access'] as const

export function Groups() {
  const query = useQuery({
    queryKey: groupsKey,
    queryFn: () => call<GroupAccess>('GET', '/group-access'),
  })
  return (
    <section className={parts['part']}>
      <h2>{say('groups.title')}</h2>
      <p>{say('groups.about')}</p>
      <Arrived query={query} rows={2} height={56}>
        {(access) => <Lines key={JSON.stringify(access.grants)} access={access} />}
      </Arrived>
    </section>
  )
}

function Lines({ access }: { access: GroupAccess }) {
  const [grants, setGrants] = useState<readonly Grant[]>(access.grants)
  const known = useId()
  const { save, busy, general, errors } = useSave(
    () => void client.invalidateQueries({ queryKey: groupsKey }),
  )
  const change = (at: number, part: Partial<Grant>) =>
    setGrants((now) => now.map((grant, index) => (index === at ? { ...grant, ...part } : grant)))
  const submit = () => {
    const body: GroupAccessPut = { grants: grants.map((grant) => ({ ...grant, group: grant.group.trim() })) }
    void save(() => call('PUT', '/group-access', { body }), say('groups.saved'))
  }
  return (
    <>
      <FormProblem text={general ?? Object.values(errors)[0] ?? null} />
      <datalist id={known}>
        {access.known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {grants.map((grant, index) => (
        <Line
          key={index}
          grant={grant}
          known={known}
          onChange={(part) => change(index, part)}
          onDrop={() => setGrants((now) => now.filter((_, at) => at !== index))}
        />
      ))}
      <div className={styles['buttons']}>
        <Button
          onClick={() => setGrants((now) => [...now, { group: '', role: null, roleId: null, teamId: null }])}
        >
          {say('groups.add')}
        </Button>
        <Button weight="primary" disabled={busy} onClick={submit}>
          {say('action.save')}
        </Button>
      </div>
    </>
  )
}

type LineProps = {
  grant: Grant
  known: string
  onChange: (part: Partial<Grant>) => void
  onDrop: () => void
}

function Line({ grant, known, onChange, onDrop }: LineProps) {
  const teams = useTeams()
  const isEverybody = grant.group === EVERYBODY
  const name = isEverybody ? say('groups.everybody') : grant.group
  return (
    <fieldset className={styles['line']}>
      <legend className="unseen">{name || say('groups.new')}</legend>
      {isEverybody ? (
        <p className={styles['everybody']}>{name}</p>
      ) : (
        <TextField
          label={say('groups.group')}
          list={known}
          value={grant.group}
          onChange={(event) => onChange({ group: event.target.value })}
        />
      )}
      <RoleField
        value={grant}
        onChange={onChange}
        none={say(isEverybody ? 'groups.noAccess' : 'groups.noRole')}
      />
      <SelectField
        label={say('groups.team')}
        value={String(grant.teamId ?? '')}
        onChange={(event) =>
          onChange({ teamId: event.target.value === '' ? null : Number(event.target.value) })
        }
        options={[
          { value: '', label: say('groups.noTeam') },
          ...teams.map((team) => ({ value: String(team.id), label: team.name })),
        ]}
      />
      {!isEverybody && (
        <Button
          weight="quiet"
          aria-label={say('groups.drop', { name: name || say('groups.new') })}
          onClick={onDrop}
        >
          {say('groups.remove')}
        </Button>
      )}
    </fieldset>
  )
}
