// What our lines carry besides tickets: a kind of line for each table, in an order in which nothing is named before it stands.
// Secrets, sessions, and what follows from the rest by itself stay behind.

export type Table = {
  readonly kind: string
  readonly table: string
  /** The column of its number; null: it has none of its own. */
  readonly id: 'id' | 'version' | null
  /** What it is known by: a row that is here already is not made a second time. */
  readonly key: readonly string[]
  /** Columns by which it is known as well, and which may be empty. */
  readonly also: readonly string[]
  /** Columns that name rows of other kinds. */
  readonly refs: Readonly<Record<string, string>>
  readonly without: readonly string[]
  /** Only a desk that is moved as a whole takes it along: it names others in its inside, or would begin to act. */
  readonly isWhole: boolean
  /** It names tickets, and stands behind them. */
  readonly isLast: boolean
  readonly order: string
}

type Short = Partial<Omit<Table, 'kind'>> & Pick<Table, 'key'>

function table(kind: string, short: Short): Table {
  const { key } = short
  const base = {
    table: kind,
    id: 'id',
    also: [],
    refs: {},
    without: [],
    isWhole: false,
    isLast: false,
    order: 'id',
  } as const
  return { kind, ...base, ...short, key }
}

export const tables: readonly Table[] = [
  table('setting', {
    table: 'desk_setting',
    id: 'version',
    key: ['version'],
    isWhole: true,
    order: 'version',
  }),
  table('brand', { key: ['name'], without: ['mailbox_id'] }),
  table('team', { key: ['name'] }),
  table('organization', { key: ['name'] }),
  table('person', {
    key: ['email'],
    refs: { organization_id: 'organization', manages_organization_id: 'organization' },
  }),
  table('address', {
    table: 'person_address',
    id: null,
    key: ['address'],
    refs: { person_id: 'person' },
    order: 'address',
  }),
  table('mailbox', {
    key: ['address'],
    refs: { brand_id: 'brand', team_id: 'team' },
    without: ['is_default', 'imap', 'smtp', 'oauth', 'dkim', 'import_history', 'reads_since', 'used_since'],
  }),
  // Before those who have it: what somebody may see and do goes with them, or they come without.
  table('role', {
    table: 'custom_role',
    key: ['name'],
    refs: { only_brands: 'brand', only_mailboxes: 'mailbox' },
  }),
  table('agent', {
    id: null,
    key: ['person_id'],
    refs: { person_id: 'person', role_id: 'role', only_brands: 'brand', only_mailboxes: 'mailbox' },
    without: ['password_hash', 'picture_sha256'],
    order: 'person_id',
  }),
  table('member', {
    table: 'team_member',
    id: null,
    key: ['team_id', 'agent_id'],
    without: ['joined_at'],
    refs: { team_id: 'team', agent_id: 'person' },
    order: 'team_id, agent_id',
  }),
  table('category', { key: ['path'], refs: { parent_id: 'category' }, order: 'path' }),
  table('tag', { key: ['name'] }),
  table('field', { key: ['key'], without: ['required_since'] }),
  table('skill', { key: ['name'], isWhole: true }),
  table('agentSkill', {
    table: 'agent_skill',
    id: null,
    key: ['agent_id', 'skill_id'],
    isWhole: true,
    order: 'agent_id, skill_id',
  }),
  table('calendar', { key: ['name'], isWhole: true }),
  table('calendarVersion', {
    table: 'calendar_version',
    id: null,
    key: ['calendar_id', 'version'],
    isWhole: true,
    order: 'calendar_id, version',
  }),
  table('calendarUse', { table: 'calendar_use', key: ['id'], isWhole: true }),
  table('place', {
    table: 'agent_routing',
    id: null,
    key: ['agent_id'],
    // Nobody is there yet.
    without: [
      'presence',
      'presence_since',
      'presence_reason',
      'expiries',
      'last_assigned_at',
      'handed_over_at',
    ],
    isWhole: true,
    order: 'agent_id',
  }),
  table('units', { table: 'routing_setting', id: null, key: ['one'], isWhole: true, order: 'one' }),
  table('conflict', { table: 'routing_conflict', key: ['id'], isWhole: true }),
  table('policy', { table: 'sla_policy', key: ['id'], isWhole: true }),
  table('policyVersion', {
    table: 'sla_policy_version',
    id: null,
    key: ['policy_id', 'version'],
    isWhole: true,
    order: 'policy_id, version',
  }),
  table('queue', { key: ['title'], isWhole: true }),
  table('mailTemplate', {
    table: 'mail_template',
    key: ['kind'],
    also: ['brand_id', 'language'],
    isWhole: true,
  }),
  table('senderRule', { table: 'sender_rule', key: ['pattern'], isWhole: true }),
  table('suppression', { id: null, key: ['email'], isWhole: true, order: 'email' }),
  table('form', {
    key: ['key'],
    refs: { brand_id: 'brand', team_id: 'team', category_id: 'category' },
    without: ['changed_at'],
  }),
  table('widget', { key: ['key'], isWhole: true }),
  table('rulebook', {
    id: 'version',
    key: ['version'],
    without: ['backtest_id'],
    isWhole: true,
    order: 'version',
  }),
  table('macro', {
    key: ['name', 'scope', 'owner_id'],
    also: ['team_id', 'folder'],
    refs: { owner_id: 'person', team_id: 'team' },
  }),
  table('macroFile', {
    table: 'macro_file',
    id: null,
    key: ['macro_id', 'sha256'],
    refs: { macro_id: 'macro' },
    order: 'macro_id, sha256',
  }),
  table('view', { key: ['name', 'scope', 'owner_id'], isWhole: true }),
  table('savedReport', {
    table: 'saved_report',
    key: ['name', 'scope', 'owner_id'],
    also: ['team_id'],
    isWhole: true,
  }),
  table('section', {
    key: ['brand_id', 'slug'],
    refs: { brand_id: 'brand', parent_id: 'section' },
    order: 'level, id',
  }),
  table('article', {
    key: ['language', 'slug'],
    refs: { author_id: 'person', section_id: 'section', translates_id: 'article' },
    without: ['title_words', 'words'],
    order: 'translates_id nulls first, id',
  }),
  table('articleVersion', {
    table: 'article_version',
    id: null,
    key: ['article_id', 'version'],
    refs: { article_id: 'article', by_id: 'person', section_id: 'section' },
    order: 'article_id, version',
  }),
  table('articleAddress', {
    table: 'article_address',
    id: null,
    key: ['language', 'slug'],
    refs: { article_id: 'article' },
    order: 'language, slug',
  }),
  table('articleFile', {
    table: 'article_file',
    id: null,
    key: ['sha256'],
    refs: { uploaded_by: 'person' },
    order: 'sha256',
  }),
  table('articleFileUse', {
    table: 'article_file_use',
    id: null,
    key: ['article_id', 'sha256'],
    refs: { article_id: 'article' },
    order: 'article_id, sha256',
  }),
  table('surveySetting', {
    table: 'survey_setting',
    id: null,
    key: ['brand_id'],
    isWhole: true,
    order: 'brand_id',
  }),
  table('survey', { id: null, key: ['ticket_id', 'episode'], isWhole: true }),
  table('surveyOptOut', {
    table: 'survey_opt_out',
    id: null,
    key: ['person_id'],
    isWhole: true,
    order: 'person_id',
  }),
  table('hold', { table: 'legal_hold', key: ['id'], isWhole: true, isLast: true }),
]

/** Kinds of which each row names a file by its hash. */
export const withFile: readonly string[] = ['articleFile', 'macroFile']

/** Columns that a row must have and that are made here. */
export const made: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  article: { title_words: '', words: '' },
}

const kinds = new Map(tables.map((each) => [each.kind, each]))

/** The table of a kind of line, or null. */
export function tableOf(kind: string): Table | null {
  return kinds.get(kind) ?? null
}

/** A column's name as lines write it. */
export function camel(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** The column that a line calls so. */
export function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** What counts call a kind of line. */
export function plural(kind: string): string {
  if (kind === 'person') return 'people'
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`
  if (kind === 'units') return kind
  return /[sx]$/.test(kind) ? `${kind}es` : `${kind}s`
}
