// The kinds of things that a desk is set up with, a row each: where the API has them, what of them stands in a file, which of it names
// other things, and what one is known by. They stand in the order in which they are made, since the later name the earlier.
import { z } from 'zod'
import { articlePage, articlePatch, newArticle } from '#api/contract/articles.ts'
import { newWidget, widgetPage, widgetPatch } from '#api/contract/chat.ts'
import {
  agentPage,
  agentPatch,
  categoryPage,
  categoryPatch,
  fieldPage,
  fieldPatch,
  newAgent,
  newCategory,
  newField,
  newTag,
  newTeam,
  tagPage,
  tagPatch,
  teamPage,
  teamPatch,
} from '#api/contract/desk.ts'
import { settings, settingsPatch } from '#api/contract/settings.ts'
import { brandPage, brandPatch, formPage, formPatch, newBrand, newForm } from '#api/contract/forms.ts'
import { macroPage, macroPatch, newMacro } from '#api/contract/macros.ts'
import { mailboxPage, mailboxPatch, newMailbox } from '#api/contract/mailboxes.ts'
import { customRolePage, customRolePatch, newCustomRole } from '#api/contract/roles.ts'
import { mailTemplatePage, mailTemplatePut } from '#api/contract/safety.ts'
import { newSection, sectionPage, sectionPatch } from '#api/contract/sections.ts'
import { calendarPage, newCalendar, newPolicy, policyPage, policyVersion } from '#api/contract/sla.ts'
import { surveySettingBody } from '#api/contract/surveys.ts'
import { newView, savedViewPage, viewPatch } from '#api/contract/views.ts'
import { ofAssistant } from '#programs/configuration/kinds-of-assistant.ts'

/** A thing as a file has it, or as the API takes it: the same fields, with names or with numbers in the places of `names`. */
export type Thing = Readonly<Record<string, unknown>>

export type Kind = {
  /** As files say it. */
  readonly kind: string
  readonly path: string
  /** What its list takes: pages with what is put away, pages, or nothing. */
  readonly list: 'archived' | 'pages' | 'whole'
  /** The API's list; null where each is asked for by itself (`gather.ts`). */
  readonly page: z.ZodType<{ readonly items: readonly object[]; readonly nextCursor: string | null }> | null
  /** What stands in a file, in this order. */
  readonly fields: readonly string[]
  /** What the API takes to make one, and to change one. A field of the first alone is fixed once it is made. */
  readonly given: z.ZodObject
  readonly patch: z.ZodObject
  /** The kinds that places name; `*` is any place of a list. */
  readonly names: Readonly<Record<string, string>>
  /** What a thing is known by, in files and here; '' where there is one only. */
  readonly key: (thing: Thing) => string
  /** The fields that the key is made of: none can be left out. */
  readonly knownBy: readonly string[]
  /** Where the order of a file is the desk's: among which things, and what the API calls a place. */
  readonly order?: { readonly among: (thing: Thing) => string; readonly field: string; readonly first: 0 | 1 }
  /** It can be put away, though no patch of fields says so. */
  readonly goesAway?: true
  /** Without the fields that mean nothing beside others. */
  readonly meant?: (thing: Thing) => Thing
  /** With what the API asks for when one is made, though another field says it. */
  readonly made?: (body: Thing) => Thing
}

const named = (thing: Thing) => String(thing['name'])
const ofTeam = (thing: Thing) =>
  typeof thing['team'] === 'string' ? `${thing['team']}: ${named(thing)}` : named(thing)
const tongue = (language: unknown) => String(language).toLowerCase()
const hasRoleOfDesk = ({ roleId }: Thing) => typeof roleId === 'string' || typeof roleId === 'number'
const hasNot = z.strictObject({})

