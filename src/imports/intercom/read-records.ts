// Intercom's records as our story. Pure. Names of its API: https://developers.intercom.com/docs/references/rest-api/api.intercom.io
import type { Json } from '#imports/client.ts'
import { languageIn } from '#imports/languages.ts'
import { placedFiles } from '#imports/placed-files.ts'
import { fixed, momentOf, textOf, zoneOf } from '#imports/read-values.ts'
import type {
  ArticleStory,
  FieldStory,
  GroupStory,
  Item,
  OrganizationStory,
  UserStory,
} from '#imports/story.ts'
import { articleTold, cannedText, sectionsTold } from '#imports/text-stories.ts'
import { versionOf } from '#imports/version.ts'
import type { Instant } from '#kit/time.ts'
import type { FieldType } from '#setup/field-type.ts'

/** Admins, contacts and teams count for themselves there: here each name says what it is of. */
export const nameOf = {
  admin: (id: unknown) => `a${String(id)}`,
  contact: (id: unknown) => `c${String(id)}`,
  team: (id: unknown) => `t${String(id)}`,
} as const

/** Seconds since 1970; null for what is none. */
export function secondsOf(value: unknown): Instant | null {
  const seconds = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds < 10_000_000_000
    ? momentOf(new Date(seconds * 1000).toISOString())
    : null
}

export function groupOf(record: Json): GroupStory {
  const name = textOf(record['name']).trim()
  return { kind: 'groups', id: nameOf.team(record['id']), version: versionOf(name), name }
}

/** What lies in a list within a record, such as `companies` or `tags`, which has a kind of its own. */
export function within(record: Json, name: string, list: string): readonly Json[] {
  const found = (record[name] as Json | null | undefined)?.[list]
  return Array.isArray(found) ? (found as Json[]) : []
}

/** One of the staff. A team has an address of its own there and is nobody. */
export function adminOf(record: Json): UserStory | null {
  if (record['type'] === 'team') return null
  const teams = record['team_ids']
  return person({
    id: nameOf.admin(record['id']),
    name: textOf(record['name']).trim(),
    email: fixed(record['email']),
    role: 'agent',
    active: record['has_inbox_seat'] !== false,
    groups: Array.isArray(teams) ? teams.map(nameOf.team) : [],
  })
}

/** A lead or a user, after the company that they are with: the first of several. */
export function contactOf(
  record: Json,
  companies: ReadonlyMap<string, string>,
): (OrganizationStory | UserStory)[] {
  const [company] = within(record, 'companies', 'data').flatMap(({ id }) => fixed(id) ?? [])
  const organization = company === undefined ? null : (companies.get(company) ?? null)
  const email = fixed(record['email'])
  const location = (record['location'] ?? {}) as Json
  const user = person({
    id: nameOf.contact(record['id']),
    name: textOf(record['name']).trim() || (email ?? ''),
    email,
    role: null,
    active: true,
    groups: [],
    organization: organization === null ? null : (company ?? null),
    phone: fixed(record['phone']),
    language: languageIn(record['language_override'] ?? record['browser_language'] ?? record['language']),
    timeZone: zoneOf(location['time_zone'] ?? record['timezone']),
    createdAt: secondsOf(record['created_at']),
  })
  if (organization === null || company === undefined) return [user]
  return [{ kind: 'organizations', id: company, version: versionOf(organization), name: organization }, user]
}

type Person = Pick<UserStory, 'id' | 'name' | 'email' | 'role' | 'active' | 'groups'> & Partial<UserStory>

function person(told: Person): UserStory {
  const usual = {
    otherEmails: [],
    organization: null,
    phone: null,
    language: null,
    timeZone: null,
    notes: null,
  }
  const whole = { ...usual, createdAt: null, ...told }
  const { createdAt: _, ...said } = whole
  return { ...whole, kind: 'users', version: versionOf(said) }
}

const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  string: 'text',
  list: 'select',
  integer: 'number',
  float: 'number',
  boolean: 'checkbox',
  date: 'date',
}

/** A field of conversations of the desk's own; null for what Intercom itself keeps, and for a type that is not known. */
export function fieldOf(record: Json): FieldStory | null {
  const given = record['options']
  const options = Array.isArray(given)
    ? given.map((each: unknown) =>
        textOf(typeof each === 'object' && each !== null ? (each as Json)['value'] : each),
      )
    : []
  const type = FIELD_TYPES[options.length > 0 ? 'list' : String(record['data_type'])]
  if (record['custom'] === false || record['archived'] === true || type === undefined) return null
  const id = textOf(record['name'])
  const label = textOf(record['label']) || id
  return {
    kind: 'fields',
    id,
    version: versionOf([label, type, options]),
    key: `ic${String(record['id'] ?? '')}`,
    label,
    type,
    options,
  }
}

const VARIABLES = {
  'user.first_name': 'requester.firstName',
  'user.name': 'requester.name',
  'user.email': 'requester.email',
  'teammate.first_name': 'agent.firstName',
  'teammate.name': 'agent.name',
  'admin.first_name': 'agent.firstName',
  'admin.name': 'agent.name',
  'conversation.id': 'ticket.id',
  'app.name': 'desk.name',
  'workspace.name': 'desk.name',
} as const
/** `<attribute key="user.name" default="there"/>` stands for a placeholder in its HTML. */
const ATTRIBUTE = /<attribute\b[^<>]{0,500}?\bkey="([^"{}]{1,200})"[^<>]{0,500}?>(?:<\/attribute>)?/g

export function macroOf(record: Json): Item[] {
  const teams = record['visible_to_team_ids']
  return cannedText({
    id: String(record['id']),
    name: textOf(record['name']),
    html: textOf(record['body']).replaceAll(ATTRIBUTE, (_, key: string) => `{{${key}}}`),
    form: 'braces',
    names: VARIABLES,
    owner: null,
    groups: record['visible_to'] === 'specific_teams' && Array.isArray(teams) ? teams.map(nameOf.team) : [],
    isInUse: true,
  })
}

/** The languages of a record that is in several: the own one first, under the name '' where it does not say. */
function spoken(record: Json): (readonly [string, Json])[] {
  const own = languageIn(record['default_locale']) ?? ''
  const others = Object.entries((record['translated_content'] ?? {}) as Json).flatMap(
    ([locale, content]): (readonly [string, Json])[] => {
      const language = languageIn(locale)
      const isOther = language !== null && language !== own && typeof content === 'object' && content !== null
      return isOther ? [[language, content as Json]] : []
    },
  )
  return [[own, record], ...others]
}

/** Collections, which lie in each other. */
export function sectionsOf(collections: readonly Json[]): Item[] {
  return sectionsTold(
    collections.flatMap((record) =>
      spoken(record).map(([language, said]) => ({
        id: String(record['id']),
        language,
        name: textOf(said['name']),
        parent: fixed(record['parent_id']),
      })),
    ),
  )
}

/** An article, once in each of its languages. */
export function articlesOf(record: Json): ArticleStory[] {
  const group = String(record['id'])
  return spoken(record).map(([language, said]) =>
    articleTold({
      id: language === '' ? group : `${group}/${language}`,
      title: textOf(said['title']),
      ...placedFiles(textOf(said['body']), () => false, fixed(said['url'])),
      language: language === '' ? null : language,
      section: fixed(record['parent_id']),
      audience: 'public',
      status: said['state'] === 'published' ? 'published' : 'draft',
      author: fixed(said['author_id']) === null ? null : nameOf.admin(said['author_id']),
      group,
      createdAt: secondsOf(said['created_at']),
      updatedAt: secondsOf(said['updated_at']),
      mended: null,
    }),
  )
}
