// What stands around a chart: the question it answers, how many it speaks of, what is counted, the same as a table, as a file and as a
// picture.
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { entryIf, MenuButton } from '../parts/MenuButton.tsx'
import { number } from '../parts/time.ts'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import { notify } from '../state/toasts.ts'
import { reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { pngOf, svgOf } from './picture.ts'
import styles from './reports.module.css'
import { fileOf, type Cell } from './wire.ts'

type Props = {
  title: string
  /** What is counted, in a sentence. */
  about: string
  n?: number | undefined
  /** False while older tickets are still being read. */
  complete?: boolean | undefined
  /** What its files hold. */
  file: Pick<Cell, 'key' | 'asked'>
  /** False where there is no one drawing to take along. */
  isDrawn?: boolean
  table: { head: readonly string[]; rows: readonly (readonly ReactNode[])[] }
  children: ReactNode
}

export function Figure({ title, about, n, complete = true, file, isDrawn = true, table, children }: Props) {
  const [isTable, setTable] = useState(false)
  const [figure, setFigure] = useState<HTMLElement | null>(null)
  const drawing = async (kind: 'svg' | 'png') => {
    const chart = figure?.querySelector<SVGSVGElement>('svg[data-chart]')
    if (!chart) return notify({ kind: 'error', title: say('reports.noDrawing') })
    try {
      const svg = svgOf(chart, title)
      const blob = kind === 'png' ? await pngOf(svg) : new Blob([svg], { type: 'image/svg+xml' })
      const address = URL.createObjectURL(blob)
      download(address, `${file.key}.${kind}`)
      // The browser reads it after this.
      setTimeout(() => URL.revokeObjectURL(address), 60_000)
    } catch (error) {
      notify({ kind: 'error', title: reasonOf(error) })
    }
    return undefined
  }
  const rows = (kind: 'csv' | 'xlsx') => () => download(fileOf(file, kind), `${file.key}.${kind}`)
  return (
    <figure ref={setFigure} className={styles['figure']}>
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
          <MenuButton
            label={say('reports.export', { title })}
            className={styles['number']}
            align="end"
            entries={[
              { label: say('reports.csv'), run: rows('csv') },
              { label: say('reports.xlsx'), run: rows('xlsx') },
              ...entryIf(isDrawn && !isTable, { label: say('reports.svg'), run: () => void drawing('svg') }),
              ...entryIf(isDrawn && !isTable, { label: say('reports.png'), run: () => void drawing('png') }),
            ]}
          >
            <span className={styles['told']}>
              {say('reports.exportShort')} <ChevronDown size={14} aria-hidden />
            </span>
          </MenuButton>
        </span>
      </figcaption>
      {isTable ? <Table label={title} {...table} /> : children}
    </figure>
  )
}

function download(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

type TableProps = { label: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }

export function Table({ label, head, rows }: TableProps) {
  return (
    <ScrollBox label={label} className={styles['tableBox']}>
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
    </ScrollBox>
  )
}
