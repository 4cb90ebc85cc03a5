// What would have happened to this ticket under other rules: both lives side by side, and how true the replay is.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { WhatIf } from '../../../src/api/contract/backtests.ts'
import type { RulebookVersion } from '../../../src/api/contract/rules.ts'
import type { Page } from '../../../src/api/contract/shapes.ts'
import { Lives } from '../../admin/backtests/SideBySide.tsx'
import { Arrived } from '../../parts/Arrived.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './dialogs.module.css'

type Props = { ticketId: number; onClose: () => void }

export function WhatIfDialog({ ticketId, onClose }: Props) {
  const versions = useQuery({
    queryKey: ['rules', 'versions'],
    queryFn: () => call<Page<RulebookVersion>>('GET', '/rulebook/versions', { query: { limit: 100 } }),
  })
  return (
    <Modal title={say('whatIf.title', { id: ticketId })} shape="wide" open onClose={onClose}>
      <Arrived query={versions} rows={3} height={40}>
        {({ items }) => <Choices ticketId={ticketId} versions={items} />}
      </Arrived>
    </Modal>
  )
}

function Choices({ ticketId, versions }: { ticketId: number; versions: readonly RulebookVersion[] }) {
  const hasDraft = versions.some(({ state }) => state === 'draft')
  const [baseline, setBaseline] = useState('live')
  const [candidate, setCandidate] = useState(hasDraft ? 'draft' : 'live')
  const options = [
    { value: 'live', label: say('whatIf.live') },
    ...(hasDraft ? [{ value: 'draft', label: say('whatIf.draft') }] : []),
    ...versions.flatMap(({ version, state, note }) =>
      state === 'draft' || state === 'published'
        ? []
        : [
            {
              value: String(version),
              label: [say('rules.version', { version }), note].filter(Boolean).join(' – '),
            },
          ],
    ),
  ]
  return (
    <>
      <div className={styles['pair']}>
        <SelectField
          label={say('whatIf.baseline')}
          value={baseline}
          onChange={(event) => setBaseline(event.target.value)}
          options={options}
        />
        <SelectField
          label={say('whatIf.candidate')}
          value={candidate}
          onChange={(event) => setCandidate(event.target.value)}
          options={options}
        />
      </div>
      <Found ticketId={ticketId} baseline={baseline} candidate={candidate} />
    </>
  )
}

function Found({ ticketId, ...books }: { ticketId: number; baseline: string; candidate: string }) {
  const query = useQuery({
    queryKey: ['tickets', ticketId, 'what-if', books],
    queryFn: () => call<WhatIf>('GET', `/tickets/${ticketId}/what-if`, { query: books }),
  })
  return (
    <Arrived query={query} rows={4} height={40}>
      {({ fidelity, divergesAt, differences, baseline, candidate }) => (
        <>
          <p role="status">
            {differences.length === 0 && divergesAt === null
              ? say('whatIf.same')
              : divergesAt === null
                ? say('whatIf.onlyClocks')
                : say('backtests.divergesAt', { when: dayAndTime(divergesAt) })}
          </p>
          {!fidelity.reproduced && (
            <p data-tone="warn">
              {say('whatIf.notTrue', { cause: sayName('fidelityCause', fidelity.cause ?? 'unknown') })}
            </p>
          )}
          <p className={styles['lead']}>{say('backtests.assumption')}</p>
          <Lives baseline={baseline} candidate={candidate} />
        </>
      )}
    </Arrived>
  )
}
