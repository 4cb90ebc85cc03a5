// A small table of numbers, which scrolls in its own box where it is too wide.
import type { ReactNode } from 'react'

import { ScrollBox } from '../../parts/ScrollBox.tsx'
import adminStyles from '../admin.module.css'

type Props = {
  label: string
  head: readonly string[]
  rows: ReadonlyArray<{ key: string | number; cells: readonly ReactNode[] }>
}

export function Numbers({ label, head, rows }: Props) {
  return (
    <ScrollBox label={label} className={adminStyles['tableBox']}>
      <table className={adminStyles['table']} data-numbers>
        <thead>
          <tr>
            {head.map((name, index) => (
              <th key={name} scope="col" data-end={index > 0 || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={head[index]} data-end={index > 0 || undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
