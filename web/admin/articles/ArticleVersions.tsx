// Every version of an article: who saved it, what it changed, how it read, and the way back.
import { type ReactNode, useState } from 'react'

import type { Article, ArticleVersion } from '../../../src/api/contract/articles.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import styles from '../admin.module.css'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { Body } from './Body.tsx'
import { reloadArticles } from './write.ts'

type Props = { article: Article; onRestored: (article: Article) => void; children: ReactNode }

export function ArticleVersions({ article, onRestored, children }: Props) {
  const pages = usePages<ArticleVersion>(`articles/${article.id}/versions`, {})
  const [open, setOpen] = useState<ArticleVersion | null>(null)
  const restore = (version: number) =>
    void attempt(
      async () =>
        onRestored(await call<Article>('POST', `/articles/${article.id}/restore`, { body: { version } })),
      say('versions.restored', { version }),
      () => {
        setOpen(null)
        void reloadArticles()
        pages.reload()
      },
    )
  if (pages.items.length === 0) return null
  return (
    <aside className={styles['beside']} aria-label={say('versions.name')}>
      {children}
      <h2>{say('versions.name')}</h2>
      <ol>
        {pages.items.map((each) => (
          <li key={each.version}>
            <p>
              <b>{say('versions.one', { version: each.version })}</b> · {each.by} · <Age at={each.at} />
            </p>
            <p className={styles['muted']}>
              {each.changed.map((field) => sayName('articleField', field)).join(', ') ||
                say('articles.firstVersion')}
            </p>
            <Button weight="quiet" onClick={() => setOpen(each)}>
              {say('articles.read')}
            </Button>
          </li>
        ))}
      </ol>
      {pages.hasMore && <Button onClick={pages.loadMore}>{say('list.more')}</Button>}
      {open && (
        <Modal
          title={open.title}
          shape="wide"
          open
          onClose={() => setOpen(null)}
          actions={
            open.version !== article.version && (
              <Button weight="primary" onClick={() => restore(open.version)}>
                {say('articles.restore', { version: open.version })}
              </Button>
            )
          }
        >
          <Body html={open.body} language={open.language} />
        </Modal>
      )}
    </aside>
  )
}
