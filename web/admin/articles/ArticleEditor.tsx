// Writing an article: its text, where it stands and who may read it; its versions at the side.
import { useQuery } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'

import type {
  Article,
  ArticleAudience,
  ArticlePatch,
  ArticleStatus,
  NewArticle,
} from '../../../src/api/contract/articles.ts'
import { Editor } from '../../editor/lazy.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { sectionsQuery } from '../../wire/articles.ts'
import { call, CallFailed, fieldErrors, reasonOf } from '../../wire/call.ts'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { Page } from '../Page.tsx'
import own from './articles.module.css'
import { ArticleVersions } from './ArticleVersions.tsx'
import { nameOfLanguage, offered } from './languages.ts'
import { reloadArticles, setStatus } from './write.ts'

type Draft = {
  title: string
  slug: string
  body: string
  language: string
  section: string
  audience: ArticleAudience
}

const empty: Draft = { title: '', slug: '', body: '', language: '', section: '', audience: 'public' }

const draftOf = (article: Article | null): Draft =>
  article === null
    ? { ...empty, language: document.documentElement.lang.slice(0, 2) || 'en' }
    : {
        title: article.title,
        slug: article.slug,
        body: article.body,
        language: article.language,
        section: article.section,
        audience: article.audience,
      }

/** What differs from what is stored. */
function changesOf(draft: Draft, stored: Draft): Partial<Draft> {
  const keys = Object.keys(draft) as (keyof Draft)[]
  return Object.fromEntries(keys.filter((key) => draft[key] !== stored[key]).map((key) => [key, draft[key]]))
}