/** What is made first. */
export const earlier: readonly Kind[] = [
  {
    kind: 'Brands',
    path: '/brands',
    list: 'whole',
    page: brandPage,
    fields: [
      'name',
      'fromName',
      'signature',
      'mailbox',
      'color',
      'portal',
      'ticketLinks',
      'footer',
      'footerLinks',
    ],
    given: newBrand,
    patch: brandPatch,
    names: { mailbox: 'Mailboxes' },
    knownBy: ['name'],
    key: named,
  },
  {
    kind: 'Mailboxes',
    path: '/mailboxes',
    list: 'archived',
    page: mailboxPage,
    fields: [
      'address',
      'name',
      'fromName',
      'brand',
      'team',
      'signature',
      'language',
      'ccFromMail',
      'trustForwards',
      'alertAfterMinutes',
      'imap',
      'smtp',
    ],
    given: newMailbox,
    patch: mailboxPatch,
    names: { brand: 'Brands', team: 'Teams' },
    knownBy: ['address'],
    key: ({ address }) => String(address).toLowerCase(),
  },
  {
    kind: 'Settings',
    path: '/settings',
    list: 'whole',
    page: null,
    fields: Object.keys(settings.shape),
    given: hasNot,
    patch: settingsPatch,
    names: {},
    knownBy: [],
    key: () => '',
  },
  {
    kind: 'Roles',
    path: '/roles',
    list: 'archived',
    page: customRolePage,
    fields: ['name', 'actions', 'limits'],
    given: newCustomRole,
    patch: customRolePatch,
    names: { 'limits.brandIds.*': 'Brands', 'limits.mailboxIds.*': 'Mailboxes' },
    knownBy: ['name'],
    key: named,
    // A role's actions have no order.
    meant: (role) => {
      const { actions } = role
      return Array.isArray(actions) ? { ...role, actions: actions.toSorted() } : role
    },
  },
  {
    kind: 'Agents',
    path: '/agents',
    list: 'archived',
    page: agentPage,
    fields: ['email', 'name', 'role', 'roleId', 'sees', 'onlyBrands', 'onlyMailboxes'],
    given: newAgent,
    patch: agentPatch,
    names: { roleId: 'Roles', 'onlyBrands.*': 'Brands', 'onlyMailboxes.*': 'Mailboxes' },
    knownBy: ['email'],
    key: ({ email }) => String(email).toLowerCase(),
    // One of the four roles alone takes away the desk's own, and its wall: beside that, it follows from what that may do.
    meant: ({ role, ...rest }) => (hasRoleOfDesk(rest) || role === undefined ? rest : { ...rest, role }),
    made: (body) => (hasRoleOfDesk(body) ? { ...body, role: 'viewer' } : body),
  },
  {
    kind: 'Teams',
    path: '/teams',
    list: 'archived',
    page: teamPage,
    fields: ['name', 'members'],
    given: newTeam,
    patch: teamPatch,
    names: { 'members.*': 'Agents' },
    knownBy: ['name'],
    key: named,
  },
  {
    kind: 'Calendars',
    path: '/calendars',
    list: 'whole',
    page: calendarPage,
    fields: ['name', 'hours', 'teams', 'brands'],
    given: newCalendar.pick({ name: true, hours: true }),
    patch: z.strictObject({
      hours: newCalendar.shape.hours,
      teams: z.array(z.number()),
      brands: z.array(z.number()),
    }),
    goesAway: true,
    names: { 'hours.union.*': 'Calendars', 'teams.*': 'Teams', 'brands.*': 'Brands' },
    knownBy: ['name'],
    key: named,
  },
  {
    kind: 'Categories',
    path: '/categories',
    list: 'archived',
    page: categoryPage,
    fields: ['path', 'definition'],
    given: newCategory.pick({ definition: true }).extend({ path: z.string().min(1).max(500) }),
    patch: categoryPatch,
    names: {},
    knownBy: ['path'],
    key: ({ path }) => String(path),
  },
  {
    kind: 'Tags',
    path: '/tags',
    list: 'archived',
    page: tagPage,
    fields: ['name'],
    given: newTag,
    patch: tagPatch,
    names: {},
    knownBy: ['name'],
    key: named,
  },
  {
    kind: 'Fields',
    path: '/fields',
    list: 'archived',
    page: fieldPage,
    fields: ['key', 'label', 'type', 'options', 'help', 'requiredOnResolve', 'personal'],
    given: newField,
    patch: fieldPatch,
    names: {},
    knownBy: ['key'],
    key: ({ key }) => String(key),
  },
  {
    kind: 'Forms',
    path: '/forms',
    list: 'archived',
    page: formPage,
    fields: ['key', 'title', 'intro', 'brand', 'team', 'category', 'questions', 'files', 'thanks', 'origins'],
    given: newForm,
    patch: formPatch,
    names: { brand: 'Brands', team: 'Teams' },
    knownBy: ['key'],
    key: ({ key }) => String(key),
  },
  {
    kind: 'Widgets',
    path: '/widgets',
    list: 'archived',
    page: widgetPage,
    fields: [
      'name',
      'brand',
      'team',
      'calendar',
      'color',
      'greeting',
      'origins',
      'notesPage',
      'askAfterSeconds',
      'resolveAfterSeconds',
    ],
    given: newWidget,
    patch: widgetPatch,
    names: { brand: 'Brands', team: 'Teams', calendar: 'Calendars' },
    knownBy: ['name'],
    key: named,
  },
  {
    kind: 'Surveys',
    path: '/brands',
    list: 'whole',
    page: null,
    fields: ['brand', 'isOn', 'delaySeconds', 'scale', 'holdoutPercent', 'withoutMailboxes'],
    given: surveySettingBody.extend({ brand: z.number() }),
    patch: surveySettingBody.extend({ brand: z.number() }),
    names: { brand: 'Brands', 'withoutMailboxes.*': 'Mailboxes' },
    knownBy: ['brand'],
    key: ({ brand }) => String(brand),
  },
  {
    kind: 'MailTemplates',
    path: '/mail-templates',
    list: 'pages',
    page: mailTemplatePage,
    fields: ['kind', 'brandId', 'language', 'subject', 'body'],
    given: mailTemplatePut,
    patch: mailTemplatePut,
    names: { brandId: 'Brands' },
    knownBy: ['kind'],
    key: ({ kind, brandId, language }) =>
      [kind, brandId, typeof language === 'string' ? tongue(language) : null]
        .filter((each) => typeof each === 'string')
        .join(' '),
  },
  {
    kind: 'Sections',
    path: '/sections',
    list: 'whole',
    page: sectionPage,
    fields: ['brand', 'slug', 'parentId', 'names'],
    // Its name makes its address, which ends after so many letters.
    given: newSection.extend({ slug: newArticle.shape.slug.unwrap().max(80) }),
    patch: sectionPatch,
    names: { brand: 'Brands', parentId: 'Sections' },
    knownBy: ['brand', 'slug'],
    key: ({ brand, slug }) => `${brand}: ${slug}`,
    order: { among: ({ brand, parentId }) => `${brand}: ${parentId ?? ''}`, field: 'place', first: 0 },
  },
  {
    kind: 'Articles',
    path: '/articles',
    list: 'pages',
    page: articlePage,
    fields: ['language', 'slug', 'title', 'section', 'audience', 'status', 'translationOf', 'body'],
    given: newArticle,
    patch: articlePatch,
    names: { section: 'Sections', translationOf: 'Articles' },
    knownBy: ['language', 'slug'],
    key: ({ language, slug }) => `${tongue(language)}/${slug}`,
  },
]

