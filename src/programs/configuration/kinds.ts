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
  settings,
  settingsPatch,
  tagPage,
  tagPatch,
  teamPage,
  teamPatch,
} from '#api/contract/desk.ts'
import { assistantSettings } from '#api/contract/assistant.ts'
import { brandPage, brandPatch, formPage, formPatch, newBrand, newForm } from '#api/contract/forms.ts'
import { macroPage, macroPatch, newMacro } from '#api/contract/macros.ts'
import { mailboxPage, mailboxPatch, newMailbox } from '#api/contract/mailboxes.ts'
import { customRolePage, customRolePatch, newCustomRole } from '#api/contract/roles.ts'
import { mailTemplatePage, mailTemplatePut } from '#api/contract/safety.ts'
import { newSection, sectionPage, sectionPatch } from '#api/contract/sections.ts'
import { calendarPage, newCalendar, newPolicy, policyPage, policyVersion } from '#api/contract/sla.ts'
import { surveySettingBody } from '#api/contract/surveys.ts'
import { newView, savedViewPage, viewPatch } from '#api/contract/views.ts'

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
  /** The order of a file is the desk's. */
  readonly isOrdered?: true
}

const named = (thing: Thing) => String(thing['name'])
const ofTeam = (thing: Thing) =>
  typeof thing['team'] === 'string' ? `${thing['team']}: ${named(thing)}` : named(thing)
const firstName = (names: unknown) =>
  String(Object.entries(names as object).toSorted(([a], [b]) => (a < b ? -1 : 1))[0]?.[1] ?? '')
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
    key: named,
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
    key: ({ email }) => String(email).toLowerCase(),
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
    names: { 'hours.union.*': 'Calendars', 'teams.*': 'Teams', 'brands.*': 'Brands' },
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
    key: named,
  },
  {
    kind: 'Surveys',
    path: '/brands',
    list: 'whole',
    page: null,
    fields: ['brand', 'isOn', 'delaySeconds', 'scale', 'holdoutPercent', 'withoutMailboxes'],
    given: hasNot,
    patch: surveySettingBody.extend({ brand: z.number() }),
    names: { brand: 'Brands', 'withoutMailboxes.*': 'Mailboxes' },
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
    key: ({ kind, brandId, language }) =>
      [kind, brandId, language].filter((each) => typeof each === 'string').join(' '),
  },
  {
    kind: 'Sections',
    path: '/sections',
    list: 'whole',
    page: sectionPage,
    fields: ['brand', 'parentId', 'names'],
    given: newSection,
    patch: sectionPatch,
    names: { brand: 'Brands', parentId: 'Sections' },
    key: ({ brand, parentId, names }) =>
      typeof parentId === 'string' ? `${parentId}/${firstName(names)}` : `${brand}: ${firstName(names)}`,
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
    key: ({ language, slug }) => `${language}/${slug}`,
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
    key: ofTeam,
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
    names: { 'targets.*.calendar': 'Calendars' },
    key: ({ kind, title }) => `${kind}: ${title}`,
    isOrdered: true,
  },
  {
    kind: 'Assistant',
    path: '/assistant/versions',
    list: 'whole',
    page: null,
    fields: Object.keys(assistantSettings.shape).filter((field) => field !== 'providerId'),
    given: hasNot,
    patch: assistantSettings,
    names: {
      'rows.*.brandId': 'Brands',
      'rows.*.categoryId': 'Categories',
      'highStakes.*': 'Categories',
      'procedures.*.categoryId': 'Categories',
      'procedures.*.brandId': 'Brands',
      'procedures.*.steps.*.macroId': 'Macros',
    },
    key: () => '',
  },
]

export const kinds: readonly Kind[] = [...earlier, ...later]
