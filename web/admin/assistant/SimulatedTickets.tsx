// The tickets of a simulation, filtered: what the assistant would have said beside what people said, one opened at a time.
import { useState } from 'react'

import type { SimulatedTicket } from '../../../src/api/contract/simulations.ts'
import styles from '../../assistant/assistant.module.css'
import { decisions, simulatedChanges } from '../../../src/assistant/words.ts'
import { Button } from '../../parts/Button.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { DataTable } from '../Page.tsx'
import { usePages } from '../usePages.ts'
import { runColumns } from './run-columns.tsx'
import { SimulatedAnswer } from './SimulatedAnswer.tsx'

type Asked = { decision: string; reason: string; right: string; change: string }

const everything: Asked = { decision: '', reason: '', right: '', change: '' }

export function SimulatedTickets({ id, reasons }: { id: number; reasons: readonly string[] }) {
  const [asked, setAsked] = useState(everything)
  const [open, setOpen] = useState<SimulatedTicket | null>(null)
  const pages = usePages<SimulatedTicket>(`assistant/simulations/${id}/tickets`, {
    decision: asked.decision || undefined,
    reason: asked.reason || undefined,
    right: asked.right || undefined,
    change: asked.change || undefined,
  })
  return (
    <>
      <h2 className={styles['head']}>{say('simulation.transcripts')}</h2>
      <Filters asked={asked} reasons={reasons} onChange={setAsked} />
      <DataTable
        label={say('simulation.transcripts')}
        pages={pages}
        keyOf={({ ticketId }) => ticketId}
        empty={say('simulation.noTickets')}
        columns={[
          ...runColumns<SimulatedTicket>(),
          { name: say('simulation.right'), render: ({ isRight, change }) => outcome(isRight, change) },
          {
            name: say('simulation.compare'),
            render: (ticket) => (
              <Button weight="quiet" onClick={() => setOpen(ticket)}>
                {say('simulation.compare')}
              </Button>
            ),
          },
        ]}
      />
      {open !== null && <SimulatedAnswer ticket={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function outcome(isRight: boolean | null, change: SimulatedTicket['change']): string {
  if (isRight === null) return '–'
  const word = say(isRight ? 'simulation.isRight' : 'simulation.isWrong')
  return change === null ? word : `${word} (${sayName('simulatedChange', change)})`
}

function Filters(shown: { asked: Asked; reasons: readonly string[]; onChange: (asked: Asked) => void }) {
  const { asked, reasons, onChange } = shown
  const all = { value: '', label: say('assistant.all') }
  const fields = [
    {
      name: 'decision',
      label: say('assistant.decision'),
      options: decisions.map((value) => ({ value, label: sayName('assistantDecision', value) })),
    },
    {
      name: 'reason',
      label: say('simulation.reason'),
      options: reasons.map((value) => ({ value, label: sayName('assistantReason', value) })),
    },
    {
      name: 'right',
      label: say('simulation.right'),
      options: [
        { value: 'true', label: say('simulation.isRight') },
        { value: 'false', label: say('simulation.isWrong') },
      ],
    },
    {
      name: 'change',
      label: say('simulation.change'),
      options: simulatedChanges.map((value) => ({ value, label: sayName('simulatedChange', value) })),
    },
  ] as const
  return (
    <div className={admin['filters']}>
      {fields.map(({ name, label, options }) => (
        <SelectField
          key={name}
          label={label}
          value={asked[name]}
          onChange={(event) => onChange({ ...asked, [name]: event.target.value })}
          options={[all, ...options]}
        />
      ))}
    </div>
  )
}
