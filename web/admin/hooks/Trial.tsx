// Beside the mapping: an event, and what would become of it.
import { Link } from '@tanstack/react-router'

import type { HookTried } from '../../../src/api/contract/hooks.ts'
import { Button } from '../../parts/Button.tsx'
import { TextArea } from '../../parts/Form.tsx'
import { reasonOf } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import styles from './hooks.module.css'
import type { Tried } from './useTried.ts'

type Props = {
  on: Tried
  tried: HookTried | undefined
  error: unknown
  onChange: (on: Tried) => void
  /** Null while there is no address yet. */
  onSend: (() => void) | null
  busy: boolean
}

export function Trial({ on, tried, error, onChange, onSend, busy }: Props) {
  return (
    <section className={styles['section']} aria-labelledby="hook-trial">
      <h2 id="hook-trial">{say('hooks.trial')}</h2>
      {'delivery' in on ? (
        <p>
          {say('hooks.tryingOn', { id: on.delivery })}{' '}
          <Button weight="quiet" onClick={() => onChange({ body: '{}', headers: {} })}>
            {say('hooks.trySample')}
          </Button>
        </p>
      ) : (
        <TextArea
          label={say('hooks.sample')}
          help={say('hooks.sampleHelp')}
          rows={10}
          maxLength={200_000}
          spellCheck={false}
          value={on.body}
          onChange={(event) => onChange({ ...on, body: event.target.value })}
        />
      )}
      <div aria-live="polite">{error ? <p>{reasonOf(error)}</p> : tried && <Outcome tried={tried} />}</div>
      {onSend && 'body' in on && (
        <p>
          <Button disabled={busy} onClick={onSend}>
            {say('hooks.send')}
          </Button>{' '}
          <span className={admin['muted']}>{say('hooks.sendHelp')}</span>
        </p>
      )}
    </section>
  )
}

const tones = { opens: 'good', updates: 'good', skipped: 'warn', failed: 'bad' } as const

function Outcome({ tried: { outcome, detail, path, ticketId, texts } }: { tried: HookTried }) {
  return (
    <>
      <p className={admin['state']} data-tone={tones[outcome]}>
        {say(`hooks.outcome.${outcome}`)}
        {ticketId !== null && (
          <>
            {' '}
            <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
              #{ticketId}
            </Link>
          </>
        )}
      </p>
      {detail !== null && (
        <p>
          {path !== null && <strong>{partName(path)}: </strong>}
          {sayName('hooks.detail', detail)}
        </p>
      )}
      <dl className={admin['mail']}>
        {texts.map(({ part, text }) => (
          <div key={part} style={{ display: 'contents' }}>
            <dt>{partName(part)}</dt>
            <dd className={styles['text']}>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

const partName = (part: string) =>
  part.startsWith('fields.') ? part.slice('fields.'.length) : sayName('hooks.part', part)
