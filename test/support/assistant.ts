// An assistant for a journey: a small help center, and a configuration that goes live as a simulation would have left it.
import { addConfig, makeLive } from '#assistant/config-store.ts'
import { standardConfig, type AssistantConfig } from '#assistant/config.ts'
import { saysAlways } from '#assistant/sentences.ts'
import type { Mode } from '#assistant/words.ts'
import { assistantPerson } from '#desk/assistant/principal.ts'
import { tell } from '#store/listen.ts'
import type { TestDesk } from './desk.ts'

/** Makes a configuration live for one category. */
export async function goLive(
  desk: TestDesk,
  categoryId: number,
  config: Partial<AssistantConfig> = {},
  mode: Mode = 'auto',
): Promise<void> {
  const content = {
    ...standardConfig,
    otherwise: 'suggest',
    holdout: 0,
    leastEvidence: 0.1,
    rows: [{ brandId: null, channel: null, categoryId, mode, share: 1 }],
    thresholds: { [categoryId]: { from: 0.95, n: 300, bound: 0.01 } },
    calibration: saysAlways(0.99),
    ...config,
  } as const
  const { database: db, clock, setup } = desk.running.desk
  const by = (await desk.addAgent(`Ann${Math.random()}`, 'admin')).principal.agentId
  await db.transaction(async (tx) => {
    const hash = JSON.stringify(content)
    const version = await addConfig(tx, { content, hash, note: '', by, at: clock.now() })
    await makeLive(tx, version, await assistantPerson(tx, 'Lumi', clock.now()), clock.now())
    tell(tx, { changed: 'assistant', id: null })
    tell(tx, { lane: 'assistant' })
  })
  setup.forget()
}

/** Publishes articles about lamps. */
export async function writeHelp(desk: TestDesk): Promise<void> {
  for (const [title, body] of [
    ['Returning a lamp', '<p>Send it back within 30 days. We pay for the parcel.</p>'],
    ['Warranty of lamps', '<p>Lamps are replaced for two years. Keep the receipt.</p>'],
    ['Resetting your password', '<p>Ask for a link on the page where you sign in.</p>'],
    ['When a parcel arrives', '<p>The courier writes to you before it comes.</p>'],
    ['Cleaning the shade', '<p>Use a dry cloth and no water.</p>'],
  ])
    await desk.api('POST', '/articles', { title, body, status: 'published' })
}
