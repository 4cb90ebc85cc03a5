// Whether the audit is as it was written: what the hourly look at its chain found, and how to look oneself.
import { useQuery } from '@tanstack/react-query'

import type { AuditChain as Chain } from '../../src/api/contract/desk.ts'
import { dayAndTime } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'

export function AuditChain() {
  const { data } = useQuery({
    queryKey: ['audit-chain'],
    queryFn: () => call<Chain>('GET', '/audit/chain'),
  })
  if (data === undefined) return null
  const { look } = data
  if (look === null || (look.place === 0 && look.fault === null))
    return <p className={styles['chain']}>{say('auditChain.soon')}</p>
  const { at, place, fault } = look
  const when = dayAndTime(at)
  const how = say('auditChain.how', { command: './docket verify --audit' })
  if (fault === null)
    return (
      <p className={styles['chain']}>
        {say('auditChain.whole', { count: place, when })} {how}
      </p>
    )
  return (
    <div className={styles['notice']} role="alert" data-tone="warn">
      <p>
        <strong>{say('auditChain.broken')}</strong>
      </p>
      <p>
        {say(`auditChain.${fault.kind}`, { place: fault.place, entry: fault.entryId ?? '–' })}{' '}
        {say('auditChain.brokenHow', { when, command: './docket verify --audit' })}
      </p>
    </div>
  )
}
