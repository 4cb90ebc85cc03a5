// Putting a team away: what feeds it is shown first, with links, and given to another team in the same act.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Team, TeamArchived, TeamUses } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, SelectField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { call } from '../wire/call.ts'
import { useTeams } from '../wire/desk.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { useSave } from './saving.ts'
import { Uses } from './Uses.tsx'

export function ArchiveTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const uses = useQuery({
    queryKey: ['team-uses', team.id],
    queryFn: () => call<TeamUses>('GET', `/teams/${team.id}/uses`),
    staleTime: 0,
  })
  const others = useTeams().filter(({ id, archived }) => id !== team.id && !archived)
  const [to, setTo] = useState('')
  const { save, busy, general } = useSave(onClose)
  const items = uses.data?.items ?? []
  const byHand = items.filter(({ moves }) => !moves)
  const archive = () => {
    const name = others.find(({ id }) => String(id) === to)?.name ?? ''
    if (items.length === 0)
      return void save(
        () => call('PATCH', `/teams/${team.id}`, { body: { archived: true } }),
        say('admin.archived', { name: team.name }),
      )
    const move = () =>
      call<TeamArchived>('POST', `/teams/${team.id}/archive`, { body: { moveTo: Number(to) } })
    return void save(
      async () => {
        if (!(await move()).archived) {
          await uses.refetch()
          throw new Error(say('teams.leftOver'))
        }
      },
      say('teams.moved', { name: team.name, to: name }),
    )
  }
  return (
    <Modal
      title={say('teams.archive', { name: team.name })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button
            weight="primary"
            disabled={busy || uses.data === undefined || (items.length > 0 && to === '')}
            onClick={archive}
          >
            {say(items.length === 0 ? 'action.archive' : 'teams.moveAll')}
          </Button>
        </>
      }
    >
      <FormProblem text={general} />
      {uses.data !== undefined && (
        <p>{say(items.length === 0 ? 'teams.nothingFeeds' : 'teams.feeds', { count: items.length })}</p>
      )}
      <Uses items={items.filter(({ moves }) => moves)} />
      {byHand.length > 0 && <p>{say('teams.byHand')}</p>}
      <Uses items={byHand} />
      {(uses.data?.activeTickets ?? 0) > 0 && (
        <p className={styles['muted']}>
          {say('teams.activeTickets', { count: uses.data?.activeTickets ?? 0 })}
        </p>
      )}
      {items.length > 0 && (
        <SelectField
          label={say('teams.moveTo')}
          value={to}
          onChange={(event) => setTo(event.target.value)}
          options={[
            { value: '', label: say('teams.choose') },
            ...others.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      )}
    </Modal>
  )
}
