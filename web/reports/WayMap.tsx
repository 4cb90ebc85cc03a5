// The ways between statuses as a map: each way an arc as thick as what was waited on it in all, forward above and back below.
import type { Stalls } from '../../src/api/contract/stalls.ts'
import { statuses } from '../../src/tickets/vocabulary.ts'
import { finePercent, number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import styles from './reports.module.css'
import { useWidth } from './width.ts'

type Way = Stalls['ways'][number]
type Props = { ways: readonly Way[]; all: number; format: (seconds: number) => string }

const HEIGHT = 250
const MIDDLE = HEIGHT / 2
/** So many of the thickest are told in figures: more would lie upon each other. */
const TOLD = 3

export function WayMap({ ways, all, format }: Props) {
  const [box, width] = useWidth()
  const step = width / statuses.length
  const x = (status: string) => step * ((statuses as readonly string[]).indexOf(status) + 0.5)
  const [bottleneck] = ways
  return (
    <div ref={box} className={styles['chart']}>
      <svg width={width} height={HEIGHT} role="img" aria-label={say('stalls.ways')} data-chart>
        {ways.toReversed().map((way) => (
          <Arc
            key={`${way.from} ${way.to}`}
            ends={[x(way.from), x(way.to)]}
            share={way.total / all}
            isBottleneck={way === bottleneck}
            title={`${sayName('status', way.from)} → ${sayName('status', way.to)}: ${format(way.total)}, n ${number(way.count)}`}
            words={ways.indexOf(way) < TOLD ? finePercent(way.total / all) : ''}
          />
        ))}
        {statuses.map((status) => (
          <text
            key={status}
            className={styles['node']}
            x={x(status)}
            y={MIDDLE}
            dy="0.32em"
            textAnchor="middle"
          >
            {sayName('status', status)}
          </text>
        ))}
      </svg>
    </div>
  )
}

type ArcProps = {
  ends: readonly [number, number]
  share: number
  isBottleneck: boolean
  title: string
  words: string
}

function Arc({ ends: [from, to], share, isBottleneck, title, words }: ArcProps) {
  const side = from < to ? -1 : 1
  const edge = MIDDLE + side * 12
  const wide = Math.max(1, share * 22)
  // Far ways rise above near ones, none above the drawing.
  const peak = edge + side * Math.min(MIDDLE - 30, 24 + Math.abs(to - from) * 0.22)
  const tone = isBottleneck ? 'var(--danger)' : 'var(--accent)'
  const path = `M${from.toFixed(1)} ${edge}C${from.toFixed(1)} ${peak.toFixed(1)} ${to.toFixed(1)} ${peak.toFixed(1)} ${to.toFixed(1)} ${edge}`
  return (
    <g>
      <title>{title}</title>
      <path d={path} fill="none" stroke={tone} strokeWidth={wide} strokeOpacity={0.45} />
      <path
        d={`M${(to - 4).toFixed(1)} ${edge + side * 7}L${to.toFixed(1)} ${edge}L${(to + 4).toFixed(1)} ${edge + side * 7}`}
        fill="none"
        stroke={tone}
        strokeWidth={1.5}
      />
      {words !== '' && (
        <text
          className={styles['node']}
          x={(from + to) / 2}
          y={edge + (peak - edge) * 0.75 + side * (wide / 2 + 8)}
          dy="0.32em"
          textAnchor="middle"
        >
          {words}
        </text>
      )}
    </g>
  )
}
