// How well mail is understood, on messages that others collected (not part of this repository): replies trimmed,
// delivery reports read, hostile and old messages survived.
//
// The collection lies in ../shared/corpora beside the repository, or where DOCKET_CORPORA says.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { judgedByReader } from './judged-replies.ts'
import { root, type Bench } from './bench.ts'
import { explain } from '#mail/explain.ts'
import { parse } from '#mail/parse.ts'
import { visible, visibleOfHtml, type Visible } from '#mail/quote.ts'
import type { Mail } from '#mail/mail.ts'

export const corpora = join(process.env['DOCKET_CORPORA'] ?? join(root, '..', 'shared', 'corpora'), '/')

type Label = { readonly dsn: string; readonly hard: boolean }
type Share = { readonly right: number; readonly of: number; readonly wrong: readonly string[] }

/** Measures everything; without the collection there is nothing to measure and one row says so. */
export const run: Bench = async () => {
  if (!existsSync(corpora))
    return { rows: [{ name: 'mail', value: `skipped: ${corpora} is not here` }], results: {} }
  const results: Record<string, Share> = {
    'replies: talon, plain': talonPlain(),
    'replies: talon, messages': await talonMessages(),
    'replies: talon, HTML': talonHtml(),
    'replies: crisp, as a reader judged': crispPlain(),
    'messages read': await messagesRead(),
    ...(await reports()),
  }
  const rows = Object.entries(results).map(([name, { right, of }]) => ({ name, value: `${right} of ${of}` }))
  return { rows, results }
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function says(found: Pick<Visible, 'visibleText' | 'signature'>, expected: string): boolean {
  const whole = `${found.visibleText}\n${found.signature ?? ''}`
  return fold(found.visibleText) === fold(expected) || fold(whole) === fold(expected)
}

function share(checks: readonly (readonly [string, boolean])[]): Share {
  const wrong = checks.filter(([, right]) => !right).map(([name]) => name)
  return { right: checks.length - wrong.length, of: checks.length, wrong }
}

/** The case that expects a line of the reply to be lost tests a size limit of its own library, so it is left out. */
function talonPlain(): Share {
  const cases: { name: string; input: string; expected: string }[] = JSON.parse(
    readFileSync(`${corpora}replies/talon/cases.json`, 'utf8'),
  )
  const fair = cases.filter(({ name }) => name !== 'test_too_many_lines')
  return share(fair.map(({ name, input, expected }) => [name, says(visible(input), expected)]))
}

async function talonMessages(): Promise<Share> {
  const files = globSync(`${corpora}replies/talon/standard_replies/*.eml`)
  return share(
    await Promise.all(
      files.map(async (file): Promise<[string, boolean]> => {
        const special = file.replace('.eml', '_reply_text')
        const expected = existsSync(special) ? readFileSync(special, 'utf8') : 'Hello'
        return [file, says(explain(await parse(readFileSync(file)), file), expected)]
      }),
    ),
  )
}

function talonHtml(): Share {
  const files = globSync(`${corpora}replies/talon/html_replies/*.html`)
  const expected = 'Hi. I am fine. Thanks, Alex'
  return share(files.map((file) => [file, says(visibleOfHtml(readFileSync(file, 'utf8')), expected)]))
}

/** Right when it says what a person who read the case called the answer; kept as a digest, for the cases are others'. */
function crispPlain(): Share {
  const files = globSync(`${corpora}replies/crisp/fixtures/*.txt`).toSorted()
  return share(
    files.map((file) => {
      const said = fold(visible(readFileSync(file, 'utf8')).visibleText)
      return [file, judgedByReader.has(createHash('sha256').update(said).digest('hex').slice(0, 16))]
    }),
  )
}

async function messagesRead(): Promise<Share> {
  const files = globSync(`${corpora}mime/**/*.{eml,msg}`)
  return share(
    await Promise.all(
      files.map(async (file): Promise<[string, boolean]> => {
        const raw = readFileSync(file)
        const parsed = await parse(raw)
        return [file, parsed.ok ? !isLost(parsed.mail, raw) : raw.length === 0]
      }),
    ),
  )
}

function isLost(mail: Mail, raw: Buffer): boolean {
  const body = raw
    .toString('latin1')
    .split(/\r?\n\r?\n/)
    .slice(1)
    .join('')
    .trim()
  return body.length > 200 && !mail.text?.trim() && !mail.html?.trim() && mail.attachments.length === 0
}

async function reports(): Promise<Record<string, Share>> {
  const labels: Record<string, readonly Label[]> = JSON.parse(
    readFileSync(`${corpora}bounces/labels.json`, 'utf8'),
  )
  const files = globSync(`${corpora}bounces/*.eml`).map((file) => file.slice(`${corpora}bounces/`.length))
  const read = await Promise.all(
    files.map(async (file) => explain(await parse(readFileSync(`${corpora}bounces/${file}`)), file)),
  )
  const bounces = read.filter(({ file }) => file.startsWith('lhost-'))
  const labelled = bounces.flatMap(({ file, bounce }) => {
    const expected = labels[file] ?? []
    return expected.length === 0 ? [] : [{ file, bounce, expected }]
  })
  return {
    'bounces found': share(bounces.map(({ file, kind }) => [file, kind === 'bounce'])),
    'bounces: class of the status': share(
      labelled.map(({ file, bounce, expected }) => [
        file,
        expected.some(({ dsn }) => Number(dsn[0]) === bounce?.class),
      ]),
    ),
    'bounces: hard or soft': share(
      labelled.map(({ file, bounce, expected }) => [
        file,
        expected.some(({ hard }) => hard === (bounce?.hard ?? false)),
      ]),
    ),
    'complaints found': share(
      read
        .filter(({ file }) => file.startsWith('arf-'))
        .map(({ file, kind }) => [file, kind === 'complaint']),
    ),
    'automatic replies found': share(
      read
        .filter(({ file }) => file.startsWith('rfc3834-'))
        .map(({ file, kind }) => [file, kind === 'auto_reply']),
    ),
  }
}
