// A number that opens the list behind it.
import { useContext } from 'react'

import { say } from '../words/say.ts'
import { OpenList } from './open-list.ts'
import styles from './reports.module.css'
import type { Cell } from './wire.ts'

export function NumberButton({ cell, words }: { cell: Cell; words: string }) {
  const open = useContext(OpenList)
  return (
    <button
      type="button"
      className={styles['number']}
      title={say('reports.openList')}
      onClick={() => open(cell)}
    >
      {words}
    </button>
  )
}
