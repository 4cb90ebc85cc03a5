// A test of a rule made from what it saw on a ticket: of the ticket it keeps only what the rule asks about.
import type { Explanation, RuleTrace } from '../../../src/api/contract/rules.ts'
import type { Draft } from './model.ts'

type Test = NonNullable<Draft['tests']>[number]
type Leaf = Extract<RuleTrace, { leaf: unknown }>

const TEXTS = ['text', 'message.text', 'anyMessage.text']
const FIRED = ['fired', 'fired_no_op']

/** The test that the rule passes as long as it does on this ticket what it does now; null where it was not asked at all. */
export function testFrom({ rules, kinds }: Explanation, on: Draft['on'] = []): Test | null {
  const [found] = rules
  if (found === undefined || found.trace === null) return null
  const happened = kinds.find((kind) => on.some((each) => each === kind)) ?? kinds[0] ?? 'created'
  const leaves = leavesOf(found.trace)
  const before = Object.fromEntries(
    leaves.flatMap(({ leaf, before: was }) => (was === undefined ? [] : [[leaf.field, was]])),
  )
  return {
    given: {
      ...leaves.reduce(withSeen, {}),
      ...(Object.keys(before).length > 0 && happened !== 'created' ? { before } : {}),
    },
    on: happened as Test['on'],
    expect: { fires: FIRED.includes(found.outcome) },
  }
}

function leavesOf(trace: RuleTrace): readonly Leaf[] {
  return 'leaf' in trace ? [trace] : trace.parts.flatMap(leavesOf)
}

type Given = Record<string, unknown>

function withSeen(given: Given, { leaf: { field }, actual }: Leaf): Given {
  if (TEXTS.includes(field)) return { ...given, text: textOf(actual) }
  const [whose = '', what] = field.split('.')
  if ((whose === 'requester' || whose === 'organization') && what !== undefined)
    return { ...given, [whose]: { ...(given[whose] as object), [what]: actual } }
  return { ...given, [field]: actual }
}

function textOf(actual: unknown): string {
  const texts = Array.isArray(actual) ? actual : [actual]
  return texts.filter((text) => typeof text === 'string').join('\n')
}
