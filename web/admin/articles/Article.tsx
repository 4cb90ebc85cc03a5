// One article: to write it, for who may, else to read it.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Body } from './Body.tsx'

import type { Article as Whole } from '../../../src/api/contract/articles.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { Age } from '../../parts/Marks.tsx'
import { articleQuery } from '../../wire/articles.ts'
import { reasonOf } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { languageName } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import { Page } from '../Page.tsx'
import { ArticleEditor, type Begun } from './ArticleEditor.tsx'
import own from './articles.module.css'

export function Article() {
  const { articleId } = useParams({ strict: false }) as { articleId: string }
  const begun = useSearch({ strict: false }) as Begun
  const mayWrite = useMay('articles.write')
  const isNew = articleId === 'new'
  const found = useQuery({ ...articleQuery(articleId), enabled: !isNew })
  if (isNew && mayWrite)
    return <ArticleEditor key={`new ${JSON.stringify(begun)}`} article={null} begun={begun} />
  if (found.error || isNew)
    return (
      <Page title={say('admin.articles')} about="">
        <Empty title={say('articles.gone')}>
          {found.error && <p>{reasonOf(found.error)}</p>}
          <Link to="/admin/articles">{say('articles.all')}</Link>
        </Empty>
      </Page>
    )
  if (!found.data) return <Skeleton rows={6} height={40} />
  return mayWrite ? (
    <ArticleEditor key={found.data.id} article={found.data} />
  ) : (
    <Reader article={found.data} />
  )
}

function Reader({ article }: { article: Whole }) {
  const facts = [article.section?.name, languageName(article.language), say(`audience.${article.audience}`)]
  return (
    <Page
      title={article.title}
      about={facts.filter(Boolean).join(' · ')}
      action={
        article.url && (
          <Button onClick={() => window.open(article.url ?? '', '_blank', 'noopener')}>
            {say('articles.look')}
          </Button>
        )
      }
    >
      <Body html={article.body} language={article.language} />
      <p className={own['changed']}>
        {article.author.name} · <Age at={article.updatedAt} />
      </p>
    </Page>
  )
}
