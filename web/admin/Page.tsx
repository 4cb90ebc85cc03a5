// What every admin page looks like: title, one sentence, an action, and a list that pages.
import type { ReactNode } from 'react'

import { Arrived, type Query } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import { useTitle } from '../state/title.ts'
import { say } from '../words/say.ts'
import { reasonOf } from '../wire/call.ts'
import styles from './admin.module.css'
import { LastChanges } from './Beside.tsx'
import type { usePages } from './usePages.ts'

type PageProps = {
  title: string
  about: string
  action?: ReactNode
  children: ReactNode
  /** The kind of thing whose last changes stand beside the page, as the audit names it. */
  changesOf?: string
  /** Stands beside the page instead. */
  beside?: ReactNode
}

export function Page({ title, about, action, children, changesOf, beside }: PageProps) {
  useTitle([title])
  return (
    <div className={styles['page']}>
      <header className={styles['pageHead']}>
        <div>
          <h1 className={styles['title']}>{title}</h1>
          <p className={styles['about']}>{about}</p>
        </div>
        {action}
      </header>
      <div className={styles['columns']}>
        <div className={styles['content']}>{children}</div>
        {beside ?? (changesOf && <LastChanges thing={changesOf} />)}
      </div>
    </div>
  )
}

type LoadedProps<Item> = {
  query: Query<{ items: readonly Item[] }>
  height: number
  empty: { title: string; help: string }
  children: (items: readonly Item[]) => ReactNode
}

/** A list that comes whole: what stands there until it has come, when it does not, and when there is nothing in it. */
export function Loaded<Item>({ query, height, empty, children }: LoadedProps<Item>) {
  return (
    <Arrived query={query} rows={4} height={height}>
      {({ items }) =>
        items.length > 0 ? (
          children(items)
        ) : (
          <Empty title={empty.title}>
            <p>{empty.help}</p>
          </Empty>
        )
      }
    </Arrived>
  )
}

type Column<Item> = {
  name: string
  render: (item: Item) => ReactNode
  narrow?: boolean
  end?: boolean
}

type TableProps<Item> = {
  label: string
  pages: ReturnType<typeof usePages<Item>>
  columns: ReadonlyArray<Column<Item>>
  keyOf: (item: Item) => string | number
  empty: string
  dim?: (item: Item) => boolean
}

export function DataTable<Item>({ label, pages, columns, keyOf, empty, dim }: TableProps<Item>) {
  if (pages.error && pages.items.length === 0)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(pages.error)}</p>
        <Button onClick={pages.retry}>{say('action.retry')}</Button>
      </Empty>
    )
  if (pages.loading) return <Skeleton rows={6} height={40} />
  if (pages.items.length === 0) return <Empty title={empty} />
  return (
    <>
      <ScrollBox label={label} className={styles['tableBox']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {columns.map(({ name, end }) => (
                <th key={name} scope="col" data-end={end || undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pages.items.map((item) => (
              <tr key={keyOf(item)} data-dim={dim?.(item) || undefined}>
                {columns.map(({ name, render, narrow, end }) => (
                  <td
                    key={name}
                    data-name={name}
                    data-narrow={narrow || undefined}
                    data-end={end || undefined}
                  >
                    {render(item)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {pages.hasMore && (
        <p className={styles['more']}>
          <Button onClick={pages.loadMore}>{say('list.more')}</Button>
        </p>
      )}
    </>
  )
}
