// What an agent may do, and why: which role gives it, which wall takes it.
import { useQuery } from '@tanstack/react-query'
import { Check, Minus } from 'lucide-react'

import type { Agent } from '../../../src/api/contract/desk.ts'
import type { AgentRights } from '../../../src/api/contract/roles.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import { rightGroups } from './groups.ts'
import styles from './roles.module.css'

export function Rights({ agent: { id, name }, onClose }: { agent: Agent; onClose: () => void }) {
  const query = useQuery({
    queryKey: ['agents', id, 'rights'],
    queryFn: () => call<AgentRights>('GET', `/agents/${id}/rights`),
  })
  return (
    <Modal
      title={say('rights.open', { name })}
      open
      shape="wide"
      onClose={onClose}
      actions={<Button onClick={onClose}>{say('action.close')}</Button>}
    >
      <Arrived query={query} rows={8} height={32}>
        {(rights) => <Found name={name} rights={rights} />}
      </Arrived>
    </Modal>
  )
}

function Found({ name, rights: { role, items, sight } }: { name: string; rights: AgentRights }) {
  const roleName = role.custom ? role.name : sayName('roleName', role.name)
  const names = (all: readonly { name: string }[]) =>
    all.map((each) => each.name).join(', ') || say('roles.none')
  return (
    <ScrollBox label={say('rights.open', { name })} className={styles['found']}>
      <p>{say('rights.role', { name, role: roleName })}</p>
      <p>
        {sight.teams === null
          ? say('rights.allTeams')
          : say('rights.ownTeams', {
              teams: sight.teams.length > 0 ? names(sight.teams) : say('rights.noTeams'),
            })}{' '}
        {sight.brands !== null && say('rights.onlyBrands', { names: names(sight.brands) })}{' '}
        {sight.mailboxes !== null && say('rights.onlyMailboxes', { names: names(sight.mailboxes) })}{' '}
        {sight.limitedBy.includes('role') && say('rights.byRole')}{' '}
        {sight.limitedBy.includes('agent') && say('rights.byAgent')}
      </p>
      <p>{say('rights.signs', { role: roleName })}</p>
      {rightGroups.map(({ word, rights }) => (
        <section key={word}>
          <h3>{say(word)}</h3>
          <ul className={styles['rights']}>
            {items
              .filter(({ action }) => rights.includes(action))
              .map(({ action, allowed, because }) => (
                <li key={action} data-allowed={allowed || undefined}>
                  {allowed ? <Check size={16} aria-hidden /> : <Minus size={16} aria-hidden />}
                  <span>{say(`right.${action}`)}</span>
                  {/* What the sign says is said of each to whoever does not see it. */}
                  <span className={isPlain(because) ? 'unseen' : styles['why']}>
                    {say(`rights.because.${because}`, { role: roleName })}
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </ScrollBox>
  )
}

const isPlain = (because: string) => because === 'role' || because === 'not_in_role'
