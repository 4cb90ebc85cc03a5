// What could come next in a search text: keys, then values of the key at the cursor.
import { namesFor, type Directory } from '#rules/directory.ts'
import { specOf } from '#rules/paths.ts'
import { written } from '#rules/query-lex.ts'
import { sortKeys } from '#rules/query.ts'
import { flags, keyPaths } from '#rules/query-term.ts'

export type Completion = {
  /** The whole text with this put in. */
  readonly text: string
  readonly cursor: number
  /** What is put in. */
  readonly label: string
}

const MOST = 12

/** Completions of a text at the cursor, likeliest first. */
export function completionsOf(text: string, cursor: number, directory: Directory): readonly Completion[] {
  const before = text.slice(0, cursor)
  const found = /(?:^|[\s(-])([A-Za-z_]+(?:\.\w*)?)?(?:(:)((?:[^\s(),"]|"[^"]*"?|,)*))?$/.exec(before)
  if (found === null) return []
  const [, key = '', colon, typed = ''] = found
  if (colon === undefined) {
    return key === ''
      ? []
      : put(
          text,
          cursor,
          key.length,
          keysLike(key, directory).map((each) => `${each}:`),
        )
  }
  const last = typed.split(',').at(-1) ?? ''
  const values = valuesFor(key.toLowerCase(), directory).filter((each) =>
    isLike(each, last.replaceAll('"', '')),
  )
  return put(text, cursor, last.length, values.map(written))
}

function keysLike(start: string, directory: Directory): string[] {
  const fields = directory.fields.filter(({ archived, personal }) => !archived && !personal)
  const keys = [...Object.keys(keyPaths), 'sort', ...fields.map(({ key }) => `field.${key}`)]
  return keys.filter((key) => key.toLowerCase().startsWith(start.toLowerCase()))
}

function valuesFor(key: string, directory: Directory): readonly string[] {
  if (key === 'is') return Object.keys(flags)
  if (key === 'has') return ['attachment']
  if (key === 'sort') return sortKeys
  const path = key.startsWith('field.') ? key : keyPaths[key]
  const spec = path === undefined ? null : specOf(path, directory)
  if (spec === null) return []
  if (path === 'tags') return [...directory.tags].toSorted()
  if (spec.refers !== undefined) {
    const names = namesFor(spec.refers, directory)
      .filter(({ archived }) => !archived)
      .map(({ name }) => name)
    return path === 'assignee' ? ['me', 'none', 'any', ...names] : [...names, 'none', 'any']
  }
  if (path === 'status') return ['active', ...(spec.choices ?? [])]
  if (spec.type === 'moment') return ['today', '-1d', '-7d', '-30d']
  if (spec.type === 'duration') return ['>1h', '>4h', '>1d', '>2d', '>7d']
  return spec.choices ?? []
}

function isLike(value: string, typed: string): boolean {
  const [one, other] = [value.toLowerCase(), typed.toLowerCase()]
  return one.startsWith(other) || one.split(/[\s/]/).some((part) => part.startsWith(other))
}

function put(text: string, cursor: number, replaced: number, labels: readonly string[]): Completion[] {
  const [head, tail] = [text.slice(0, cursor - replaced), text.slice(cursor)]
  return labels
    .slice(0, MOST)
    .map((label) => ({ label, text: `${head}${label}${tail}`, cursor: head.length + label.length }))
}
