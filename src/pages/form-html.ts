// A form as HTML: one labelled control for each question, with its fault beside it. Needs no script.
import { frameHead, type Framed } from '#pages/form-frame.ts'
import { escaped } from '#kit/escaped.ts'
import { brandFoot, brandStyles, logoHtml } from '#pages/brand-html.ts'
import { page } from '#pages/page.ts'
import { wordsIn, wordsOf } from '#pages/form-words.ts'
import type { Brand } from '#setup/brand-store.ts'
import type { Ask, Asked, Fault, Filled, Form, When } from '#setup/form.ts'

export type Shown = {
  readonly form: Form
  readonly framed: Framed
  readonly asked: readonly Asked[]
  readonly brand: Brand | null
  readonly deskName: string
  readonly language: string
}

/** A field that nobody sees. Its name says nothing that a browser would fill in by itself. */
export const TRAP = 'leave_empty'

/** The page of a form; `once` makes a form that is sent twice one ticket, `from` is the search that led here. */
export function formHtml(
  shown: Shown,
  filled: Filled,
  faults: Readonly<Record<Ask, Fault>>,
  { once, from }: { readonly once: string; readonly from: string },
): string {
  const { form, language } = shown
  const words = wordsIn(language)
  const { title, intro } = wordsOf(form, language)
  return frame(
    shown,
    title,
    `<h1>${escaped(title)}</h1>
${paragraphs(intro)}
<form method="post" enctype="multipart/form-data" data-puzzle data-articles="/forms/${escaped(form.key)}/articles" data-fitting="${escaped(words.fitting)}">
<input type="hidden" name="once" value="${escaped(once)}"><input type="hidden" name="from" value="${escaped(from)}"><input type="hidden" name="answer">
<label class="trap" aria-hidden="true">${words.trap}<input name="${TRAP}" tabindex="-1" autocomplete="off"></label>
${controlsHtml(shown, filled, faults)}
</form>
<script src="/forms.js" defer></script>`,
  )
}

/** What a form asks, and its button. */
export function controlsHtml(shown: Shown, filled: Filled, faults: Readonly<Record<Ask, Fault>>): string {
  const { form, asked, language } = shown
  const words = wordsIn(language)
  const controls = asked.map((question) =>
    control(shown, question, filled[question.ask] ?? [], faults[question.ask]),
  )
  return `${controls.join('\n')}
${form.files ? filesHtml(language) : ''}
<button>${words.send}</button>`
}

/** Where files are chosen, with what the script says of them on their way. */
export function filesHtml(language: string): string {
  const words = wordsIn(language)
  const said = (['sending', 'lost', 'unsure', 'large', 'busy', 'refused', 'much'] as const).map(
    (name) => ` data-${name}="${words[name]}"`,
  )
  return `<label>${words.files}<input type="file" name="files" multiple${said.join('')}></label>`
}

/** On a page that says that it was taken: what was typed need not be kept any longer. */
export const sentMark = '<span data-sent hidden></span>'
export const arrived = `${sentMark}<script src="/forms.js" defer></script>`

/** Where whoever has written can go; null where there is nothing. */
export type WaysOn = {
  readonly again: string
  readonly help: string | null
  readonly requests: string | null
}

/** What is said once a form was sent. */
export function thanksHtml(shown: Shown, number: number | null, { again, help, requests }: WaysOn): string {
  const words = wordsIn(shown.language)
  const known = number === null ? '' : ` ${words.number} #${number}.`
  const said =
    shown.form.thanks === '' ? `<p>${words.have}${known} ${words.answer}</p>` : paragraphs(shown.form.thanks)
  const own = shown.form.thanks === '' ? '' : `<p>${words.have}${known}</p>`
  const isFramed = shown.framed !== null
  // From a frame on somebody's page what is to be read opens beside it.
  const beside = isFramed ? ' target="_blank" rel="noopener"' : ''
  const links = [
    requests === null ? '' : `<a href="${requests}"${beside}>${words.requests}</a>`,
    help === null ? '' : `<a href="${help}"${beside}>${words.help}</a>`,
    `<a href="${again}${isFramed ? '?embed' : ''}">${words.again}</a>`,
  ].filter((link) => link !== '')
  return frame(
    shown,
    words.thanks,
    `<h1>${words.thanks}</h1>${own}${said}<p class="ways">${links.join(' ')}</p>${arrived}`,
  )
}

