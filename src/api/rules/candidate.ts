// Which rules a backtest, or a look at one ticket, is to try.
import { decline, declineInput } from '#api/http/problem.ts'
import type { Rulebook } from '#rules/rule.ts'
import { emptyRulebook } from '#rules/rulebook.ts'
import { findDraftVersion, findVersion, liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Db } from '#store/database.ts'

/** The rules that are to be tried, with their hash; declined where there are none such. */
export async function rulesOf(
  db: Db,
  candidate: 'live' | 'draft' | number,
): Promise<{ hash: string; book: Rulebook }> {
  const version =
    candidate === 'draft'
      ? (await findDraftVersion(db))?.version
      : candidate === 'live'
        ? await liveVersion(db)
        : candidate
  // A desk whose rules were never published has none.
  if (candidate === 'live' && version === 0) return { hash: '', book: emptyRulebook }
  const frozen = version === undefined ? null : await findVersion(db, version)
  const book = frozen === null ? null : await readRulebook(db, frozen.version)
  if (frozen !== null && book !== null) return { hash: frozen.hash, book }
  return candidate === 'draft'
    ? decline('refused', 'There is no draft: change a rule first.', { refusal: 'no_draft' })
    : declineInput('candidate', 'is no version')
}
