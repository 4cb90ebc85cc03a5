// Writing an article: its text, where it stands and who may read it; its versions at the side.
import { useQuery } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { Suspense, useRef, useState } from 'react'

import type {
  Article,
  ArticleAudience,
  ArticlePatch,
  ArticleStatus,
  NewArticle,
} from '../../../src/api/contract/articles.ts'
import { Editor } from '../../editor/lazy.ts'
import type { EditorApi } from '../../editor/view.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { call, CallFailed, fieldErrors, reasonOf } from '../../wire/call.ts'
import { notify } from '../../state/toasts.ts'
import { languageName } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { Page } from '../Page.tsx'
import own from './articles.module.css'
import { ArticleFiles, useArticleFiles } from './ArticleFiles.tsx'
import { ArticleVersions } from './ArticleVersions.tsx'
import { AskedFor } from './AskedFor.tsx'
import { Feedback } from './Feedback.tsx'
import { offered, ownLanguage } from './languages.ts'
import { brandsQuery, optionsOf, sectionsQuery } from './sections.ts'
import { Original, Translations } from './Translations.tsx'
import { reloadArticles, setStatus } from './write.ts'

type Draft = {
  title: string
  slug: string
  body: string
  language: string
  section: number | null
  audience: ArticleAudience
}

const empty: Draft = { title: '', slug: '', body: '', language: '', section: null, audience: 'public' }

/** What a new article begins with. */
export type Begun = { translationOf?: number; language?: string; title?: string; tickets?: string }

const draftOf = (article: Article | null, begun: Begun = {}): Draft =>
  article === null
    ? { ...empty, language: begun.language ?? ownLanguage(), title: begun.title ?? '' }
    : {
        title: article.title,
        slug: article.slug,
        body: article.body,
        language: article.language,
        section: article.section?.id ?? null,
        audience: article.audience,
      }

/** What differs from what is stored. */
function changesOf(draft: Draft, stored: Draft): Partial<Draft> {
  const keys = Object.keys(draft) as (keyof Draft)[]
  return Object.fromEntries(keys.filter((key) => draft[key] !== stored[key]).map((key) => [key, draft[key]]))
}

export function ArticleEditor({ article, begun = {} }: { article: Article | null; begun?: Begun }) {
  const navigate = useNavigate()
  // The version that was opened: what others save meanwhile is not taken in behind the writer's back.
  const [base, setBase] = useState(article)
  const [draft, setDraft] = useState(() => draftOf(article, begun))
  const [round, setRound] = useState(0)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  // What a new one begins with is not stored yet.
  const changes = changesOf(draft, base === null ? { ...empty, language: draft.language } : draftOf(base))
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
            body: { ...newOf(draft, begun), ...(status ? { status } : {}) },
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
  const editor = useRef<EditorApi | null>(null)
  const files = useArticleFiles(() => editor.current)
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
      beside={
        <BesideText
          article={base}
          begun={begun}
          onRestored={takeIn}
          onTake={(html) => {
            change({ body: draft.body + html })
            setRound((now) => now + 1)
          }}
        />
      }
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
      {base && <Translations article={base} disabled={isChanged} onChanged={takeIn} />}
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
            onReady={(ready) => (editor.current = ready)}
            onFiles={files.onFiles}
            onImage={files.ask}
            onChange={(body) => change({ body })}
          />
        </Suspense>
      </div>
      <ArticleFiles files={files} />
    </Page>
  )
}

const none = {}

function newOf({ slug, ...draft }: Draft, { translationOf }: Begun): NewArticle {
  return {
    ...draft,
    ...(slug === '' ? {} : { slug }),
    ...(translationOf === undefined ? {} : { translationOf }),
  }
}

type BesideProps = {
  article: Article | null
  begun: Begun
  onRestored: (article: Article) => void
  onTake: (html: string) => void
}

/** What it said before and whether that helped; beside a new one what it is written after. */
function BesideText({ article, begun: { translationOf, tickets, title }, onRestored, onTake }: BesideProps) {
  if (article !== null)
    return (
      <ArticleVersions article={article} onRestored={onRestored}>
        <Feedback article={article} />
      </ArticleVersions>
    )
  if (translationOf !== undefined) return <Original id={translationOf} />
  const ids = (tickets ?? '').split('.').map(Number).filter(Boolean)
  return title === undefined ? null : <AskedFor ids={ids} text={title} onTake={onTake} />
}

type PlaceProps = {
  draft: Draft
  base: Article | null
  errors: Record<string, string>
  onChange: (part: Partial<Draft>) => void
}

/** Where it is found and by whom. */
function Place({ draft, base, errors, onChange }: PlaceProps) {
  const sections = useQuery(sectionsQuery).data?.items ?? []
  const brands = useQuery(brandsQuery).data?.items ?? []
  const languages = [...new Set([...offered, draft.language])]
  return (
    <div className={styles['pair']}>
      <SelectField
        label={say('articles.language')}
        value={draft.language}
        onChange={(event) => onChange({ language: event.target.value })}
        options={languages.map((value) => ({ value, label: languageName(value) }))}
      />
      <SelectField
        label={say('articles.section')}
        value={draft.section ?? ''}
        error={errors['section']}
        onChange={(event) =>
          onChange({ section: event.target.value === '' ? null : Number(event.target.value) })
        }
        options={[
          { value: '', label: say('articles.noSection') },
          ...optionsOf(
            sections.filter(({ id, archived }) => !archived || id === draft.section),
            draft.language,
            brands,
          ),
        ]}
      />
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
