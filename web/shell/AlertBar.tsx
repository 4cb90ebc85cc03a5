// What does not work, over every screen until somebody has looked: a mailbox that fails, a reply that did not arrive, a team that was
// put away and still gets tickets, a certificate that ends.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TriangleAlert, X } from 'lucide-react'

import type { Alert } from '../../src/api/contract/alerts.ts'
import { IconButton } from '../parts/Button.tsx'
import { notify } from '../state/toasts.ts'
import { alertsQuery, markSeen } from '../wire/alerts.ts'
import { reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'
import styles from './shell.module.css'

export function AlertBar() {
  const { data } = useQuery(alertsQuery)
  const [first, ...others] = data?.items ?? []
  return <div role="status">{first && <One alert={first} others={others.length} />}</div>
}

function One({ alert, others }: { alert: Alert; others: number }) {
  const { kind, id, address, detail } = alert
  const seen = () =>
    id !== null &&
    void markSeen(id).catch((error: unknown) =>
      notify({ kind: 'error', title: say('alert.failed'), detail: reasonOf(error) }),
    )
  return (
    <div className={styles['alert']} data-kind={kind}>
      <TriangleAlert size={16} aria-hidden />
      <p title={detail}>
        <strong>
          {kind === 'no_way_out' && address === ''
            ? say('alert.nothingLeaves')
            : say(`alert.${kind}`, { address })}
        </strong>{' '}
        <span>{detail}</span>
      </p>
      {others > 0 && <span className={styles['more']}>{say('alert.more', { count: others })}</span>}
      <Look alert={alert} onLook={seen} />
      {id !== null && (
        <IconButton label={say('alert.dismiss')} onClick={seen}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}

function Look({
  alert: { kind, feeder, mailboxId, ticketId, ruleId, providerId },
  onLook,
}: {
  alert: Alert
  onLook: () => void
}) {
  if (feeder === 'hook') return <Link to="/admin/hooks">{say('alert.look')}</Link>
  if (feeder === 'form') return <Link to="/admin/forms">{say('alert.look')}</Link>
  if (providerId !== undefined)
    return <Link to={`/admin/providers/${providerId}` as '/admin'}>{say('alert.look')}</Link>
  if (kind === 'backup_failed' || kind === 'backup_late')
    return <Link to={'/admin/backups' as '/admin'}>{say('alert.look')}</Link>
  if (kind === 'kept') return <Link to="/admin/outbox">{say('alert.look')}</Link>
  if (ruleId !== null) return <Link to={`/admin/rules/${ruleId}` as '/admin'}>{say('alert.look')}</Link>
  if (mailboxId !== null)
    return (
      <Link to="/admin/mailboxes/$mailboxId" params={{ mailboxId: String(mailboxId) }}>
        {say('alert.look')}
      </Link>
    )
  if (ticketId === null) return null
  return (
    <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }} onClick={onLook}>
      {say('alert.look')}
    </Link>
  )
}
