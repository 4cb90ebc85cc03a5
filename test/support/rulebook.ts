// Rules for a test desk: short rules, published at once.
import type { Rule, Rulebook } from '#rules/rule.ts'
import { addDraft, dropDraftVersion, publishDraft } from '#rules/rulebook-store.ts'
import { tell } from '#store/listen.ts'
import type { TestDesk } from './desk.ts'

/** A trigger that listens to anything; the rest as said. */
export function aRule(id: number, more: Partial<Rule> & Pick<Rule, 'do'>): Rule {
  return {
    id,
    key: `rule-${id}`,
    kind: 'trigger',
    title: `Rule ${id}`,
    description: '',
    ownerId: 1,
    reviewBy: '2026-12-01',
    section: 'all',
    enabled: true,
    on: ['any'],
    if: { all: [] },
    stop: false,
    ...more,
  }
}

/** Makes these the live rules. */
export async function publishRules(
  desk: TestDesk,
  rules: readonly Rule[],
  templates: Rulebook['templates'] = [],
): Promise<number> {
  const { database, clock, setup: cache } = desk.running.desk
  const version = await database.transaction(async (tx) => {
    await dropDraftVersion(tx)
    const content = { sections: [{ key: 'all', title: 'All' }], rules, templates }
    await addDraft(tx, { content, parent: null, by: null, at: clock.now() })
    tell(tx, { changed: 'rules', id: null })
    return publishDraft(tx, { at: clock.now(), by: null, note: '', acknowledged: null, ends: 'superseded' })
  })
  cache.forget()
  return version ?? 0
}
