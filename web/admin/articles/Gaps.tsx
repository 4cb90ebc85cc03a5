// Gaps: what customers look for and ask and no article says, each a draft away; and the articles that did not help.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type { Gap, GapReport } from '../../../src/api/contract/gaps.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { call } from '../../wire/call.ts'
import { languageName } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { Page } from '../Page.tsx'
import own from './articles.module.css'

const windows = [7, 30, 90] as const

export function Gaps() {
  const [days, setDays] = useState(30)
  const report = useQuery({
    queryKey: ['gaps', days],
    queryFn: () => call<GapReport>('GET', '/gaps', { query: { days } }),
  })
  return (
    <Page title={say('admin.gaps')} about={say('gaps.about')}>
      <div className={own['row']}>
        <SelectField
          label={say('gaps.window')}
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
          options={windows.map((value) => ({
            value: String(value),
            label: say('gaps.days', { count: value }),
          }))}
        />
      </div>
      <Arrived query={report} rows={6} height={56}>
        {(found) => (
          <>
            <Searched report={found} />
            {found.items.length === 0 ? (
              <Empty title={say('gaps.none')}>
                <p>{say('gaps.noneHelp')}</p>
              </Empty>
            ) : (
              <ol className={own['gaps']}>
                {found.items.map((gap) => (
                  <OneGap key={`${gap.language} ${gap.text}`} gap={gap} />
                ))}
              </ol>
            )}
            <Unhelpful articles={found.unhelpful} />
            <Deflection of={found.deflection} />
            <p className={styles['muted']}>{say('gaps.kept', { count: found.keptDays })}</p>
          </>
        )}
      </Arrived>
    </Page>
  )
}

function Searched({ report: { searches } }: { report: GapReport }) {
  if (searches.searches === 0) return null
  return (
    <p>
      {say('gaps.searches', { count: searches.searches })} {say('gaps.empty', { count: searches.empty })}{' '}
      {say('gaps.unopened', { count: searches.unopened })}
    </p>
  )
}

function OneGap({ gap }: { gap: Gap }) {
  const navigate = useNavigate()
  const counts = [
    gap.searches > 0 ? say('gaps.nSearches', { count: gap.searches }) : '',
    gap.empty > 0 ? say('gaps.nEmpty', { count: gap.empty }) : '',
    gap.ticketCount > 0 ? say('gaps.nTickets', { count: gap.ticketCount }) : '',
    languageName(gap.language),
  ]
  const others = gap.texts.slice(1).map(({ text }) => `“${text}”`)
  return (
    <li>
      <div>
        <h2 lang={gap.language}>{gap.text}</h2>
        <p className={styles['muted']}>{counts.filter(Boolean).join(' · ')}</p>
        {others.length > 0 && (
          <p className={styles['muted']}>{say('gaps.also', { texts: others.join(', ') })}</p>
        )}
        {gap.tickets.length > 0 && (
          <p className={own['ticketLinks']}>
            {gap.tickets.map(({ id, subject }) => (
              <Link
                key={id}
                to="/inbox/$view/$ticketId"
                params={{ view: 'all', ticketId: String(id) }}
                title={subject}
              >
                #{id}
              </Link>
            ))}
          </p>
        )}
        {gap.nearest && (
          <p className={styles['muted']}>
            {say('gaps.nearest')}{' '}
            <Link to="/admin/articles/$articleId" params={{ articleId: String(gap.nearest.id) }}>
              {gap.nearest.name}
            </Link>
          </p>
        )}
      </div>
      <Button
        onClick={() =>
          void navigate({
            to: '/admin/articles/$articleId',
            params: { articleId: 'new' },
            search: {
              title: gap.text,
              language: gap.language,
              ...(gap.tickets.length === 0 ? {} : { tickets: gap.tickets.map(({ id }) => id).join('.') }),
            },
          })
        }
      >
        {say('gaps.write')}
      </Button>
    </li>
  )
}

function Unhelpful({ articles }: { articles: GapReport['unhelpful'] }) {
  if (articles.length === 0) return null
  return (
    <section aria-labelledby="unhelpful">
      <h2 id="unhelpful" className={own['heading']}>
        {say('gaps.unhelpful')}
      </h2>
      <ul className={own['picks']}>
        {articles.map(({ id, title, language, yes, no }) => (
          <li key={id}>
            <Link to="/admin/articles/$articleId" params={{ articleId: String(id) }} lang={language}>
              {title}
            </Link>{' '}
            <span className={styles['muted']}>{say('gaps.votes', { yes, no })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is known, and what is not: nobody can ask those who left. */
function Deflection({ of }: { of: GapReport['deflection'] }) {
  if (of.shown === 0) return null
  const lines = [
    say('gaps.wrote', { count: of.wrote }),
    say('gaps.quiet', { count: of.quiet }),
    say('gaps.later', { count: of.later }),
    ...(of.open > 0 ? [say('gaps.open', { count: of.open })] : []),
    say('gaps.left', { count: of.left }),
  ]
  return (
    <section aria-labelledby="deflection">
      <h2 id="deflection" className={own['heading']}>
        {say('gaps.deflection')}
      </h2>
      <p>{say('gaps.shown', { count: of.shown })}</p>
      <ul className={own['lines']}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={styles['muted']}>{say('gaps.unknown')}</p>
    </section>
  )
}
