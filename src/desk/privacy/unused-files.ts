// Files of which nothing says any more that they are there, and uploads that went nowhere: they are taken from the disk. One that was stored of late may belong to a
// message that is not committed yet, and waits.
import { BACKUP_LOCK } from '#desk/backups.ts'
import type { Desk } from '#desk/desk.ts'
import {
  dropIdleArticleFiles,
  dropIdleUploads,
  forgetUnused,
  unusedBlobs,
} from '#desk/privacy/unused-files-store.ts'
import { type Instant, plus } from '#kit/time.ts'
import type { Round } from '#store/lane.ts'
import { isLocked } from '#store/lock.ts'

const AT_ONCE = 100
/** Longer than anything takes from storing a file to saying whose it is. */
const WAIT_SECONDS = 3_600

const EVERY_SECONDS = 600
const MOST_IDLE = 1_000
/** Every text that an article ever had is read for it: that is not done all the time. */
const DAY_SECONDS = 86_400

/** The round of the lane that takes all of them which may go. */
export function dropUnusedFiles({ database, blobs, clock }: Desk): () => Promise<Round> {
  let articlesReadAt: Instant | null = null
  return async () => {
    const at = clock.now()
    await dropIdleUploads(database, MOST_IDLE)
    if (articlesReadAt === null || at >= plus(articlesReadAt, DAY_SECONDS)) {
      await dropIdleArticleFiles(database, at, MOST_IDLE)
      articlesReadAt = at
    }
    const storedSince = Date.parse(plus(at, -WAIT_SECONDS))
    for (let after = ''; ;) {
      // Its rows are of a moment ago, and may speak of what nothing names by now.
      if (await isLocked(database, BACKUP_LOCK, 0)) return plus(at, EVERY_SECONDS)
      const some = await unusedBlobs(database, after, AT_ONCE)
      const gone: string[] = []
      for (const { sha256, isShown } of some)
        if (isShown || (await blobs.remove(sha256, storedSince))) gone.push(sha256)
      await forgetUnused(database, gone)
      after = some.at(-1)?.sha256 ?? after
      if (some.length < AT_ONCE) return plus(at, EVERY_SECONDS)
    }
  }
}
