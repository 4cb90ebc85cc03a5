// Takes back what rules of a version made of tickets: which rules, what it would do as far as it was tried, and the doing.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Job } from '../../../src/api/contract/jobs.ts'
import type { UndoPreview } from '../../../src/api/contract/firings.ts'
import { WatchedJob } from '../../inbox/JobBar.tsx'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import { attempt } from '../saving.ts'
import styles from './rules.module.css'
import { reloadRules } from './wire.ts'

type Content = {
  readonly rules: readonly { readonly id: number; readonly title: string; readonly kind: string }[]
}

export function UndoFirings({ version }: { version: number }) {
  const [rule, setRule] = useState('')
  const [job, setJob] = useState<Job | null>(null)
  const content = useQuery({
    queryKey: ['rules', 'version', version],
    queryFn: () => call<Content>('GET', `/rulebook/versions/${version}`),
  })
  const query = useQuery({
    queryKey: ['rules', 'made', version, rule],
    queryFn: () =>
      call<UndoPreview>('GET', `/rulebook/versions/${version}/made`, { query: rule ? { rule } : {} }),
  })
  const begin = () =>
    attempt(
      async () => {
        const body = rule ? { rule: Number(rule) } : {}
        setJob(await call<Job>('POST', `/rulebook/versions/${version}/undo`, { body }))
      },
      say('undoFirings.begun'),
      () => void reloadRules(),
    )
  if (job !== null)
    return (
      <div className={styles['job']}>
        <WatchedJob id={job.id} onClose={() => setJob(null)} />
      </div>
    )
  const rules = content.data?.rules.filter(({ kind }) => kind !== 'macro') ?? []
  return (
    <section aria-label={say('undoFirings.title')}>
      <SelectField
        label={say('undoFirings.which')}
        value={rule}
        onChange={({ target }) => setRule(target.value)}
        options={[
          { value: '', label: say('undoFirings.all') },
          ...rules.map(({ id, title }) => ({ value: String(id), label: title })),
        ]}
      />
      <Arrived query={query} rows={3} height={20}>
        {(found) => <Found found={found} onBegin={() => void begin()} />}
      </Arrived>
    </section>
  )
}

function Found({ found, onBegin }: { found: UndoPreview; onBegin: () => void }) {
  const { tickets, tried, firings, restored, changedSince, refused, mails, webhooks } = found
  const sent = mails + webhooks > 0 && (
    <li>{say('undoFirings.sent', { mails: number(mails), webhooks: number(webhooks) })}</li>
  )
  if (restored === 0 && tickets <= tried)
    return (
      <ul className={styles['made']}>
        <li>{say('undoFirings.nothing')}</li>
        {sent}
      </ul>
    )
  const kept = Object.entries(changedSince).map(
    ([field, count]) => `${sayName('seenField', field.split('.')[0] ?? field)} ${number(count)}`,
  )
  const refusals = Object.entries(refused).map(
    ([name, count]) => `${sayName('refusal', name)} ${number(count)}`,
  )
  return (
    <>
      <ul className={styles['made']}>
        <li>
          {say('undoFirings.restored', {
            count: restored,
            shown: number(restored),
            firings: number(firings),
          })}
        </li>
        {tickets > tried && (
          <li>{say('undoFirings.tried', { tried: number(tried), tickets: number(tickets) })}</li>
        )}
        {kept.length > 0 && <li>{say('undoFirings.kept', { fields: kept.join(', ') })}</li>}
        {refusals.length > 0 && <li>{say('undoFirings.refused', { reasons: refusals.join(', ') })}</li>}
        {sent}
        <li>{say('undoFirings.stillLive')}</li>
      </ul>
      <Button weight="danger" onClick={onBegin}>
        {say('undoFirings.begin')}
      </Button>
    </>
  )
}
