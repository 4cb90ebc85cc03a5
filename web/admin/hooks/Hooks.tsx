// Addresses at which other systems tell what happened there.
import { Link, useNavigate } from '@tanstack/react-router'

import type { Hook } from '../../../src/api/contract/hooks.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { PauseAndArchive } from '../PauseAndArchive.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'

export function Hooks() {
  const pages = usePages<Hook>('hooks', { archived: 'true' })
  const navigate = useNavigate()
  const change = (hook: Hook, body: Partial<Hook>, done: string) =>
    void attempt(() => call('PATCH', `/hooks/${hook.id}`, { body }), done, pages.reload)
  return (
    <Page
      title={say('admin.hooks')}
      about={say('hooks.about')}
      changesOf="hook"
      action={
        <Button
          weight="primary"
          onClick={() => void navigate({ to: '/admin/hooks/$hookId', params: { hookId: 'new' } })}
        >
          {say('hooks.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.hooks')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('hooks.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('field.name'),
            render: ({ id, name, scheme }) => (
              <span className={styles['main2']}>
                <Link to="/admin/hooks/$hookId" params={{ hookId: String(id) }}>
                  {name}
                </Link>
                <span className={styles['muted']}>{sayName('hooks.scheme', scheme)}</span>
              </span>
            ),
          },
          { name: say('webhooks.state'), narrow: true, render: (hook) => <State hook={hook} /> },
          {
            name: say('hooks.last'),
            narrow: true,
            render: ({ lastAt }) => (lastAt ? <Age at={lastAt} bare /> : '–'),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (hook) => (
              <span className={styles['buttons']}>
                <PauseAndArchive thing={hook} onChange={change} />
              </span>
            ),
          },
        ]}
      />
    </Page>
  )
}

function State({ hook: { enabled, failed, scheme } }: { hook: Hook }) {
  const isUnsafe = scheme === 'none'
  return (
    <span className={styles['main2']}>
      <span className={styles['state']} data-tone={failed > 0 ? 'bad' : enabled ? 'good' : 'warn'}>
        {failed > 0
          ? say('hooks.failed', { count: failed })
          : say(enabled ? 'webhooks.on' : 'webhooks.paused')}
      </span>
      {isUnsafe && <span className={styles['muted']}>{say('hooks.unsafe')}</span>}
    </span>
  )
}
