// Articles: what is written down for customers and for colleagues; found by words, state, language and section.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'

import type { ArticleEntry, ArticleStatus } from '../../../src/api/contract/articles.ts'
import { Button } from '../../parts/Button.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { Marked, wordsOf } from '../../parts/Marked.tsx'
import { Age } from '../../parts/Marks.tsx'
import { useMay } from '../../wire/session.ts'
import { languageName } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { usePages } from '../usePages.ts'
import own from './articles.module.css'
import { offered, ownLanguage } from './languages.ts'
import { brandsQuery, optionsOf, sectionsQuery } from './sections.ts'
import { setStatus } from './write.ts'

type Filter = { q: string; status: string; language: string; section: string }

export function Articles() {
  const mayWrite = useMay('articles.write')
  const navigate = useNavigate()
  const { section } = useSearch({ strict: false }) as { section?: number }
  const [filter, setFilter] = useState<Filter>({
    q: '',
    status: '',
    language: '',
    section: section === undefined ? '' : String(section),
  })
  const { q, ...rest } = useDeferredValue(filter)
  const pages = usePages<ArticleEntry>('articles', { ...rest, q: q.trim(), typing: 'true' })
  const filtered = Object.values(filter).some(Boolean)
  return (
    <Page
      title={say('admin.articles')}
      about={say(mayWrite ? 'articles.about' : 'articles.aboutRead')}
      changesOf="article"
      action={
        mayWrite && (
          <span className={own['actions']}>
            <Button onClick={() => void navigate({ to: '/admin/gaps' })}>{say('admin.gaps')}</Button>
            <Button onClick={() => void navigate({ to: '/admin/sections' })}>{say('admin.sections')}</Button>
            <Button
              weight="primary"
              onClick={() =>
                void navigate({ to: '/admin/articles/$articleId', params: { articleId: 'new' } })
              }
            >
              {say('articles.add')}
            </Button>
          </span>
        )
      }
    >
      <Filters filter={filter} mayWrite={mayWrite} onChange={setFilter} />
      <DataTable
        label={say('admin.articles')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say(filtered ? 'articles.noneFit' : 'articles.empty')}
        dim={({ status }) => status === 'archived'}
        columns={[
          {
            name: say('articles.title'),
            render: (article) => (
              <span className={styles['main2']}>
                <Link to="/admin/articles/$articleId" params={{ articleId: String(article.id) }}>
                  <Marked text={article.title} words={wordsOf(q)} />
                </Link>
                <span className={styles['muted']}>
                  {[article.section?.name, languageName(article.language)].filter(Boolean).join(' · ')}
                </span>
              </span>
            ),
          },
          {
            name: say('articles.audience'),
            narrow: true,
            render: ({ audience }) => say(`audience.${audience}`),
          },
          { name: say('articles.status'), narrow: true, render: ({ status }) => <State status={status} /> },
          { name: say('articles.changed'), narrow: true, render: ({ updatedAt }) => <Age at={updatedAt} /> },
          ...(mayWrite
            ? [
                {
                  name: say('admin.actions'),
                  end: true,
                  narrow: true,
                  render: (article: ArticleEntry) => <Actions article={article} />,
                },
              ]
            : []),
        ]}
      />
    </Page>
  )
}

export function State({ status }: { status: ArticleStatus }) {
  return (
    <span className={own['state']} data-status={status}>
      {say(`articleStatus.${status}`)}
    </span>
  )
}

function Actions({ article }: { article: ArticleEntry }) {
  const { status } = article
  return (
    <span className={styles['buttons']}>
      {status === 'draft' && (
        <Button weight="quiet" onClick={() => void setStatus(article, 'published')}>
          {say('articles.publish')}
        </Button>
      )}
      <Button
        weight="quiet"
        onClick={() => void setStatus(article, status === 'archived' ? 'draft' : 'archived')}
      >
        {say(status === 'archived' ? 'action.restore' : 'action.archive')}
      </Button>
    </span>
  )
}

type FiltersProps = { filter: Filter; mayWrite: boolean; onChange: (filter: Filter) => void }

function Filters({ filter, mayWrite, onChange }: FiltersProps) {
  const sections = useQuery(sectionsQuery).data?.items ?? []
  const brands = useQuery(brandsQuery).data?.items ?? []
  const any = { value: '', label: say('articles.any') }
  const set = (part: Partial<Filter>) => onChange({ ...filter, ...part })
  return (
    <search className={own['filters']}>
      <TextField
        label={say('articles.search')}
        type="search"
        value={filter.q}
        onChange={(event) => set({ q: event.target.value })}
      />
      {mayWrite && (
        <SelectField
          label={say('articles.status')}
          value={filter.status}
          onChange={(event) => set({ status: event.target.value })}
          options={[
            { value: '', label: say('articles.notArchived') },
            ...(['published', 'draft', 'archived'] as const).map((value) => ({
              value,
              label: say(`articleStatus.${value}`),
            })),
          ]}
        />
      )}
      <SelectField
        label={say('articles.language')}
        value={filter.language}
        onChange={(event) => set({ language: event.target.value })}
        options={[any, ...offered.map((value) => ({ value, label: languageName(value) }))]}
      />
      {sections.length > 0 && (
        <SelectField
          label={say('articles.section')}
          value={filter.section}
          onChange={(event) => set({ section: event.target.value })}
          options={[any, ...optionsOf(sections, ownLanguage(), brands)]}
        />
      )}
    </search>
  )
}
