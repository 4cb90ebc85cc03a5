// Views of teams and of everybody, with what speaks against keeping each; put away with one click, and back with another.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { Page as PageOf } from '../../src/api/contract/shapes.ts'
import type { SavedView, ViewFinding, ViewHealthItem } from '../../src/api/contract/views.ts'
import { Button } from '../parts/Button.tsx'
import { Counted } from '../parts/Counted.tsx'
import { Age } from '../parts/Marks.tsx'
import { percent } from '../parts/time.ts'
import { notify } from '../state/toasts.ts'
import { call, reasonOf } from '../wire/call.ts'
import { saveView } from '../wire/views.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'

export function Views() {
  const health = useQuery({
    queryKey: ['views', 'health'],
    queryFn: () => call<PageOf<ViewHealthItem>>('GET', '/views/health'),
  })
  const pages = {
    items: health.data?.items ?? [],
    loading: health.isPending,
    error: health.error,
    hasMore: false,
    loadMore: () => undefined,
    retry: () => void health.refetch(),
    reload: () => void health.refetch(),
  }
  return (
    <Page title={say('admin.views')} about={say('views.about')} changesOf="view">
      <DataTable
        label={say('admin.views')}
        pages={pages}
        keyOf={({ view }) => view.id}
        empty={say('health.empty')}
        dim={({ view }) => view.archived}
        columns={[
          {
            name: say('health.view'),
            render: ({ view }) => (
              <span className={styles['main2']}>
                <Link
                  to="/inbox/$view"
                  params={{ view: view.archived ? 'search' : `view-${view.id}` }}
                  {...(view.archived ? { search: { q: view.query } } : {})}
                  className={styles['strong']}
                >
                  {view.name}
                </Link>
                <span className={styles['muted']}>{view.query}</span>
              </span>
            ),
          },
          {
            name: say('views.scope'),
            narrow: true,
            render: ({ view }) => view.team?.name ?? say('macroScope.shared'),
          },
          {
            name: say('health.findings'),
            render: ({ view, findings }) => <Findings view={view} findings={findings} />,
          },
          { name: say('health.used'), narrow: true, render: ({ usedAt }) => <Age at={usedAt} /> },
          {
            name: say('health.tickets'),
            end: true,
            narrow: true,
            render: ({ view, count }) => !view.archived && <Counted value={count} />,
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: ({ view }) => (
              <Button weight="quiet" onClick={() => void setArchived(view, !view.archived)}>
                {say(view.archived ? 'action.restore' : 'action.archive')}
              </Button>
            ),
          },
        ]}
      />
    </Page>
  )
}

function Findings({ view, findings }: Pick<ViewHealthItem, 'view' | 'findings'>) {
  if (view.archived) return say('health.archived')
  if (findings.length === 0) return <span className={styles['muted']}>{say('health.fine')}</span>
  return (
    <ul className={styles['findings']}>
      {findings.map((finding) => (
        <li key={finding.kind}>{wordsOf(finding)}</li>
      ))}
    </ul>
  )
}

function wordsOf(finding: ViewFinding): string {
  switch (finding.kind) {
    case 'unopened':
      return say('health.unopened', { days: finding.days })
    case 'empty':
      return say('health.nothing')
    case 'everything':
      return say('health.everything', { share: percent(finding.share) })
    case 'overlaps':
      return say('health.overlaps', { share: percent(finding.share), name: finding.view.name })
    default:
      return finding satisfies never
  }
}

/** Done at once, and as easily taken back. */
async function setArchived(view: SavedView, archived: boolean): Promise<void> {
  try {
    await saveView(view.id, { archived })
    notify({
      title: say(archived ? 'admin.archived' : 'admin.restored', { name: view.name }),
      action: { label: say('action.undo'), run: () => void setArchived(view, !archived) },
    })
  } catch (error) {
    notify({ kind: 'error', title: say('admin.failed'), detail: reasonOf(error) })
  }
}
