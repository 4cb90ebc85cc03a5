// A rule in a sentence, in the words of both languages: every path, test, event and action that there is has some.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionNames, actionWords, type Action } from '#rules/action.ts'
import type { Cond } from '#rules/condition.ts'
import { emptyDirectory, type Told } from '#rules/directory.ts'
import { outcomeWords } from '#rules/explain.ts'
import { germanEvents, germanPaths } from '#rules/german.ts'
import { rulePaths } from '#rules/paths.ts'
import { directory, is, rule } from '#rules/sentences.ts'
import { conditionWords, sentenceOf } from '#rules/words.ts'

const german: Told = { ...directory, language: 'de' }

test('a rule is one sentence, in English and in German', () => {
  const urgent = rule(1, {
    on: ['created', 'reopened'],
    if: { all: [is('priority', 'high'), { any: [is('team', 1), { not: is('status', 'on_hold') }] }] },
    do: [{ assign: 1 }, { setPriority: 'urgent' }],
    stop: true,
  }).rule
  assert.equal(
    sentenceOf(urgent, directory),
    'When a ticket is created or the ticket is reopened, if priority is high and (team is North or not (status is on_hold)): assign Ada, set priority to urgent, and stop.',
  )
  assert.equal(
    sentenceOf(urgent, german),
    'Wenn ein Ticket eröffnet wird oder das Ticket wieder geöffnet wird, falls gilt: Priorität ist Hoch und (Team ist North oder nicht (Status ist Angehalten)): Ada zuweisen, Priorität auf Dringend setzen, und hier aufhören.',
  )
  const { rule: waiting } = rule(2, {
    kind: 'timer',
    on: [],
    timer: { hold: 86_400, repeatEvery: 3_600 },
    if: { field: 'tags', op: 'has_all', value: ['a', 'b'] },
    do: [{ notify: { template: 'nudge', to: ['assignee', 'team:1'] } }],
  })
  assert.equal(
    sentenceOf(waiting, german),
    'Sobald es seit 1d so ist, und danach alle 1h, falls gilt: Schlagwörter hat alle von a und b: Mail „nudge“ an wer zuständig ist, North senden.',
  )
  const changed: Cond = { field: 'priority', op: 'changed', value: { from: 'low', to: 'high' } }
  assert.equal(conditionWords(changed, directory), 'priority changes from low to high')
  assert.equal(conditionWords(changed, german), 'Priorität ändert sich von Niedrig zu Hoch')
})

test('whatever rules ask, hear and do has German words', () => {
  const plain = rulePaths(emptyDirectory, []).filter(
    (path) => !/\.(state|secondsLeft|percentUsed|breached|confidence)$/.test(path),
  )
  assert.deepEqual(
    plain.filter((path) => !Object.hasOwn(germanPaths, `rulePath.${path}`)),
    [],
  )
  assert.ok(Object.values(germanEvents).every((words) => words !== ''))
  const given: Readonly<Record<string, unknown>> = {
    setStatus: 'open',
    setPriority: 'high',
    setType: 'task',
    addTags: ['x'],
    removeTags: ['x', 'y'],
    snooze: 3_600,
    notify: { template: 't', to: [] },
  }
  for (const name of actionNames) {
    const action = {
      [name]: given[name] ?? { template: 't', endpoint: 'e', field: 'f', value: 'v', ticketId: 1 },
    } as unknown as Action
    assert.notEqual(actionWords(action, german), actionWords(action, directory), name)
  }
  const found = { ruleId: 1, ruleVersion: 'v', outcome: 'stopped_by', pass: 1, by: 2 } as const
  assert.equal(
    outcomeWords(found, (id) => `Rule ${id}`, 'de'),
    '„Rule 2“ hat vorher aufgehört.',
  )
})
