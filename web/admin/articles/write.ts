// Changing who may read an article, with the way back in the same notice.
import type { ArticleEntry, ArticleStatus } from '../../../src/api/contract/articles.ts'
import { notify } from '../../state/toasts.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say } from '../../words/say.ts'

const words = {
  published: 'articles.published',
  draft: 'articles.madeDraft',
  archived: 'admin.archived',
} as const

type Changed = Pick<ArticleEntry, 'id' | 'title' | 'status'>

/** Publishes, takes back or archives an article, and offers to undo that. */
export async function setStatus(article: Changed, status: ArticleStatus): Promise<void> {
  try {
    await call('PATCH', `/articles/${article.id}`, { body: { status } })
    await reloadArticles()
    notify({
      title: say(words[status], { name: article.title }),
      action: {
        label: say('action.undo'),
        run: () => void setStatus({ ...article, status }, article.status),
      },
    })
  } catch (error) {
    notify({
      kind: 'error',
      title: say('admin.failed'),
      detail: reasonOf(error),
      action: { label: say('action.retry'), run: () => void setStatus(article, status) },
    })
  }
}

export async function reloadArticles(): Promise<void> {
  await client.invalidateQueries({ predicate: ({ queryKey }) => /^articles\b/.test(String(queryKey[0])) })
}
