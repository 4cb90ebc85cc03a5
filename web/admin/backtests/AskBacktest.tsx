// Asks for a backtest of the draft, or of an agreement or a change of routing that is not live: over how many days, and off it goes.
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'

import type { NewBacktest } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { useQueues } from '../../routing/wire.ts'
import { say, sayName } from '../../words/say.ts'
import { useSave } from '../saving.ts'
import { askBacktest } from './wire.ts'

const RANGES = [7, 30, 90, 365]
const BESIDE = [1, 3, 7, 14]

type Agreement = NewBacktest['agreement']
/** A change of routing as it would be saved. */
export type Tried = Omit<NonNullable<NewBacktest['routing']>, 'presence'>
type Props = { onClose: () => void; agreement?: Agreement; tried?: Tried }

export function AskBacktest({ onClose, agreement, tried }: Props) {
  const navigate = useNavigate()
  const { save, busy, errors, general } = useSave(onClose)
  const isOfRules = agreement === undefined && tried === undefined
  const [routing, setRouting] = useState<Routing>(tried === undefined ? 'off' : 'recorded_presence')
  const isPlayed = routing !== 'off'
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // It may stand in another form, which is not to be sent.
    event.stopPropagation()
    const asked = new FormData(event.currentTarget)
    const [mode, days] = String(asked.get('days')).split(' ')
    const filter = String(asked.get('filter') ?? '').trim()
    const body: NewBacktest = {
      candidate: isOfRules ? 'draft' : 'live',
      ...(agreement === undefined ? {} : { agreement }),
      ...(isPlayed ? { routing: { presence: routing, ...asTried(tried, asked.get('away') !== null) } } : {}),
      ...(mode === 'shadow' ? { shadow: Number(days) } : { last: Number(days) }),
      ...(filter === '' ? {} : { filter }),
    }
    const ask = async () => {
      const { id } = await askBacktest(body)
      await navigate({ to: `/admin/backtests/${id}` as '/admin' })
    }
    void save(ask, null)
  }
  const elsewhere = Object.entries(errors).find(([path]) => path !== 'filter')
  return (
    <Modal
      title={say(titleOf(isOfRules, tried))}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="backtest" disabled={busy}>
            {say('backtests.start')}
          </Button>
        </>
      }
    >
      <form id="backtest" onSubmit={submit}>
        <FormProblem
          text={general ?? (elsewhere === undefined ? null : `${elsewhere[0]}: ${elsewhere[1]}`)}
        />
        <p>{say(aboutOf(isOfRules, tried))}</p>
        <SelectField
          label={say('backtests.days')}
          name="days"
          defaultValue={tried === undefined ? 'last 90' : 'last 30'}
          help={isPlayed ? undefined : say('backtests.daysHelp')}
          options={[
            ...RANGES.map((days) => ({ value: `last ${days}`, label: say('backtests.lastDays', { days }) })),
            ...(isPlayed ? [] : BESIDE).map((days) => ({
              value: `shadow ${days}`,
              label: say('backtests.nextDays', { days }),
            })),
          ]}
        />
        <RoutingField value={routing} canLeave={tried === undefined} onChange={setRouting} />
        {tried?.staff && <CheckField label={say('backtests.asIfAway')} name="away" />}
        {!isPlayed && (
          <TextField
            label={say('backtests.onlyTickets')}
            name="filter"
            help={say('backtests.onlyTicketsHelp')}
            error={errors['filter']}
          />
        )}
      </form>
    </Modal>
  )
}

/** Whoever is tried, or as if they were not there at all. */
function asTried(tried: Tried | undefined, away: boolean): Tried {
  const staff = tried?.staff?.map((each) => ({ ...each, presence: 'offline' as const }))
  return away && staff !== undefined ? { ...tried, staff } : (tried ?? {})
}

function titleOf(isOfRules: boolean, tried: Tried | undefined) {
  if (tried !== undefined) return 'backtests.askRoutingTitle'
  return isOfRules ? 'backtests.askTitle' : 'backtests.askAgreementTitle'
}

function aboutOf(isOfRules: boolean, tried: Tried | undefined) {
  if (tried !== undefined) return 'backtests.askRoutingAbout'
  return isOfRules ? 'backtests.askAbout' : 'backtests.askAgreementAbout'
}

const ROUTINGS = ['off', 'recorded_presence', 'synthetic'] as const
type Routing = (typeof ROUTINGS)[number]
type RoutingFieldProps = { value: Routing; canLeave: boolean; onChange: (value: Routing) => void }

/** Whether it is played who gets what, and who is taken to have been there. */
function RoutingField({ value, canLeave, onChange }: RoutingFieldProps) {
  const hasQueues = useQueues().length > 0
  if (canLeave && !hasQueues) return null
  return (
    <SelectField
      label={say('backtests.routing')}
      value={value}
      help={say('backtests.routingHelp')}
      onChange={(event) => onChange(event.target.value as Routing)}
      options={ROUTINGS.filter((each) => canLeave || each !== 'off').map((each) => ({
        value: each,
        label: sayName('backtestRouting', each),
      }))}
    />
  )
}
