// Groups, organisations and fields of another desk: those that are here under the same name are found, the others made.
import { outcomeOf, type Result } from '#imports/counts.ts'
import { organizationNamed } from '#imports/cast-store.ts'
import { putRefs, refsOf, type From } from '#imports/import-store.ts'
import type { FieldStory, GroupStory, OrganizationStory } from '#imports/story.ts'
import type { Desk } from '#desk/desk.ts'
import { addTeam, findTeamByName } from '#people/agent-store.ts'
import { addField, allFields } from '#setup/taxonomy-store.ts'
import type { Transaction } from '#store/database.ts'

type Found = { readonly id: number; readonly isNew: boolean }

/** Groups become teams. */
export async function tellGroups(
  desk: Desk,
  tx: Transaction,
  from: From,
  groups: readonly GroupStory[],
): Promise<Result[]> {
  const results = await tellEach(tx, from, groups, async ({ name }) => {
    const known = await findTeamByName(tx, name)
    if (known !== null) return { id: known.id, isNew: false }
    return { id: (await addTeam(tx, name)) ?? 0, isNew: true }
  })
  desk.setup.forget()
  return results
}

/** Organisations by their names. */
export function tellOrganizations(
  tx: Transaction,
  from: From,
  organizations: readonly OrganizationStory[],
): Promise<Result[]> {
  return tellEach(tx, from, organizations, ({ name }) => organizationNamed(tx, name))
}

/** Fields by their labels, when they are of one type; options of the other desk are added at the end of ours by an administrator. */
export async function tellFields(
  desk: Desk,
  tx: Transaction,
  from: From,
  fields: readonly FieldStory[],
): Promise<Result[]> {
  const here = await allFields(tx)
  const results = await tellEach(tx, from, fields, async ({ key, label, type, options }) => {
    const known =
      here.find((field) => field.key === key) ??
      here.find((field) => field.label === label && field.type === type)
    if (known !== undefined) return { id: known.id, isNew: false }
    const plain = { help: null, requiredOnResolve: false, personal: false }
    const id = await addField(tx, { key, label, type, options: [...new Set(options)], ...plain }, null)
    return { id: id ?? 0, isNew: true }
  })
  desk.setup.forget()
  return results
}

async function tellEach<Story extends { kind: string; id: string; version: string }>(
  tx: Transaction,
  from: From,
  stories: readonly Story[],
  find: (story: Story) => Promise<Found>,
): Promise<Result[]> {
  const results: Result[] = []
  for (const story of stories) {
    const { kind, id, version } = story
    const ref = (await refsOf(tx, from.source, kind, [id])).get(id)
    if (ref?.version === version) {
      results.push({ kind, id, outcome: 'unchanged' })
      continue
    }
    const found = ref === undefined ? await find(story) : { id: ref.localId, isNew: false }
    await putRefs(tx, from, [{ kind, sourceId: id, localId: found.id, version, made: found.isNew }])
    // What was here under the same name is left as it is.
    results.push({
      kind,
      id,
      outcome: ref === undefined && !found.isNew ? 'unchanged' : outcomeOf(ref?.version, version),
    })
  }
  return results
}
