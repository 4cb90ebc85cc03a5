// Asks for a backtest of the draft, or of an agreement that is not published: over how many days, and off it goes.
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'

import type { NewBacktest } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { useSave } from '../saving.ts'
import { askBacktest } from './wire.ts'

const RANGES = [7, 30, 90, 365]
const BESIDE = [1, 3, 7, 14]

type Props = { onClose: () => void; agreement?: NewBacktest['agreement'] }

export function AskBacktest({ onClose, agreement }: Props) {
  const navigate = useNavigate()
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const asked = new FormData(event.currentTarget)
    const [mode, days] = String(asked.get('days')).split(' ')
    const filter = String(asked.get('filter')).trim()
    const span = {
      ...(mode === 'shadow' ? { shadow: Number(days) } : { last: Number(days) }),
      ...(filter === '' ? {} : { filter }),
    }
    const ask = async () => {
      const { id } = await askBacktest(
        agreement === undefined ? { candidate: 'draft', ...span } : { candidate: 'live', agreement, ...span },
      )
      await navigate({ to: `/admin/backtests/${id}` as '/admin' })
    }
    void save(ask, null)
  }
  return (
    <Modal
      title={say(agreement === undefined ? 'backtests.askTitle' : 'backtests.askAgreementTitle')}
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
        <FormProblem text={general} />
        <p>{say(agreement === undefined ? 'backtests.askAbout' : 'backtests.askAgreementAbout')}</p>
        <SelectField
          label={say('backtests.days')}
          name="days"
          defaultValue="last 90"
          help={say('backtests.daysHelp')}
          options={[
            ...RANGES.map((days) => ({ value: `last ${days}`, label: say('backtests.lastDays', { days }) })),
            ...BESIDE.map((days) => ({
              value: `shadow ${days}`,
              label: say('backtests.nextDays', { days }),
            })),
          ]}
        />
        <TextField
          label={say('backtests.onlyTickets')}
          name="filter"
          help={say('backtests.onlyTicketsHelp')}
          error={errors['filter']}
        />
      </form>
    </Modal>
  )
}
