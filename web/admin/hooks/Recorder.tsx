// What came of late: what became of each, what it said, and telling again what failed.
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { HookDelivery, HookDeliveryDetail } from '../../../src/api/contract/hooks.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Age } from '../../parts/Marks.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import styles from '../admin.module.css'
import { DataTable } from '../Page.tsx'
import { attempt } from '../saving.ts'
import hooks from './hooks.module.css'
import { usePages } from '../usePages.ts'

const tones = { done: 'good', skipped: 'warn', failed: 'bad', arrived: 'bad' } as const

export function Recorder({ hookId, onTry }: { hookId: number; onTry: (delivery: number) => void }) {
  const pages = usePages<HookDelivery>(`hooks/${hookId}/deliveries`)
  const [open, setOpen] = useState<number | null>(null)
  const replay = (id: number) =>
    void attempt(
      async () => {
        const told = await call<HookDelivery>('POST', `/hooks/${hookId}/deliveries/${id}/replay`)
        pages.reload()
        if (told.state === 'failed') throw new Error(told.detail ?? '')
      },
      say('hooks.replayed'),
      pages.reload,
    )
  return (
    <section className={hooks['section']} aria-labelledby="hook-recorder">
      <h2 id="hook-recorder">{say('hooks.recorder')}</h2>
      <p>{say('hooks.recorderHelp')}</p>
      <DataTable
        label={say('hooks.recorder')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('hooks.nothingCame')}
        columns={[
          {
            name: say('webhooks.state'),
            render: ({ state, detail, ticketId }) => (
              <span className={styles['main2']}>
                <span className={styles['state']} data-tone={tones[state]}>
                  {sayName('hookState', state)}{' '}
                  {ticketId !== null && (
                    <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
                      #{ticketId}
                    </Link>
                  )}
                </span>
                {detail && <span className={styles['muted']}>{sayName('hooks.detail', detail)}</span>}
              </span>
            ),
          },
          { name: say('outbox.age'), narrow: true, render: ({ at }) => <Age at={at} bare /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: ({ id, state, isKept }) => (
              <span className={styles['buttons']}>
                {isKept && (
                  <>
                    <Button
                      weight="quiet"
                      aria-expanded={open === id}
                      onClick={() => setOpen(open === id ? null : id)}
                    >
                      {say('outbox.read')}
                    </Button>
                    <Button weight="quiet" onClick={() => onTry(id)}>
                      {say('hooks.try')}
                    </Button>
                  </>
                )}
                {isKept && (state === 'failed' || state === 'arrived') && (
                  <Button weight="quiet" onClick={() => replay(id)}>
                    {say('webhooks.replay')}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {open !== null && (
        <Detail
          hookId={hookId}
          id={open}
          onErased={() => {
            setOpen(null)
            pages.reload()
          }}
        />
      )}
    </section>
  )
}

function Detail({ hookId, id, onErased }: { hookId: number; id: number; onErased: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['hooks', 'delivery', id],
    queryFn: () => call<HookDeliveryDetail>('GET', `/hooks/${hookId}/deliveries/${id}`),
  })
  if (error) return <Empty title={reasonOf(error)} />
  if (!data) return null
  const erase = () =>
    void attempt(() => call('DELETE', `/hooks/${hookId}/deliveries/${id}`), say('hooks.erased'), onErased)
  return (
    <section aria-label={say('hooks.event', { id })}>
      <dl className={styles['mail']}>
        {Object.entries(data.headers ?? {}).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <pre className={styles['mailText']}>{readable(data.body)}</pre>
      <Button onClick={erase}>{say('hooks.erase')}</Button>
    </section>
  )
}

function readable(body: string | null): string {
  try {
    return JSON.stringify(JSON.parse(body ?? ''), null, 2)
  } catch {
    return body ?? ''
  }
}