export function ArticleEditor({ article }: { article: Article | null }) {
  const navigate = useNavigate()
  // The version that was opened: what others save meanwhile is not taken in behind the writer's back.
  const [base, setBase] = useState(article)
  const [draft, setDraft] = useState(() => draftOf(article))
  const [round, setRound] = useState(0)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const changes = changesOf(draft, draftOf(base))
  const isChanged = Object.keys(changes).length > 0
  const isOvertaken = failure instanceof CallFailed && failure.problem.refusal === 'conflict'
  useBlocker({
    shouldBlockFn: () => isChanged && !busy && !window.confirm(say('articles.leave')),
    enableBeforeUnload: () => isChanged,
  })
  const takeIn = (saved: Article) => {
    setBase(saved)
    setDraft(draftOf(saved))
    setFailure(null)
    setRound((now) => now + 1)
  }
  const save = async (status?: ArticleStatus, anyway = false) => {
    setBusy(true)
    try {
      const { slug, ...rest } = changes
      const body: ArticlePatch = {
        ...rest,
        ...(slug ? { slug } : {}),
        ...(status === undefined ? {} : { status }),
        ...(base === null || anyway ? {} : { expectedVersion: base.version }),
      }
      const saved = base
        ? await call<Article>('PATCH', `/articles/${base.id}`, { body })
        : await call<Article>('POST', '/articles', {
            body: { ...body, title: draft.title, language: draft.language } satisfies NewArticle,
          })
      const word = status === 'published' ? 'articles.published' : base ? 'admin.saved' : 'admin.added'
      notify({ title: say(word, { name: saved.title }) })
      takeIn(saved)
      void reloadArticles()
      if (base === null)
        await navigate({
          to: '/admin/articles/$articleId',
          params: { articleId: String(saved.id) },
          replace: true,
          ignoreBlocker: true,
        })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const theirs = async () => {
    if (base !== null) takeIn(await call<Article>('GET', `/articles/${base.id}`))
  }
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const errors = fieldErrors(failure)
  const general = failure && Object.keys(errors).length === 0 ? reasonOf(failure) : null
  return (
    <Page
      title={base ? base.title : say('articles.add')}
      about={say(base ? `articles.about.${base.status}` : 'articles.aboutNew')}
      action={
        <Actions
          article={base}
          isChanged={isChanged}
          busy={busy}
          onSave={(status) => void save(status)}
          onStatus={(status) => base && void setStatus(base, status).then(theirs)}
        />
      }
      beside={base && <ArticleVersions article={base} onRestored={takeIn} />}
    >
      <FormProblem text={general} />
      {isOvertaken && (
        <p className={own['conflict']}>
          <Button onClick={() => void theirs()}>{say('articles.takeTheirs')}</Button>
          <Button onClick={() => void save(undefined, true)}>{say('articles.saveMine')}</Button>
        </p>
      )}
      <TextField
        label={say('articles.title')}
        value={draft.title}
        required
        maxLength={200}
        error={errors['title']}
        onChange={(event) => change({ title: event.target.value })}
      />
      <Place draft={draft} base={base} errors={errors} onChange={change} />
      <p className={styles['label']}>{say('articles.text')}</p>
      <div className={`${styles['editorBox']} ${own['editor']}`}>
        <Suspense>
          <Editor
            key={round}
            label={say('articles.text')}
            placeholder={say('articles.textHint')}
            html={draft.body}
            headings
            suggestions={none}
            urlOf={() => ''}
            onChange={(body) => change({ body })}
          />
        </Suspense>
      </div>
    </Page>
  )
}

const none = {}

type PlaceProps = {
  draft: Draft
  base: Article | null
  errors: Record<string, string>
  onChange: (part: Partial<Draft>) => void
}

/** Where it is found and by whom. */
function Place({ draft, base, errors, onChange }: PlaceProps) {
  const sections = useQuery(sectionsQuery).data?.items ?? []
  const names = sections.filter(({ language, name }) => language === draft.language && name !== '')
  const languages = [...new Set([...offered, draft.language])]
  return (
    <div className={styles['pair']}>
      <SelectField
        label={say('articles.language')}
        value={draft.language}
        onChange={(event) => onChange({ language: event.target.value })}
        options={languages.map((value) => ({ value, label: nameOfLanguage(value) }))}
      />
      <TextField
        label={say('articles.section')}
        value={draft.section}
        maxLength={100}
        list="article-sections"
        error={errors['section']}
        onChange={(event) => onChange({ section: event.target.value })}
      />
      <datalist id="article-sections">
        {names.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <SelectField
        label={say('articles.audience')}
        value={draft.audience}
        onChange={(event) => onChange({ audience: event.target.value as ArticleAudience })}
        options={(['public', 'agents'] as const).map((value) => ({ value, label: say(`audience.${value}`) }))}
      />
      {base && (
        <TextField
          label={say('articles.address')}
          value={draft.slug}
          error={errors['slug']}
          onChange={(event) => onChange({ slug: event.target.value })}
        />
      )}
    </div>
  )
}

type ActionsProps = {
  article: Article | null
  isChanged: boolean
  busy: boolean
  onSave: (status?: ArticleStatus) => void
  onStatus: (status: ArticleStatus) => void
}

function Actions({ article, isChanged, busy, onSave, onStatus }: ActionsProps) {
  const status = article?.status ?? 'draft'
  const see = () =>
    window.open(
      article?.url && !isChanged ? article.url : `/help/preview/${article?.id}`,
      '_blank',
      'noopener',
    )
  return (
    <span className={own['actions']}>
      {article && (
        <Button onClick={see} disabled={isChanged} title={isChanged ? say('articles.saveFirst') : undefined}>
          {say('articles.look')}
        </Button>
      )}
      {article && status !== 'archived' && (
        <Button onClick={() => onStatus('archived')} disabled={busy || isChanged}>
          {say('action.archive')}
        </Button>
      )}
      {article && status !== 'draft' && (
        <Button onClick={() => onStatus('draft')} disabled={busy || isChanged}>
          {say(status === 'archived' ? 'action.restore' : 'articles.unpublish')}
        </Button>
      )}
      <Button
        weight={status === 'draft' ? 'plain' : 'primary'}
        disabled={busy || !isChanged}
        onClick={() => onSave()}
      >
        {say(status === 'draft' ? 'articles.saveDraft' : 'action.save')}
      </Button>
      {status === 'draft' && (
        <Button
          weight="primary"
          disabled={busy || (article === null && !isChanged)}
          onClick={() => onSave('published')}
        >
          {say('articles.publish')}
        </Button>
      )}
    </span>
  )
}
