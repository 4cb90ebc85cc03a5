// What is wrong between rules: one hides another, says the same, says the opposite, or sets the other off and is set off by it.
import { settingOf } from '#rules/action.ts'
import { leavesOf, valuesOf } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import type { RuleProblem } from '#rules/problem.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Rule } from '#rules/rule.ts'
import { implies } from '#rules/solve.ts'

/** Warnings about pairs of enabled triggers. Each rule is warned of each code at most once: the nearest other rule is named. */
export function conflictsOf(rules: readonly Rule[], directory: Directory): readonly RuleProblem[] {
  const triggers = rules.filter(({ kind, enabled }) => kind === 'trigger' && enabled)
  return [
    ...triggers.flatMap((rule, index) => pairProblems(rule, triggers.slice(0, index), directory)),
    ...cycles(triggers),
  ]
}

function pairProblems(rule: Rule, earlier: readonly Rule[], directory: Directory): readonly RuleProblem[] {
  const within = (other: Rule) => listensTo(other, rule) && implies(rule.if, other.if, directory)
  const found: RuleProblem[] = []
  const warn = (place: string, code: string, message: string) =>
    found.push({ ruleId: rule.id, place, code, level: 'warning', message })
  const shadow = earlier.find((other) => other.stop && within(other))
  if (shadow !== undefined)
    warn('if', 'shadowed', `It never runs: "${shadow.title}" stops the run for every ticket that it means`)
  const same = earlier.find((other) => sameActions(rule, other) && within(other))
  if (same !== undefined)
    warn('if', 'subsumed', `"${same.title}" does the same for all of these tickets already`)
  const against = earlier
    .map((other) => contradictionOf(rule, other, directory))
    .findLast((each) => each !== null)
  if (against != null) warn(against.place, 'contradiction', against.message)
  return found
}

/** Whether `other` listens to all that `rule` listens to. */
function listensTo(other: Rule, rule: Rule): boolean {
  return other.on.includes('any') || rule.on.every((kind) => other.on.includes(kind))
}

function sameActions(one: Rule, other: Rule): boolean {
  return hashOf(one.do) === hashOf(other.do)
}

/** Different values for one field, on tickets that are surely meant by both. */
function contradictionOf(
  rule: Rule,
  other: Rule,
  directory: Directory,
): { readonly place: string; readonly message: string } | null {
  const meet =
    rule.on.some((kind) => other.on.includes(kind)) || rule.on.includes('any') || other.on.includes('any')
  if (!meet || rule.stop || other.stop) return null
  const theirs = new Map(other.do.flatMap((action) => Object.entries(settingOf(action))))
  for (const [index, action] of rule.do.entries()) {
    for (const [field, value] of Object.entries(settingOf(action))) {
      if (!theirs.has(field) || hashOf(theirs.get(field)) === hashOf(value)) continue
      if (implies(rule.if, other.if, directory) || implies(other.if, rule.if, directory))
        return {
          place: `do[${index}]`,
          message: `"${other.title}" sets ${field} to something else for the same tickets; this one wins`,
        }
    }
  }
  return null
}

/** Two rules that set each other off: what one writes makes a test of the other hold, and the other way round. */
function cycles(rules: readonly Rule[]): readonly RuleProblem[] {
  const warn = (rule: Rule, message: string): RuleProblem => ({
    ruleId: rule.id,
    place: 'do',
    code: 'cycle',
    level: 'warning',
    message,
  })
  return rules.flatMap((rule, index): RuleProblem[] => {
    if (rule.mayAnswerItself === true)
      return [warn(rule, 'It may answer itself: it can run for ever, up to its limit')]
    const other = rules.slice(0, index).find((each) => enables(rule, each) && enables(each, rule))
    return other === undefined ? [] : [warn(rule, `It sets off "${other.title}", and that sets it off again`)]
  })
}

function enables(one: Rule, other: Rule): boolean {
  return one.do.some((action) => {
    const tags = 'addTags' in action ? action.addTags : []
    const sets = Object.entries(settingOf(action))
    return leavesOf(other.if).some(({ leaf }) => {
      const wanted = valuesOf(leaf)
      if (
        leaf.field === 'tags' &&
        (leaf.op === 'has_any' || leaf.op === 'has_all' || leaf.op === 'changed_to')
      )
        return tags.some((tag) => wanted.includes(tag))
      const isEqual = leaf.op === 'is' || leaf.op === 'in' || leaf.op === 'changed_to'
      return (
        isEqual && sets.some(([field, value]) => field === leaf.field && wanted.includes(value as string))
      )
    })
  })
}
