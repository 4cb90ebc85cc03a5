// Survival curves: the share of tickets still in each status after a time, on a scale of time that shows minutes and weeks.
import { scaleLog } from 'd3-scale'

import type { Stalls } from '../../src/api/contract/stalls.ts'
import { sayName } from '../words/say.ts'
import { finePercent } from '../parts/time.ts'
import { HEIGHT, MARGIN } from './chart.ts'
import styles from './reports.module.css'
import { statusTones } from './tones.ts'
import { useWidth } from './width.ts'

type Curve = Stalls['inStatus'][number]
type Props = { label: string; curves: readonly Curve[]; format: (seconds: number) => string }

const dashes = ['', '6 3', '2 3', '8 2 2 2']
const shares = [0, 0.25, 0.5, 0.75, 1]
/** From ten minutes to eight weeks. */
const times = [600, 3_600, 4 * 3_600, 86_400, 3 * 86_400, 7 * 86_400, 28 * 86_400, 56 * 86_400]

export function Curves({ label, curves, format }: Props) {
  const [box, width] = useWidth()
  const last = Math.max(7_200, ...curves.flatMap(({ steps }) => steps.at(-1)?.time ?? 0))
  const x = scaleLog()
    .domain([600, last])
    .range([MARGIN.start, width - MARGIN.end])
    .clamp(true)
  const y = (share: number) => MARGIN.top + (1 - share) * (HEIGHT - MARGIN.bottom - MARGIN.top)
  const told = curves.filter(({ n }) => n > 0)
  return (
    <div ref={box} className={styles['chart']}>
      <svg width={width} height={HEIGHT} role="img" aria-label={label}>
        {shares.map((share) => (
          <g key={share} className={styles['tick']}>
            <line
              x1={MARGIN.start}
              x2={width - MARGIN.end}
              y1={y(share)}
              y2={y(share)}
              data-zero={share === 0 || undefined}
            />
            <text x={MARGIN.start - 6} y={y(share)} dy="0.32em" textAnchor="end">
              {finePercent(share)}
            </text>
          </g>
        ))}
        {times
          .filter((time, index) => time <= last && (width > 600 || index % 2 === 1))
          .map((time) => (
            <text key={time} className={styles['moment']} x={x(time)} y={HEIGHT - 8} textAnchor="middle">
              {format(time)}
            </text>
          ))}
        {told.map(({ status, steps }, index) => (
          <path
            key={status}
            d={stairs(steps, x, y)}
            fill="none"
            stroke={`var(${statusTones[status]})`}
            strokeWidth={2}
            strokeDasharray={dashes[index]}
          />
        ))}
      </svg>
      <p className={styles['readout']}>
        {told.map(({ status }, index) => (
          <span key={status} className={styles['told']}>
            <svg width={18} height={8} aria-hidden>
              <line
                x1={0}
                x2={18}
                y1={4}
                y2={4}
                stroke={`var(${statusTones[status]})`}
                strokeWidth={3}
                strokeDasharray={dashes[index]}
              />
            </svg>
            {sayName('status', status)}
          </span>
        ))}
      </p>
    </div>
  )
}

/** A share holds until the next time at which something ends. */
function stairs(steps: Curve['steps'], x: (time: number) => number, y: (share: number) => number): string {
  const parts = steps.map(({ time, share }) => `H${x(time).toFixed(1)}V${y(share).toFixed(1)}`)
  return `M${x(600).toFixed(1)} ${y(1).toFixed(1)}${parts.join('')}`
}
