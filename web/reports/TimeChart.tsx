// Series over time, drawn for the width there is. A slider that is not seen chooses a day for the keyboard and for readers; what
// the day says stands below in words, each number a button to its list.
import { useState } from 'react'

import { say } from '../words/say.ts'
import { geometryOf, HEIGHT, MARGIN, type Series } from './chart.ts'
import { Marks } from './Marks.tsx'
import styles from './reports.module.css'
import { useWidth } from './width.ts'

type Props = {
  label: string
  series: readonly Series[]
  /** What each bucket is called, on the axis and in a sentence. */
  ticks: readonly string[]
  names: readonly string[]
  format: (value: number) => string
  /** The top of the scale, where it is known. */
  most?: number
  /** What is counted in round numbers: an hour where seconds are told. */
  grain?: number
  /** Which is told at first; the last unless said. */
  chosen?: number
}

export function TimeChart({ label, series, ticks, names, format, most, grain, chosen: first }: Props) {
  const [box, width] = useWidth()
  const count = names.length
  const [chosen, setChosen] = useState(first ?? count - 1)
  const at = Math.min(chosen, count - 1)
  const geometry = geometryOf(series, count, { width, most, grain })
  const told = series
    .filter(({ isBehind }) => isBehind !== true)
    .map(({ label: name, values }) => `${name} ${values[at] === null ? '–' : format(values[at] ?? 0)}`)
  const every = Math.ceil(count / Math.max(1, Math.floor((width - MARGIN.start) / 72)))
  return (
    <div ref={box} className={styles['chart']}>
      <input
        type="range"
        className={styles['slider']}
        min={0}
        max={Math.max(0, count - 1)}
        value={Math.max(0, at)}
        aria-label={label}
        aria-valuetext={`${names[at] ?? ''}: ${told.join(', ')}`}
        onChange={({ target }) => setChosen(Number(target.value))}
        onKeyDown={({ key }) => key === 'Enter' && series.find(({ open }) => open)?.open?.(at)}
      />
      <svg
        width={width}
        height={HEIGHT}
        data-chart
        aria-hidden
        onPointerMove={({ nativeEvent }) => {
          const index = Math.floor((nativeEvent.offsetX - MARGIN.start) / geometry.step)
          if (index >= 0 && index < count) setChosen(index)
        }}
      >
        {geometry.ticks.map((tick) => (
          <g key={tick} className={styles['tick']}>
            <line
              x1={MARGIN.start}
              x2={width - MARGIN.end}
              y1={geometry.y(tick)}
              y2={geometry.y(tick)}
              data-zero={tick === 0 || undefined}
            />
            <text x={MARGIN.start - 6} y={geometry.y(tick)} dy="0.32em" textAnchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {ticks.map((tick, index) =>
          index % every === 0 ? (
            // Two months may be called the same.
            // oxlint-disable-next-line react/no-array-index-key
            <text
              key={index}
              className={styles['moment']}
              x={geometry.x(index)}
              y={HEIGHT - 8}
              textAnchor="middle"
            >
              {tick}
            </text>
          ) : null,
        )}
        {count > 1 && (
          <line
            className={styles['cursor']}
            data-screen
            x1={geometry.x(at)}
            x2={geometry.x(at)}
            y1={MARGIN.top}
            y2={HEIGHT - MARGIN.bottom}
          />
        )}
        <Marks series={series} geometry={geometry} count={count} />
      </svg>
      <p className={styles['readout']}>
        <span>{names[at]}</span>
        {series.map(({ key, label: name, values, tone, dash, open, isBehind }) => {
          const value = values[at]
          const words = value === null || value === undefined ? '–' : format(value)
          return (
            <span key={key} className={styles['told']} data-legend={name}>
              <Swatch tone={tone} dash={isBehind === true ? '2 3' : dash} />
              {name}{' '}
              {open === undefined ? (
                <b>{words}</b>
              ) : (
                <button type="button" title={say('reports.openList')} onClick={() => open(at)}>
                  {words}
                </button>
              )}
            </span>
          )
        })}
      </p>
    </div>
  )
}

function Swatch({ tone, dash }: { tone: string; dash: string | undefined }) {
  return (
    <svg width={18} height={8} aria-hidden>
      <line x1={0} x2={18} y1={4} y2={4} stroke={`var(${tone})`} strokeWidth={3} strokeDasharray={dash} />
    </svg>
  )
}
