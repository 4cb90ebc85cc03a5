// The text form of a condition: `status:open assignee:me (tag:billing OR tag:refund) -is:snoozed "exact phrase"`. Never fails:
// what it cannot read it takes for words, and names.
import { problemsOf } from '#rules/check.ts'
import { isLeaf, leavesOf, MAX_DEPTH, type Cond } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import { tokensOf, type TermToken, type Token } from '#rules/query-lex.ts'
import { meaningOf } from '#rules/query-term.ts'
import { wordsOf } from '#kit/words.ts'

export const sortKeys = ['relevance', 'updated', 'newest', 'oldest', 'priority', 'waiting', 'due'] as const
export type SortKey = (typeof sortKeys)[number]

export type Ignored = { readonly term: string; readonly suggestion: string | null; readonly why: string }
export type Query = {
  readonly cond: Cond
  readonly sort: SortKey | null
  readonly ignored: readonly Ignored[]
}

/** Groups may be nested this deep; deeper brackets are read as if they were not there. */
const DEEPEST = MAX_DEPTH - 3
const MOST_TOKENS = 200

/** Reads a search text. */
export function parseQuery(text: string, directory: Directory): Query {
  const all = tokensOf(text)
  const reader = new Reader(all.slice(0, MOST_TOKENS), directory)
  const cond = reader.read()
  const extra = all.slice(MOST_TOKENS, MOST_TOKENS + 1)
  const cut = extra.map(({ text: term }) => ({ term, suggestion: null, why: 'The search is too long' }))
  return { cond, sort: reader.sort, ignored: [...reader.ignored, ...cut] }
}

/** Lives for one parse. */
class Reader {
  sort: SortKey | null = null
  readonly ignored: Ignored[] = []
  private at = 0
  private readonly tokens: readonly Token[]
  private readonly directory: Directory

  constructor(tokens: readonly Token[], directory: Directory) {
    this.tokens = tokens
    this.directory = directory
  }

  read(): Cond {
    const parts: Cond[] = []
    while (this.at < this.tokens.length) {
      const part = this.or(0)
      if (part !== null) parts.push(part)
      if (this.peek()?.kind === 'close') this.at++
    }
    return allOf(parts)
  }

  private peek(): Token | undefined {
    return this.tokens[this.at]
  }

  private or(depth: number): Cond | null {
    const parts: Cond[] = []
    for (;;) {
      const part = this.and(depth)
      if (part !== null) parts.push(part)
      if (this.peek()?.kind !== 'or') break
      this.at++
    }
    return parts.length === 0 ? null : anyOf(parts)
  }

  private and(depth: number): Cond | null {
    const parts: Cond[] = []
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (token.kind === 'or' || token.kind === 'close') break
      if (token.kind === 'and') {
        this.at++
        continue
      }
      const part = this.unary(depth)
      if (part !== null) parts.push(part)
    }
    return parts.length === 0 ? null : allOf(parts)
  }

  private unary(depth: number): Cond | null {
    let isNot = false
    while (this.peek()?.kind === 'not') {
      isNot = !isNot
      this.at++
    }
    const inside = this.atom(depth)
    if (inside === null || !isNot) return inside
    return 'not' in inside ? inside.not : { not: inside }
  }

  private atom(depth: number): Cond | null {
    const token = this.peek()
    if (token === undefined || token.kind === 'or' || token.kind === 'close') return null
    this.at++
    switch (token.kind) {
      case 'open': {
        if (depth >= DEEPEST) return null
        const inside = this.or(depth + 1)
        if (this.peek()?.kind === 'close') this.at++
        return inside
      }
      case 'term':
        return this.term(token)
      case 'word':
      case 'phrase':
        return wordIs(token.value, token.kind === 'phrase')
      case 'and':
      case 'not':
        return null
    }
  }

  private term(token: TermToken): Cond | null {
    if (token.key === 'sort') return this.sorting(token)
    const meant = meaningOf(token, this.directory)
    if ('wrong' in meant) return this.words(token, meant.wrong, meant.suggestion)
    const [problem] = problemsOf(meant, this.directory, 'list', '')
    return problem === undefined ? meant : this.words(token, problem.message, null)
  }

  /** A path or an address that was pasted looks like a term too: left out, it would find every ticket. */
  private words(token: TermToken, why: string, suggestion: string | null): Cond | null {
    this.ignore(token, why, suggestion)
    return wordIs(token.text, false)
  }

  private sorting(token: TermToken): null {
    const wanted = token.values[0]?.toLowerCase()
    const known = sortKeys.find((each) => each === wanted)
    if (known === undefined) return this.ignore(token, `sort: takes ${sortKeys.join(', ')}`, 'sort:updated')
    this.sort = known
    return null
  }

  private ignore(token: TermToken, why: string, suggestion: string | null): null {
    this.ignored.push({ term: token.text, suggestion, why })
    return null
  }
}

function wordIs(value: string, isPhrase: boolean): Cond | null {
  if (wordsOf(value).length === 0) return null
  return { field: 'text', op: isPhrase ? 'contains_phrase' : 'contains_word', value }
}

function allOf(parts: readonly Cond[]): Cond {
  const flat = parts.flatMap((part) => ('all' in part ? part.all : [part]))
  const [first] = flat
  return flat.length === 1 && first !== undefined ? first : { all: flat }
}

function anyOf(parts: readonly Cond[]): Cond {
  const flat = parts.flatMap((part) => ('any' in part ? part.any : [part]))
  const [first] = flat
  return flat.length === 1 && first !== undefined ? first : { any: flat }
}

/** Whether free text is looked for: the default order is then relevance. */
export function hasText(cond: Cond): boolean {
  if (isLeaf(cond)) return cond.field === 'text'
  return 'all' in cond && cond.all.some(hasText)
}

/** Whether spam, deleted or merged tickets are asked for: they are hidden unless. */
export function asksForHidden(cond: Cond): boolean {
  return leavesOf(cond).some(({ leaf }) => leaf.field === 'flag')
}