/** What is made once queues and skills stand: their searches and texts may name those. */
export const later: readonly Kind[] = [
  {
    kind: 'Macros',
    path: '/macros',
    list: 'archived',
    page: macroPage,
    fields: ['name', 'scope', 'team', 'folder', 'change', 'message'],
    given: newMacro,
    patch: macroPatch,
    names: { team: 'Teams', 'change.team': 'Teams', 'change.assignee': 'Agents' },
    knownBy: ['name'],
    key: ({ folder, ...macro }) =>
      ofTeam(
        typeof folder === 'string' && folder !== '' ? { ...macro, name: `${folder}/${named(macro)}` } : macro,
      ),
  },
  {
    kind: 'Views',
    path: '/views',
    list: 'whole',
    page: savedViewPage,
    fields: ['name', 'scope', 'team', 'query', 'sort', 'groupBy'],
    given: newView,
    patch: viewPatch,
    names: { team: 'Teams' },
    knownBy: ['name'],
    key: ofTeam,
  },
  {
    kind: 'Policies',
    path: '/policies',
    list: 'whole',
    page: policyPage,
    fields: ['kind', 'title', 'q', 'targets', 'options', 'customs', 'onPolicyChange'],
    given: newPolicy,
    patch: policyVersion,
    goesAway: true,
    names: { 'targets.*.calendar': 'Calendars' },
    knownBy: ['kind', 'title'],
    key: ({ kind, title }) => `${kind}: ${title}`,
    order: { among: ({ kind }) => String(kind), field: 'position', first: 1 },
  },
  ...ofAssistant,
]

export const kinds: readonly Kind[] = [...earlier, ...later]
