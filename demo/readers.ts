// What readers of the company's help looked for in the last month, what they opened, and what helped them.
import { randomOf } from './random.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId } from '#kit/ids.ts'
import { instant, plus, type Instant } from '#kit/time.ts'
import { fittingArticles } from '#knowledge/article-search-store.ts'
import { askedBy } from '#knowledge/asked.ts'
import { noteClick, noteSearch } from '#knowledge/search-log-store.ts'
import { openTitles } from '#knowledge/public-store.ts'
import { putVote } from '#knowledge/vote-store.ts'
import { findArticle } from '#knowledge/article-store.ts'

const SEED = 7
const DAYS = 28
const SEARCHES = 160

/** What they type; the company sells no gift cards by mail yet and says nothing of outdoor lamps. */
const asked: readonly { language: string; texts: readonly string[] }[] = [
  {
    language: 'en',
    texts: ['hub offline', 'where is my parcel', 'refund', 'return label', 'lamp flickers', 'pairing'],
  },
  { language: 'en', texts: ['gift card', 'gift cards', 'buy a gift card', 'gift voucher', 'gift card code'] },
  { language: 'en', texts: ['waterproof', 'waterproof lamps', 'are lamps waterproof', 'garden waterproof'] },
  { language: 'de', texts: ['Gutschein', 'Gutschein kaufen', 'Rückgabe', 'Lampe flackert', 'Abo'] },
]
const comments = ['Which button is it?', 'A picture would help.', 'The menu is called something else now.']

/** Tells a month of readers. */
export async function setUpReaders(desk: Desk, brandId: BrandId, until: Instant): Promise<void> {
  const { next, pick, chance, whole } = randomOf(SEED)
  await desk.database.transaction(async (tx) => {
    for (let number = 0; number < SEARCHES; number++) {
      const { language, texts } = pick(asked)
      const query = pick(texts)
      const at = instant(Math.floor(Date.parse(until) - (1 + next() * DAYS) * 86_400_000))
      const among = { audience: 'public', language, only: true, limit: 5 } as const
      const found = (await fittingArticles(tx, askedBy(query), among)).length
      const mark = `demo${String(number).padStart(8, '0')}`
      await noteSearch(tx, { mark, at, brandId, language, source: 'help', query, found, personId: null })
      if (found > 0 && chance(0.8)) await noteClick(tx, mark, at)
    }
    for (const { id } of await openTitles(tx, until, 100)) {
      const article = await findArticle(tx, id)
      if (article === null || !chance(0.6)) continue
      const isHard = chance(0.2)
      for (let voter = whole(2, 14); voter > 0; voter--) {
        const helpful = chance(isHard ? 0.3 : 0.85)
        const comment = !helpful && chance(0.4) ? pick(comments) : ''
        const at = plus(until, -whole(1, DAYS) * 86_400)
        await putVote(tx, { id, version: article.version }, `demo ${voter}`, { helpful, comment, at })
      }
    }
  })
}
