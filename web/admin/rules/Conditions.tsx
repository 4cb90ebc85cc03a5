// The condition: groups of "all of", "any of" and "none of", with tests inside. Everything works by keyboard: each row has a
// menu to move, copy and wrap it.
import { useEffect, useRef, useState } from 'react'
import { Menu } from '@base-ui/react/menu'
import { MoreHorizontal, Plus } from 'lucide-react'

import type { RuleProblem, Vocabulary } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { focusAfterList } from '../../parts/after-list.ts'
import { PickButton } from '../../parts/PickButton.tsx'
import menu from '../../parts/menu.module.css'
import { metricName } from '../../sla/clock.ts'
import { say, sayName } from '../../words/say.ts'
import {
  duplicated,
  isGroup,
  moved,
  newGroup,
  newTest,
  placeOf,
  withChild,
  withNode,
  type Group,
  type GroupKind,
  type Node,
  type Test,
} from './model.ts'
import styles from './rules.module.css'
import { firstValue, ValueField } from './ValueField.tsx'

type Context = {
  root: Group
  words: Vocabulary | undefined
  problems: readonly RuleProblem[]
  forTimer: boolean
  onChange: (root: Group) => void
}

export function Conditions(context: Context) {
  return <GroupView {...context} group={context.root} place="if" depth={1} />
}

