// The lines of a check: what was tried, how long it took, what the server said, and what to do.
import { useState } from 'react'

import type { Check, Checked } from '../../../src/api/contract/mailboxes.ts'
import { notify } from '../../state/toasts.ts'
import { say, type WordId } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { Button } from '../../parts/Button.tsx'
import styles from '../admin.module.css'
import mail from './mail.module.css'

export function useChecks(mailboxId: number, part: 'imap' | 'smtp' | 'dns') {
  const [result, setResult] = useState<Checked | null>(null)
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      setResult(await call<Checked>('POST', `/mailboxes/${mailboxId}/check`, { body: { part } }))
    } catch (error) {
      notify({ kind: 'error', title: say('admin.failed'), detail: reasonOf(error) })
    } finally {
      setBusy(false)
    }
  }
  return { result, busy, run }
}

const marks = { ok: '✓', failed: '✗', skipped: '–' }

export function Checks({ result }: { result: Checked | null }) {
  return (
    <ul className={mail['checks']} aria-live="polite">
      {result?.checks.map((check) => (
        <Line key={check.name} check={check} />
      ))}
    </ul>
  )
}

function Line({ check }: { check: Check }) {
  const { name, state, ms, words, cure, wanted, found } = check
  const isRecord = wanted !== null || found !== null
  return (
    <li data-state={state}>
      <span className={mail['mark']} aria-hidden>
        {marks[state]}
      </span>
      <span>
        {say(`check.${name}`)}
        {state === 'skipped' && ` · ${say('check.skipped')}`}
      </span>
      {ms > 0 && <span className={mail['ms']}>{say('check.ms', { ms })}</span>}
      {!isRecord && state !== 'skipped' && (
        <span className={state === 'failed' ? mail['words'] : styles['muted']}>{words}</span>
      )}
      {isRecord && (
        <span className={styles['muted']}>
          {say('mailbox.found')}:{' '}
          <code className={mail['record']}>{found ?? say('mailbox.notPublished')}</code>
        </span>
      )}
      {wanted !== null && state === 'failed' && <Wanted record={wanted} />}
      {cure !== null && <span>{say(`cure.${cure}` as WordId)}</span>}
    </li>
  )
}

function Wanted({ record }: { record: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(record)
    notify({ title: say('mailbox.copied') })
  }
  return (
    <span>
      {say('mailbox.wanted')}: <code className={mail['record']}>{record}</code>{' '}
      <Button weight="quiet" onClick={() => void copy()}>
        {say('mailbox.copy')}
      </Button>
    </span>
  )
}
