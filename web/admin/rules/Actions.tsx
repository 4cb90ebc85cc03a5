// What the rule does, in order: one row an action, with what it sets, to whom it writes, or where it tells.
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useRef } from 'react'

import type { Action, ActionName, RuleProblem } from '../../../src/api/contract/rules.ts'
import { IconButton } from '../../parts/Button.tsx'
import { focusAfterList } from '../../parts/after-list.ts'
import { PickButton } from '../../parts/PickButton.tsx'
import { say } from '../../words/say.ts'
import { actionNames, ActionValue, firstAction, nameOf } from './ActionValue.tsx'
import { isUnfinished, swapped } from './model.ts'
import styles from './rules.module.css'

type Props = {
  actions: readonly Action[]
  problems: readonly RuleProblem[]
  /** Somebody wanted to save it: what is not said yet is wrong from now on. */
  wanted: boolean
  onChange: (actions: Action[]) => void
}

/** Puts the keyboard where an action is told what to do. */
export const focusAction = (row: Element | null | undefined) =>
  row?.querySelector<HTMLElement>(VALUE)?.focus()

const VALUE = ':is(input, select, button):not(:disabled)'

export function Actions({ actions, problems, wanted, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const put = (index: number, next: Action) =>
    onChange(actions.map((each, at) => (at === index ? next : each)))
  return (
    <div className={styles['actions']}>
      <ol ref={list} className={styles['rows']}>
        {actions.map((action, index) => {
          const found = problems.filter(({ place }) => place.startsWith(`do[${index}]`))
          const name = say(`ruleAction.${nameOf(action)}`)
          const missing = isUnfinished(action)
          return (
            // Actions have no name of their own: their place is their key.
            // oxlint-disable-next-line react/no-array-index-key
            <li
              key={index}
              className={styles['row']}
              data-unfinished={missing || undefined}
              data-invalid={(missing && wanted) || found.some(({ level }) => level === 'error') || undefined}
            >
              <div className={styles['test']}>
                <span className={styles['actionName']}>{name}</span>
                <ActionValue action={action} onChange={(next) => put(index, next)} />
                <span className={styles['rowButtons']}>
                  <IconButton
                    label={say('rules.up')}
                    disabled={index === 0}
                    onClick={() => onChange([...swapped(actions, index, index - 1)])}
                  >
                    <ArrowUp size={14} aria-hidden />
                  </IconButton>
                  <IconButton
                    label={say('rules.down')}
                    disabled={index === actions.length - 1}
                    onClick={() => onChange([...swapped(actions, index, index + 1)])}
                  >
                    <ArrowDown size={14} aria-hidden />
                  </IconButton>
                  <IconButton
                    label={say('rules.remove', { name })}
                    onClick={() => onChange(actions.filter((_, at) => at !== index))}
                  >
                    <X size={14} aria-hidden />
                  </IconButton>
                </span>
              </div>
              {missing && wanted && (
                <p className={styles['why']} data-level="error" role="alert">
                  {say('rules.unfinished')}
                </p>
              )}
              {found.map((problem) => (
                <p key={problem.code} className={styles['why']} data-level={problem.level}>
                  {problem.message}
                </p>
              ))}
            </li>
          )
        })}
      </ol>
      <PickButton
        label={say('rules.addAction')}
        choices={actionNames.map((name) => ({ id: name, label: say(`ruleAction.${name}`) }))}
        chosen={[]}
        onChoose={(name) => {
          onChange([...actions, firstAction(name as ActionName)])
          focusAfterList(() => list.current?.lastElementChild, VALUE)
        }}
        className={styles['add']}
      >
        <Plus size={14} aria-hidden /> {say('rules.addAction')}
      </PickButton>
    </div>
  )
}
