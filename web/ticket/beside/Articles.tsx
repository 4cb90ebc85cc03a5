// Articles that may answer the ticket, beside it: read one, or put a link to it into what is being written.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Lock } from 'lucide-react'

import type { FittingArticle } from '../../../src/api/contract/articles.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { fittingArticlesQuery } from '../../wire/articles.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import { Card } from './Card.tsx'
import styles from './context.module.css'
import { InsertLink } from '../composer/InsertLink.tsx'

export function Articles({ ticket }: { ticket: Ticket }) {
  const may = useMay('articles.read')
  const { data } = useQuery({ ...fittingArticlesQuery(ticket.id), enabled: may })
  if (!data || data.items.length === 0) return null
  return (
    <Card name="articles">
      <ul className={styles['rows']}>
        {data.items.map((article) => (
          <li key={article.id} className={styles['article']}>
            <Link
              to="/admin/articles/$articleId"
              params={{ articleId: String(article.id) }}
              className={styles['row']}
              title={article.title}
            >
              {article.url === null && <Lock size={12} aria-label={say('articles.agentsOnly')} />}
              <span className={styles['subject']}>{article.title}</span>
              <span className={styles['language']}>{article.language}</span>
            </Link>
            <Insert article={article} ticket={ticket} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What agents alone may read is never offered to a customer: its link goes into a note. */
function Insert({ article: { id, title, url }, ticket }: { article: FittingArticle; ticket: Ticket }) {
  const href = url ?? `${location.origin}/admin/articles/${id}`
  return <InsertLink ticket={ticket} href={href} text={title} forAgents={url === null} />
}
