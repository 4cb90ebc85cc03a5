// The same article in other languages: which there are, another one to write, or one that is there already to tie to it.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'

import type { Article } from '../../../src/api/contract/articles.ts'
import { Button } from '../../parts/Button.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { articleQuery, foundArticlesQuery } from '../../wire/articles.ts'
import { call } from '../../wire/call.ts'
import { languageName } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { attempt } from '../saving.ts'
import own from './articles.module.css'
import { State } from './Articles.tsx'
import { Body } from './Body.tsx'
import { offered } from './languages.ts'
import { reloadArticles } from './write.ts'

type Props = { article: Article; disabled: boolean; onChanged: (article: Article) => void }

export function Translations({ article, disabled, onChanged }: Props) {
  const navigate = useNavigate()
  const [isTying, setTying] = useState(false)
  const { translations } = article
  const taken = [article.language, ...translations.map(({ language }) => language)]
  const tie = (translationOf: number | null) =>
    void attempt(
      async () =>
        onChanged(await call<Article>('PATCH', `/articles/${article.id}`, { body: { translationOf } })),
      say(translationOf === null ? 'translations.untied' : 'translations.tied', { name: article.title }),
      () => {
        setTying(false)
        void reloadArticles()
      },
    )
  return (
    <section className={own['translations']} aria-labelledby="translations">
      <h2 id="translations">{say('translations.name')}</h2>
      {translations.length > 0 && (
        <ul>
          {translations.map(({ id, language, title, status }) => (
            <li key={id}>
              <span className={styles['muted']}>{languageName(language)}</span>{' '}
              <Link to="/admin/articles/$articleId" params={{ articleId: String(id) }} lang={language}>
                {title}
              </Link>{' '}
              <State status={status} />
            </li>
          ))}
        </ul>
      )}
      <div className={own['row']}>
        <SelectField
          label={say('translations.add')}
          value=""
          disabled={disabled}
          onChange={(event) =>
            void navigate({
              to: '/admin/articles/$articleId',
              params: { articleId: 'new' },
              search: { translationOf: article.id, language: event.target.value },
            })
          }
          options={[
            { value: '', label: say('translations.choose') },
            ...offered
              .filter((language) => !taken.includes(language))
              .map((value) => ({ value, label: languageName(value) })),
          ]}
        />
        <Button disabled={disabled} onClick={() => setTying(true)}>
          {say('translations.tie')}
        </Button>
        {translations.length > 0 && (
          <Button disabled={disabled} onClick={() => tie(null)}>
            {say('translations.untie')}
          </Button>
        )}
      </div>
      {isTying && <Tie article={article} onTie={tie} onClose={() => setTying(false)} />}
    </section>
  )
}

type TieProps = { article: Article; onTie: (id: number) => void; onClose: () => void }

function Tie({ article, onTie, onClose }: TieProps) {
  const [q, setQ] = useState('')
  const asked = useDeferredValue(q.trim())
  const found = useQuery({ ...foundArticlesQuery(asked), enabled: asked !== '' })
  const items = (found.data?.items ?? []).filter(({ language }) => language !== article.language)
  return (
    <Modal title={say('translations.tie')} open onClose={onClose}>
      <TextField
        label={say('articles.search')}
        help={say('translations.tieHelp', { name: article.title })}
        type="search"
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <ul className={own['picks']} aria-live="polite">
        {items.map(({ id, title, language }) => (
          <li key={id}>
            <Button weight="quiet" onClick={() => onTie(id)}>
              {title} · {languageName(language)}
            </Button>
          </li>
        ))}
      </ul>
      {asked !== '' && found.data && items.length === 0 && <p>{say('articles.noneFit')}</p>}
    </Modal>
  )
}

/** What is to be translated, beside what is being written. */
export function Original({ id }: { id: number }) {
  const { data } = useQuery(articleQuery(String(id)))
  if (data === undefined) return null
  return (
    <aside className={styles['beside']} aria-label={say('translations.original')}>
      <h2>{say('translations.original')}</h2>
      <p className={styles['strong']} lang={data.language}>
        {data.title}
      </p>
      <Body html={data.body} language={data.language} />
    </aside>
  )
}
