// Whether a widget works: its script is there, visitors come, and whose word was not believed of late.
import { useQuery } from '@tanstack/react-query'

import type { Widget, WidgetHealth } from '../../../src/api/contract/chat.ts'
import { Button } from '../../parts/Button.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from './widgets.module.css'

export function Health({ widget }: { widget: Widget }) {
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['widgets', 'health', widget.id],
    queryFn: () => call<WidgetHealth>('GET', `/widgets/${widget.id}/health`),
  })
  return (
    <section className={styles['health']}>
      <h2>{say('widgets.health')}</h2>
      {error && <p role="alert">{reasonOf(error)}</p>}
      {data && <Found health={data} />}
      <Button disabled={isFetching} onClick={() => void refetch()}>
        {say('widgets.test')}
      </Button>
    </section>
  )
}

function Found({ health }: { health: WidgetHealth }) {
  const { isBuilt, isOpen, opensAt, lastSeenAt, here, refusals } = health
  const hours = isOpen
    ? say('widgets.open')
    : opensAt === null
      ? say('widgets.unknown')
      : say('widgets.opens', { when: dayAndTime(opensAt) })
  return (
    <>
      <ul>
        <li>{say(isBuilt ? 'widgets.ready' : 'widgets.notBuilt')}</li>
        <li>{hours}</li>
        <li>{say('widgets.here', { count: here })}</li>
        <li>
          {lastSeenAt === null
            ? say('widgets.neverSeen')
            : say('widgets.lastSeen', { when: dayAndTime(lastSeenAt) })}
        </li>
      </ul>
      <h3>{say('widgets.refused')}</h3>
      {refusals.length === 0 ? (
        <p>{say('widgets.refusedNone')}</p>
      ) : (
        <ul>
          {refusals.map(({ at, reason, origin }, index) => (
            <li key={`${at} ${index}`}>
              {dayAndTime(at)}: {say(`widgets.refusal.${reason}`)}
              {origin && ` (${origin})`}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
