// Chat widgets: one for each place on the company's own pages.
import { Link, useNavigate } from '@tanstack/react-router'

import type { Widget } from '../../../src/api/contract/chat.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'

export function Widgets() {
  const pages = usePages<Widget>('widgets', { archived: 'true' })
  const navigate = useNavigate()
  const setArchived = (widget: Widget, archived: boolean) =>
    void attempt(
      () => call('PATCH', `/widgets/${widget.id}`, { body: { archived } }),
      say(archived ? 'admin.archived' : 'admin.restored', { name: widget.name }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.widgets')}
      about={say('widgets.about')}
      changesOf="widget"
      action={
        <Button
          weight="primary"
          onClick={() => void navigate({ to: '/admin/widgets/$widgetId', params: { widgetId: 'new' } })}
        >
          {say('widgets.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.widgets')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('widgets.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('widgets.name'),
            render: ({ id, name, brand }) => (
              <span className={styles['main2']}>
                <Link to="/admin/widgets/$widgetId" params={{ widgetId: String(id) }}>
                  {name}
                </Link>
                <span className={styles['muted']}>{brand.name}</span>
              </span>
            ),
          },
          { name: say('widgets.pages'), render: ({ origins }) => origins.join(', ') || '–' },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (widget) => (
              <Button weight="quiet" onClick={() => setArchived(widget, !widget.archived)}>
                {say(widget.archived ? 'action.restore' : 'action.archive')}
              </Button>
            ),
          },
        ]}
      />
    </Page>
  )
}
