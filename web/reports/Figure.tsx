// What stands around a chart: the question it answers, how many it speaks of, what is counted, the same as a table, and as a file.
import { type ReactNode, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { number } from '../parts/time.ts'
import { say } from '../words/say.ts'
import styles from './reports.module.css'

type Props = {
  title: string
  /** What is counted, in a sentence. */
  about: string
  n?: number | undefined
  /** False while older tickets are still being read. */
  complete?: boolean | undefined
  csv: string
  table: { head: readonly string[]; rows: readonly (readonly ReactNode[])[] }
  children: ReactNode
}

export function Figure({ title, about, n, complete = true, csv, table, children }: Props) {
  const [isTable, setTable] = useState(false)
  return (
    <figure className={styles['figure']}>
      <figcaption className={styles['caption']}>
        <div>
          <h2>{title}</h2>
          <p className={styles['hint']}>
            {about} {n !== undefined && say('reports.n', { n: number(n) })}
          </p>
          {!complete && <p role="status">{say('reports.incomplete')}</p>}
        </div>
        <span className={styles['tools']}>
          <Button weight="quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {say('reports.table')}
          </Button>
          <a href={csv} download>
            CSV
          </a>
        </span>
      </figcaption>
      {isTable ? <Table label={title} {...table} /> : children}
    </figure>
  )
}

type TableProps = { label: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }

export function Table({ label, head, rows }: TableProps) {
  return (
    // A long table scrolls in its own box, which the keyboard can reach.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['tableBox']} role="region" aria-label={label} tabIndex={0}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            // Rows have no name of their own, and stay where they are.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {cells.map((cell, column) => (
                <td key={head[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
