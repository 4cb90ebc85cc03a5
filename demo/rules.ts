// The rules of the demo company, live from its first day, so that they have a history. Nothing of theirs is mailed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addWebhook, changeWebhook, findWebhook, placeOfSecret } from '#channels/webhook-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { Instant } from '#kit/time.ts'
import { addAgent, changeAgent } from '#people/agent-store.ts'
import { readDirectory } from '#rules/directory-store.ts'
import { addDraft, newRuleIds, publishDraft } from '#rules/rulebook-store.ts'
import { readRulebookFiles } from '#rules/rulebook-file.ts'
import type { Transaction } from '#store/database.ts'

/** Publishes the rulebook of demo/rulebook.yaml. One of its owners then leaves the company. */
export async function setUpRules(desk: Desk, tx: Transaction, at: Instant): Promise<void> {
  const marek = await addAgent(tx, {
    email: 'marek.holm@lumenandlark.example',
    name: 'Marek Holm',
    role: 'agent',
    passwordHash: null,
    at,
  })
  await addShop(desk, tx, at)
  const text = readFileSync(join(import.meta.dirname, 'rulebook.yaml'), 'utf8')
  const { book, problems } = readRulebookFiles(
    [{ name: 'rulebook.yaml', text }],
    { rules: [] },
    await readDirectory(tx),
  )
  if (problems.length > 0) throw new Error(`Bug: the demo's rules: ${JSON.stringify(problems)}`)
  const ids = await newRuleIds(tx, book.rules.length)
  const rules = book.rules.map((rule, index) => ({ ...rule, id: ids[index] ?? rule.id }))
  await addDraft(tx, { content: { ...book, rules }, parent: null, by: null, at })
  const acknowledged = { reason: 'Some are bad on purpose', codes: [] }
  await publishDraft(tx, { at, by: null, note: 'The first rules', acknowledged, ends: 'superseded' })
  if (marek !== null) await changeAgent(tx, marek, { active: false }, at)
}

async function addShop(desk: Desk, tx: Transaction, at: Instant): Promise<void> {
  const secret = desk.seal.close(
    `whsec_${Buffer.from('a secret of the demo company').toString('base64')}`,
    placeOfSecret('shop'),
  )
  const url = 'https://shop.lumenandlark.example/hooks/docket'
  const id = await addWebhook(tx, { key: 'shop', name: 'Shop system', url, secret, at })
  const shop = id === null ? null : await findWebhook(tx, id)
  // There is no such shop: paused, it is never called.
  if (shop !== null) await changeWebhook(tx, { ...shop, enabled: false }, null, at)
}
