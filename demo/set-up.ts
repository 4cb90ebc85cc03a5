// Sets the company up before its story begins: settings, mailbox, teams, agents, categories, tags, fields, rules, agreements.
import type { Desk } from '#desk/desk.ts'
import type { BrandId, CategoryId, FieldId, MailboxId, PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { addAgent, addTeam, setTeamsOf } from '#people/agent-store.ts'
import { hashPassword } from '#people/secrets.ts'
import type { Transaction } from '#store/database.ts'
import { defaultSurvey, putSurveySetting } from '#setup/survey-setting-store.ts'
import { defaultMailbox, setDefaultMailbox } from '#setup/mailbox-store.ts'
import { readSettings, writeSettings } from '#setup/settings-store.ts'
import { addCategory, addField, findCategory, noteTags } from '#setup/taxonomy-store.ts'
import { setUpAgreements } from './agreements.ts'
import { agents, categories, company, descriptions, products, tags, teams, type TeamName } from './company.ts'
import { setUpRules } from './rules.ts'
import { setUpWidget } from './visitors.ts'

export const PASSWORD = 'lumen and lark'

export type Cast = {
  readonly agents: readonly PersonId[]
  readonly teams: ReadonlyMap<TeamName, TeamId>
  readonly categories: ReadonlyMap<string, CategoryId>
  readonly fields: ReadonlyMap<string, FieldId>
  readonly mailboxId: MailboxId
  readonly brandId: BrandId
  /** Where chats come from; none without. */
  readonly widgetId?: number
  /** A tag that every ticket carries. */
  readonly mark?: string
}

/** Sets the company up: settings, mailbox, teams, agents, categories, tags, fields. */
export async function setUp(desk: Desk, tx: Transaction, at: Instant): Promise<Cast> {
  const settings = await readSettings(tx)
  await writeSettings(tx, { ...settings, deskName: company.name, signature: company.signature }, at, null)
  await setDefaultMailbox(tx, company.address, company.name, null)
  const mailbox = await defaultMailbox(tx)
  if (mailbox === null) throw new Error('Bug: no mailbox')
  const byTeam = new Map<TeamName, TeamId>()
  for (const name of teams) byTeam.set(name, (await addTeam(tx, name)) ?? (0 as TeamId))
  const passwordHash = await hashPassword(PASSWORD)
  const ids: PersonId[] = []
  for (const { name, role, team } of agents) {
    const id = await addAgent(tx, { email: emailOf(name), name, role, passwordHash, at })
    if (id === null) throw new Error(`${name} is there already`)
    // As far back as its past goes.
    await setTeamsOf(tx, id, [byTeam.get(team) ?? 0], null)
    ids.push(id)
  }
  await noteTags(tx, tags)
  const field = { options: [], help: null, requiredOnResolve: false, personal: false }
  const orderNumber = await addField(
    tx,
    { ...field, key: 'orderNumber', label: 'Order number', type: 'text' },
    null,
  )
  const product = await addField(
    tx,
    { ...field, key: 'product', label: 'Product', type: 'select', options: products },
    null,
  )
  if (orderNumber === null || product === null) throw new Error('The fields are there already')
  desk.setup.forget()
  const paths = await setUpCategories(tx)
  await setUpRules(desk, tx, at)
  await setUpAgreements(tx, byTeam, ids[0] ?? (0 as PersonId), at)
  return {
    agents: ids,
    teams: byTeam,
    categories: paths,
    fields: new Map([
      ['orderNumber', orderNumber],
      ['product', product],
    ]),
    mailboxId: mailbox.id as MailboxId,
    brandId: mailbox.brandId as BrandId,
    widgetId: await setUpWidget(tx, { brandId: mailbox.brandId as BrandId }),
  }
}

export function emailOf(name: string): string {
  return `${name
    .normalize('NFKD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(' ', '.')}@lumenandlark.example`
}

async function setUpCategories(tx: Transaction): Promise<Map<string, CategoryId>> {
  const paths = new Map<string, CategoryId>()
  for (const [name, { below }] of Object.entries(categories)) {
    const meant = { definition: descriptions[name] ?? '', examples: [] }
    const parentId = await addCategory(tx, name, null, meant)
    const parent = parentId === null ? null : await findCategory(tx, parentId)
    for (const leaf of below)
      paths.set(`${name}/${leaf}`, (await addCategory(tx, leaf, parent, meant)) ?? (0 as CategoryId))
  }
  return paths
}

/** Asks from now on whether it helped; the past is told with its own answers. */
export async function setUpSurvey(desk: Desk, { brandId }: Pick<Cast, 'brandId'>): Promise<void> {
  await putSurveySetting(desk.database, { brandId, ...defaultSurvey, isOn: true })
  desk.setup.forget()
}
