// A desk on a fresh database, without server and lanes: what commands work with.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEgress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'
import { cacheSetup } from '#desk/setup-cache.ts'
import { instant } from '#kit/time.ts'
import { createBlobs } from '#store/blobs.ts'
import { createIds } from '#store/blocks.ts'
import { openDatabase } from '#store/database.ts'
import { createSeal } from '#store/seal.ts'
import { freshDatabase, quiet } from './database.ts'
import { handClock, noDns } from './desk.ts'

const SECRET = 'a secret for tests that is long enough'

/** A desk whose clock stands on the 2nd of March 2026 unless it is said otherwise. */
export async function bareDesk(
  now = Date.parse('2026-03-02T09:00:00Z'),
): Promise<{ desk: Desk; url: string; close: () => Promise<void> }> {
  const { url, drop } = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'docket-bare-'))
  const database = openDatabase(url, { log: quiet, size: 6, role: 'docket_app' })
  const aside = openDatabase(url, { log: quiet, size: 2, role: 'docket_app' })
  const egress = createEgress(['127.0.0.0/8', '::1'])
  const desk: Desk = {
    database,
    replica: null,
    blobs: createBlobs(join(folder, 'blobs')),
    ids: createIds(aside),
    secret: SECRET,
    seal: createSeal(SECRET, []),
    egress,
    dns: noDns,
    clock: handClock(instant(now)),
    log: quiet,
    baseUrl: 'http://127.0.0.1',
    canSend: false,
    setup: cacheSetup(aside),
    storage: {
      dataDir: folder,
      blobs: null,
      oldSecrets: [],
      s3: { endpoint: null, region: 'us-east-1', pathStyle: false, keys: null },
    },
  }
  const close = async () => {
    await egress.close()
    await Promise.all([database.close(), aside.close()])
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { desk, url, close }
}