function frame({ brand, deskName, language, framed }: Shown, title: string, body: string): string {
  const name = brand?.fromName || deskName
  // In a frame the page around it says whose it is, and has a foot of its own.
  const isSaid = framed !== null && brand?.logoSha256 == null
  const logo = isSaid ? '' : `<p class="logo">${logoHtml(brand, name)}</p>`
  const foot = framed === null ? brandFoot(brand) : ''
  return page(`${title} · ${name}`, language, logo + body + foot, brandStyles(brand), frameHead(framed))
}

/** Text as HTML, a paragraph for each that is parted by an empty line. */
export const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${escaped(part.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('')

const autocomplete: Readonly<Record<string, string>> = { name: 'name', email: 'email' }

function control(
  { language, asked }: Shown,
  { ask, label, help, required, field, when }: Asked,
  values: readonly string[],
  fault: Fault | undefined,
): string {
  const words = wordsIn(language)
  const needed = required || ask === 'email' || ask === 'message'
  const id = `q-${ask.replaceAll('.', '-')}`
  const about = [
    [help ?? field?.help ?? '', when === null ? '' : conditionIn(language, asked, when)]
      .filter(Boolean)
      .join(' '),
    fault === undefined ? '' : words.fault[fault],
  ]
  const described = about.map((text, at) => (text === '' ? '' : `${id}-${at}`)).filter(Boolean)
  const common = [
    `name="${escaped(ask)}"`,
    needed && when === null ? 'required' : '',
    fault === undefined ? '' : 'aria-invalid="true"',
    described.length === 0 ? '' : `aria-describedby="${described.join(' ')}"`,
  ]
    .filter(Boolean)
    .join(' ')
  const hanging =
    when === null ? '' : ` data-when="${escaped(JSON.stringify({ ...when, required: needed }))}"`
  const name = escaped(label ?? field?.label ?? words.ask[ask] ?? ask)
  const hint = needed ? '' : ` <small>(${words.optional})</small>`
  const notes = [
    about[1] === '' ? '' : `<span class="error" role="alert" id="${id}-1">${about[1]}</span>`,
    about[0] === '' ? '' : `<span class="help" id="${id}-0">${escaped(about[0] ?? '')}</span>`,
  ].join('')
  if (field?.type === 'checkbox') {
    const checked = values.length > 0 ? ' checked' : ''
    return `<div class="question"${hanging}><label class="check"><input type="checkbox" value="on" ${common}${checked}>${name}</label>${notes}</div>`
  }
  if (field?.type === 'multi_select') {
    const boxes = field.options.map(
      (option) =>
        `<label class="check"><input type="checkbox" name="${escaped(ask)}" value="${escaped(option)}"${values.includes(option) ? ' checked' : ''}>${escaped(option)}</label>`,
    )
    return `<fieldset class="question"${hanging}><legend>${name}${hint}</legend>${notes}${boxes.join('')}</fieldset>`
  }
  return `<div class="question"${hanging}><label for="${id}">${name}${hint}</label>${notes}${input(ask, field, `${common} id="${id}"`, values[0] ?? '', words.choose)}</div>`
}

/** What a question hangs on, for who has no script that hides it. */
function conditionIn(language: string, asked: readonly Asked[], { ask, is, makes }: When): string {
  const words = wordsIn(language)
  const on = asked.find((other) => other.ask === ask)
  const name = on?.label ?? on?.field?.label ?? ask
  const condition = on?.field?.type === 'checkbox' ? name : `${name}: ${is.join(', ')}`
  return `${words[makes]} ${condition}.`
}

const types: Readonly<Record<string, string>> = { number: 'number" step="any', date: 'date', url: 'url' }

function input(ask: Ask, field: Asked['field'], common: string, value: string, choose: string): string {
  if (ask === 'message' || field?.type === 'long_text')
    return `<textarea ${common}${ask === 'message' ? ' class="tall"' : ''}>${escaped(value)}</textarea>`
  if (field?.type === 'select') {
    const options = field.options.map(
      (option) => `<option${option === value ? ' selected' : ''}>${escaped(option)}</option>`,
    )
    return `<select ${common}><option value="">${choose}</option>${options.join('')}</select>`
  }
  // A browser's own idea of an address is narrower than mail's.
  const type = ask === 'email' ? 'text" inputmode="email' : (types[field?.type ?? ''] ?? 'text')
  const fill = autocomplete[ask] === undefined ? '' : ` autocomplete="${autocomplete[ask]}"`
  return `<input type="${type}" ${common}${fill} value="${escaped(value)}">`
}
