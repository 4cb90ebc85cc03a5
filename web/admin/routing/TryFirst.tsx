// The last steps of a change of routing: a try on the past, and the reason to go on without one or with what it found.
import { useState } from 'react'

import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import { AskBacktest, type Tried } from '../backtests/AskBacktest.tsx'
import { PublishGate } from '../PublishGate.tsx'

/** Tries a change as it stands when it is pressed. */
export function TryButton({ tried, disabled = false }: { tried: () => Tried; disabled?: boolean }) {
  const [asked, setAsked] = useState<Tried | null>(null)
  return (
    <>
      <Button onClick={() => setAsked(tried())} disabled={disabled}>
        {say('queues.try')}
      </Button>
      {asked !== null && <AskBacktest tried={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

/** A reason as it is sent; none where nothing was typed. */
export function why(reason: string): { reason?: string } {
  return reason.trim() === '' ? {} : { reason: reason.trim() }
}

type Props = {
  tried: Tried
  failure: unknown
  busy: boolean
  onSave: (reason: string) => void
  onLeave: () => void
}

/** Of a change that was made from a row and did not pass: try it, say why, or leave it. */
export function TryFirst({ tried, failure, busy, onSave, onLeave }: Props) {
  const [reason, setReason] = useState('')
  return (
    <>
      <PublishGate failure={failure} reason={reason} onReason={setReason} />
      <p>
        <Button onClick={onLeave}>{say('action.cancel')}</Button> <TryButton tried={() => tried} />{' '}
        <Button weight="primary" onClick={() => onSave(reason)} disabled={busy}>
          {say('action.save')}
        </Button>
      </p>
    </>
  )
}
