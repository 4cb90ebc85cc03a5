// Who may what: every right in plain words, a column for each of the four roles and for each of the desk's own.
import { Check } from 'lucide-react'
import { Fragment } from 'react'

import { ScrollBox } from '../../parts/ScrollBox.tsx'
import type { CustomRole } from '../../../src/api/contract/roles.ts'
import { rightsOf, type Action } from '../../../src/people/rights.ts'
import { roles } from '../../../src/people/role.ts'
import { say } from '../../words/say.ts'
import { rightGroups } from './groups.ts'
import styles from './roles.module.css'

type Column = { readonly key: string; readonly name: string; readonly rights: ReadonlySet<Action> }

export function Matrix({ own }: { own: readonly CustomRole[] }) {
  const columns: readonly Column[] = [
    ...roles.map((role) => ({
      key: role,
      name: say(`roleName.${role}`),
      rights: new Set(rightsOf({ role, customRole: null })),
    })),
    ...own
      .filter(({ archived }) => !archived)
      .map(({ id, name, actions }) => ({ key: String(id), name, rights: new Set(actions) })),
  ]
  return (
    <section className={styles['part']}>
      <h2>{say('roles.matrix')}</h2>
      <ScrollBox label={say('roles.matrix')} className={styles['box']}>
        <table className={styles['matrix']}>
          <thead>
            <tr>
              <th scope="col">{say('roles.right')}</th>
              {columns.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rightGroups.map(({ word, rights }) => (
              <Fragment key={word}>
                <tr>
                  <th scope="rowgroup" colSpan={columns.length + 1} className={styles['group']}>
                    {say(word)}
                  </th>
                </tr>
                {rights.map((action) => (
                  <tr key={action}>
                    <th scope="row">{say(`right.${action}`)}</th>
                    {columns.map((column) => (
                      <td key={column.key}>
                        <Given isGiven={column.rights.has(action)} />
                      </td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  )
}

function Given({ isGiven }: { isGiven: boolean }) {
  return (
    <>
      {isGiven ? <Check size={16} aria-hidden /> : <span aria-hidden>–</span>}
      <span className="unseen">{say(isGiven ? 'roles.given' : 'roles.notGiven')}</span>
    </>
  )
}
