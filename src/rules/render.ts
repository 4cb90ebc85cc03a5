// Templates: Liquid over plain data, with limits. What people wrote is only ever a value in it, never a template.
import { Liquid } from 'liquidjs'
import { cut } from '#kit/cut.ts'
import { remembering } from '#kit/remember.ts'
import type { Template } from '#rules/template.ts'

/** What a template can say: plain words and numbers, nothing that leads elsewhere. */
export type TemplateData = {
  readonly ticket: {
    readonly id: number
    readonly subject: string
    readonly status: string
    readonly priority: string
    readonly category: string
    readonly team: string
    readonly tags: readonly string[]
    readonly url: string
    readonly createdAt: string
    readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>>
  }
  readonly requester: { readonly name: string; readonly firstName: string; readonly email: string }
  readonly assignee: { readonly name: string; readonly email: string }
  readonly message: { readonly text: string }
  readonly desk: { readonly name: string }
  readonly rule: { readonly title: string }
  /** What a `matches` test caught: `match[1]` or `match.1`. */
  readonly match: Readonly<Record<string, string>>
}

const LIMITS = { parseLimit: 50_000, renderLimit: 50, memoryLimit: 500_000 }
export const LONGEST_TEXT = 50_000

const engine = new Liquid({
  ...LIMITS,
  ownPropertyOnly: true,
  strictFilters: true,
  strictVariables: false,
  cache: false,
  templates: {},
  dynamicPartials: false,
})
for (const name of ['include', 'render', 'layout', 'block']) delete engine.tags[name]

const parsed = remembering(500, (text: string) => engine.parse(text))

export type Rendered =
  | { readonly ok: true; readonly subject: string; readonly body: string }
  | { readonly ok: false; readonly message: string }

const filled = (source: string, data: object, renderLimit = LIMITS.renderLimit) =>
  String(engine.renderSync(parsed(source), data, { ...LIMITS, renderLimit, globals: {} }))

/** A text over any plain data, or why it cannot be made. What is no text anywhere (NUL, half a surrogate pair) is taken out. */
export function renderText(
  source: string,
  data: object,
  withinMs = LIMITS.renderLimit,
): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: cut(filled(source, data, withinMs).replaceAll('\0', ''), LONGEST_TEXT) }
  } catch (error) {
    return { problem: plainMessage(error) }
  }
}

/** What is wrong with a text as a template, whatever it is about; null when nothing is. */
export function syntaxProblem(text: string): string | null {
  try {
    engine.parse(text)
    return null
  } catch (error) {
    return plainMessage(error)
  }
}

/** The subject and body of a template; not ok when it asks for too much time or memory, or calls what there is not. */
export function render(template: Template, data: TemplateData): Rendered {
  try {
    const subject = cut(filled(template.subject ?? '', data).replace(/[\r\n]+/g, ' '), 500)
    return { ok: true, subject, body: cut(filled(template.body, data), LONGEST_TEXT) }
  } catch (error) {
    return { ok: false, message: plainMessage(error) }
  }
}

const roots: Readonly<Record<keyof TemplateData, readonly string[] | null>> = {
  ticket: ['id', 'subject', 'status', 'priority', 'category', 'team', 'tags', 'url', 'createdAt', 'fields'],
  requester: ['name', 'firstName', 'email'],
  assignee: ['name', 'email'],
  message: ['text'],
  desk: ['name'],
  rule: ['title'],
  match: null,
}

/** Every placeholder that a template may use, for completion and for the message that names an unknown one. */
export const placeholders: readonly string[] = Object.entries(roots).flatMap(([root, parts]) =>
  parts === null
    ? [`${root}[1]`]
    : parts.filter((part) => part !== 'fields').map((part) => `${root}.${part}`),
)

/** What is wrong with a text as a template, with the line; null when nothing is. */
export function templateProblem(text: string, fieldKeys: readonly string[]): string | null {
  let segments: (string | number | unknown[])[][]
  try {
    segments = engine.globalVariableSegmentsSync(engine.parse(text)) as (string | number | unknown[])[][]
  } catch (error) {
    return plainMessage(error)
  }
  for (const path of segments) {
    const [root = '', part, more] = path.map(String)
    const known = Object.hasOwn(roots, root) ? roots[root as keyof TemplateData] : undefined
    const shown = path.map(String).join('.')
    if (known === undefined)
      return `there is no placeholder "${shown}": use ${placeholders.slice(0, 6).join(', ')} …`
    if (known === null) continue
    if (part === undefined || !known.includes(part)) return `there is no placeholder "${shown}"`
    if (part === 'fields' && (more === undefined || !fieldKeys.includes(more)))
      return `there is no field "${more ?? ''}"`
  }
  return null
}

function plainMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return cut(message.split('\n')[0] ?? '', 300)
}
