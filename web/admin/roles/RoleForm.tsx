// A role of the desk's own: its name, the rights that it gives in groups, and of which brands and mailboxes its holders see tickets.
import { type FormEvent, useState } from 'react'

import type { CustomRole, NewCustomRole } from '../../../src/api/contract/roles.ts'
import { completed, lightAgent, rightsOf, type Action } from '../../../src/people/rights.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { useMe } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { useSave } from '../saving.ts'
import { rightGroups } from './groups.ts'
import { SightFields, type Sight } from './SightFields.tsx'

const always = rightsOf({ role: 'viewer', customRole: null })
const beginnings: Readonly<Record<string, readonly Action[]>> = {
  blank: always,
  light: lightAgent,
  agent: rightsOf({ role: 'agent', customRole: null }),
  lead: rightsOf({ role: 'lead', customRole: null }),
}

export function RoleForm({ role, onClose }: { role: CustomRole | null; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const [rights, setRights] = useState<readonly Action[]>(role?.actions ?? lightAgent)
  const [sight, setSight] = useState<Sight>(role?.limits ?? { brandIds: null, mailboxIds: null })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    const limits = { brandIds: only(sight.brandIds), mailboxIds: only(sight.mailboxIds) }
    const body: NewCustomRole = { name, actions: [...rights], limits }
    const work = () =>
      role ? call('PATCH', `/roles/${role.id}`, { body }) : call('POST', '/roles', { body })
    void save(work, say('roles.saved', { name }))
  }
  return (
    <Modal
      title={role ? say('roles.edit', { name: role.name }) : say('roles.add')}
      open
      shape="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="role" disabled={busy}>
            {say(role ? 'action.save' : 'roles.add')}
          </Button>
        </>
      }
    >
      <form id="role" onSubmit={submit}>
        <FormProblem text={general ?? errors['actions']} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          maxLength={200}
          defaultValue={role?.name}
          error={errors['name']}
        />
        {role === null && (
          <SelectField
            label={say('roles.begin')}
            defaultValue="light"
            onChange={({ target }) => setRights(beginnings[target.value] ?? always)}
            options={[
              { value: 'light', label: say('roles.beginLight') },
              { value: 'blank', label: say('roles.beginBlank') },
              { value: 'agent', label: say('roleName.agent') },
              { value: 'lead', label: say('roleName.lead') },
            ]}
          />
        )}
        <p className={styles['muted']}>{say('roles.always')}</p>
        <Rights rights={rights} onChange={setRights} />
        <SightFields value={sight} onChange={setSight} />
      </form>
    </Modal>
  )
}

const only = (ids: Sight['brandIds']) => (ids === null ? null : [...ids])

type RightsProps = { rights: readonly Action[]; onChange: (rights: readonly Action[]) => void }

function Rights({ rights, onChange }: RightsProps) {
  const { permissions } = useMe()
  // What a right needs comes with it; what needs one that goes, goes too.
  const set = (action: Action, isOn: boolean) =>
    onChange(
      isOn
        ? completed([...rights, action])
        : rights.filter((each) => each !== action && !completed([each]).includes(action)),
    )
  return rightGroups.map(({ word, rights: all }) => {
    const shown = all.filter((action) => !always.includes(action))
    return (
      <fieldset key={word} className={styles['checks']}>
        <legend>{say(word)}</legend>
        {shown.map((action) => (
          <CheckField
            key={action}
            label={say(`right.${action}`)}
            help={permissions.includes(action) || rights.includes(action) ? undefined : say('roles.notYours')}
            disabled={!permissions.includes(action)}
            checked={rights.includes(action)}
            onChange={({ target }) => set(action, target.checked)}
          />
        ))}
      </fieldset>
    )
  })
}
