// What would still feed a team that was put away: by a change of the database, an import, or two people at once. Tickets from there
// lose their team and nothing else (`begin.ts`); whoever sets the desk up hears of it until it is mended.
import { everyHook } from '#channels/hook-store.ts'
import type { Desk } from '#desk/desk.ts'
import { usesOf } from '#rules/references.ts'
import { listForms } from '#setup/form-store.ts'
import type { Db } from '#store/database.ts'

export type Feed = {
  readonly feeder: 'mailbox' | 'form' | 'hook' | 'rule'
  readonly id: number
  readonly title: string
  readonly team: string
}

const EVERY = { q: '', archived: false, limit: 10_000, after: '' }

/** Live mailboxes, forms, hooks and rules that name an archived team; on most desks there is no such team, and nothing is asked. */
export async function archivedFeeds(desk: Desk, db: Db): Promise<readonly Feed[]> {
  const { directory, mailboxes, rulebook } = await desk.setup.now()
  const archived = directory.teams.filter((team) => team.archived)
  if (archived.length === 0) return []
  const [forms, hooks] = [await listForms(db, EVERY), await everyHook(db)]
  return archived.flatMap(({ id: teamId, name: team }) => [
    ...mailboxes
      .filter((each) => each.teamId === teamId)
      .map(({ id, address }) => ({ feeder: 'mailbox' as const, id, title: address, team })),
    ...forms
      .filter((each) => each.teamId === teamId)
      .map(({ id, title }) => ({ feeder: 'form' as const, id, title, team })),
    ...hooks
      .filter((each) => each.teamId === teamId && !each.archived)
      .map(({ id, name: title }) => ({ feeder: 'hook' as const, id, title, team })),
    ...usesOf({ kind: 'team', id: teamId }, rulebook.rulebook).map(({ ruleId, title }) => ({
      feeder: 'rule' as const,
      id: ruleId,
      title,
      team,
    })),
  ])
}