function GroupView(props: Context & { group: Group; place: string; depth: number }) {
  const { root, group, place, depth, onChange, problems, words } = props
  const add = (child: Node) => onChange(withChild(root, group.key, child))
  const setKind = (kind: GroupKind) => {
    const next = { ...group, kind }
    onChange(group.key === root.key ? next : withNode(root, group.key, next))
  }
  return (
    <div className={styles['group']} role="group" aria-label={say(`rules.${group.kind}`)}>
      <div className={styles['groupHead']}>
        <select
          className={styles['control']}
          aria-label={say('rules.groupKind')}
          value={group.kind}
          onChange={(event) => setKind(event.target.value as GroupKind)}
        >
          {(['all', 'any', 'none'] as const).map((kind) => (
            <option key={kind} value={kind}>
              {say(`rules.${kind}`)}
            </option>
          ))}
        </select>
        {group.key !== root.key && <RowMenu {...props} node={group} />}
      </div>
      {group.children.length === 0 && (
        <p className={styles['hint']}>{say(depth === 1 ? 'rules.always' : 'rules.emptyGroup')}</p>
      )}
      <ul className={styles['rows']}>
        {group.children.map((child, index) => {
          const at = placeOf(group, place, index)
          return (
            <li key={child.key}>
              {isGroup(child) ? (
                <GroupView {...props} group={child} place={at} depth={depth + 1} />
              ) : (
                <TestRow
                  {...props}
                  test={child}
                  problem={problems.find((each) => each.place.startsWith(at))}
                />
              )}
            </li>
          )
        })}
      </ul>
      <div className={styles['groupFoot']}>
        <PickButton
          label={say('rules.addTest')}
          choices={fieldChoices(words, props.forTimer)}
          chosen={[]}
          onChoose={(path) => {
            const fresh = newTest(freshLeaf(words, path))
            added = fresh.key
            add(fresh)
          }}
          className={styles['add']}
        >
          <Plus size={14} aria-hidden /> {say('rules.addTest')}
        </PickButton>
        {depth < 7 && (
          <Button weight="quiet" onClick={() => add(newGroup('any'))}>
            {say('rules.addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

const groups: ReadonlyArray<readonly [start: string, name: string]> = [
  ['field.', 'custom'],
  ['message', 'message'],
  ['anyMessage', 'message'],
  ['subject', 'message'],
  ['text', 'message'],
  ['requester', 'people'],
  ['organization', 'people'],
  ['participants', 'people'],
  ['count.', 'counts'],
  ['time', 'time'],
  ['age', 'time'],
  ['now', 'time'],
  ['sla.', 'sla'],
  ['assistant.', 'assistant'],
  ['actor.', 'actor'],
  ['via', 'actor'],
]

function groupOf(path: string): string {
  return groups.find(([start]) => path.startsWith(start))?.[1] ?? 'ticket'
}

/** What a condition asks about: by the words for it, a field of the desk's own by its label. */
function pathName(path: string, label: string): string {
  if (path.startsWith('field.')) return label
  const [, whole = '', part = ''] =
    /^(.*)\.(state|secondsLeft|percentUsed|breached|confidence)$/.exec(path) ?? []
  if (whole === '') return sayName('rulePath', path)
  const name = whole.startsWith('sla.') ? metricName(whole.slice('sla.'.length)) : sayName('rulePath', whole)
  return say(`rulePathPart.${part as 'state'}`, { name })
}

function fieldChoices(words: Vocabulary | undefined, forTimer: boolean) {
  const order = ['ticket', 'message', 'people', 'custom', 'time', 'counts', 'actor', 'sla', 'assistant']
  return (words?.paths ?? [])
    .filter(({ ofUpdate }) => !(forTimer && ofUpdate))
    .map(({ path, label }) => ({
      id: path,
      label: pathName(path, label),
      also: path,
      group: say(`rules.group.${groupOf(path)}` as 'rules.all'),
      at: order.indexOf(groupOf(path)),
    }))
    .toSorted((a, b) => a.at - b.at)
}

function freshLeaf(words: Vocabulary | undefined, path: string) {
  const found = words?.paths.find((each) => each.path === path)
  const op = found?.ops[0] ?? 'is'
  const value = firstValue(found, op)
  return { field: path, op, ...(value === undefined ? {} : { value }) }
}

/** The test that was added last: nobody has said its value yet. */
let added: number | null = null

function TestRow(props: Context & { test: Test; problem: RuleProblem | undefined }) {
  const { root, test, words, onChange, problem, forTimer } = props
  const path = words?.paths.find((each) => each.path === test.leaf.field)
  const [isFresh, setFresh] = useState(test.key === added)
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (test.key !== added) return
    added = null
    focusAfterList(() => row.current, '[data-value] :is(input, select, button)')
  }, [test.key])
  const put = (leaf: Test['leaf']) => {
    setFresh(false)
    onChange(withNode(root, test.key, { ...test, leaf }))
  }
  const wrong = isFresh ? undefined : problem
  const setOp = (op: string) => {
    const value = firstValue(path, op)
    put({ field: test.leaf.field, op, ...(value === undefined ? {} : { value }) })
  }
  const ops = (path?.ops ?? [test.leaf.op]).filter((op) => !(forTimer && op.includes('changed')))
  return (
    <div ref={row} className={styles['row']} data-invalid={wrong?.level === 'error' || undefined}>
      <div className={styles['test']}>
        <PickButton
          label={say('rules.field')}
          choices={fieldChoices(words, forTimer)}
          chosen={[test.leaf.field]}
          onChoose={(field) => put(freshLeaf(words, field))}
          className={styles['control']}
        >
          {path === undefined ? test.leaf.field : pathName(path.path, path.label)}
        </PickButton>
        <select
          className={styles['control']}
          aria-label={say('rules.test')}
          value={test.leaf.op}
          onChange={(event) => setOp(event.target.value)}
        >
          {ops.map((op) => (
            <option key={op} value={op}>
              {sayName('ruleOp', op)}
            </option>
          ))}
        </select>
        <span data-value className={styles['valueBox']}>
          <ValueField
            leaf={test.leaf}
            path={path}
            onChange={(value) => put({ ...test.leaf, ...(value === undefined ? {} : { value }) })}
          />
        </span>
        <RowMenu {...props} node={test} />
      </div>
      {wrong && (
        <p className={styles['why']} data-level={wrong.level}>
          {wrong.message}
        </p>
      )}
    </div>
  )
}

function RowMenu({ root, node, onChange }: Context & { node: Node }) {
  const items: ReadonlyArray<readonly [word: Parameters<typeof say>[0], run: () => void]> = [
    ['rules.up', () => onChange(moved(root, node.key, -1))],
    ['rules.down', () => onChange(moved(root, node.key, 1))],
    ['rules.intoGroup', () => onChange(withNode(root, node.key, newGroup('any', [node])))],
    ['rules.duplicate', () => onChange(duplicated(root, node.key))],
    ['rules.delete', () => onChange(withNode(root, node.key, null))],
  ]
  return (
    <Menu.Root>
      <Menu.Trigger className={styles['menu']} aria-label={say('rules.rowMenu')}>
        <MoreHorizontal size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className={menu['positioner']}>
          <Menu.Popup className={menu['popup']}>
            {items.map(([word, run]) => (
              <Menu.Item key={word} className={menu['item']} onClick={run}>
                {say(word)}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
