// The routing map: sources, queues in order, teams, joined by lines as wide as the tickets of thirty days. The same as a table
// below, for print, screen readers and phones, on which the picture has no room; and a message can be traced through it.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type { RouteTrace, RoutingMap as MapAnswer } from '../../../src/api/contract/routing.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { number } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { useNarrow } from '../../state/narrow.ts'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Page } from '../Page.tsx'
import { columnsOf, type Edge, type Node } from './map.ts'
import styles from './routing.module.css'
import { Trace } from './Trace.tsx'

export function RoutingMap() {
  const query = useQuery({
    queryKey: ['queues', 'map'],
    queryFn: () => call<MapAnswer>('GET', '/queues/map'),
  })
  const [traced, setTraced] = useState<RouteTrace | null>(null)
  const isNarrow = useNarrow()
  return (
    <Page title={say('admin.routingMap')} about={say('map.about')}>
      <Arrived query={query} rows={6} height={60}>
        {(data) =>
          data.queues.length === 0 ? (
            <Empty title={say('queues.empty')} />
          ) : (
            <>
              {!isNarrow && <Picture map={data} traced={traced} />}
              {isNarrow && <Table map={data} />}
              <Trace traced={traced} onTraced={setTraced} queues={data.queues} />
              {!isNarrow && <Table map={data} />}
            </>
          )
        }
      </Arrived>
    </Page>
  )
}

const WIDTH = 920
const [NODE_W, NODE_H] = [190, 34]

function Picture({ map, traced }: { map: MapAnswer; traced: RouteTrace | null }) {
  const { nodes, edges, height } = columnsOf(map)
  const lit = litBy(traced)
  return (
    <ScrollBox label={say('map.picture')} className={admin['tableBox']}>
      <svg
        className={styles['map']}
        viewBox={`-1 0 ${WIDTH + 2} ${height}`}
        width={WIDTH}
        height={height}
        role="group"
        aria-label={say('map.picture')}
      >
        {[say('map.source'), say('map.queue'), say('map.team')].map((title, column) => (
          <text key={title} x={xOf(column)} y={14} className={styles['column']}>
            {title}
          </text>
        ))}
        {edges.map((edge) => (
          <Line
            key={`${edge.from.key} ${edge.to.key}`}
            edge={edge}
            isLit={lit(edge.from.key) && lit(edge.to.key)}
          />
        ))}
        {nodes.map((node) => (
          <Box key={node.key} node={node} isLit={traced !== null && lit(node.key)} />
        ))}
      </svg>
    </ScrollBox>
  )
}

const xOf = (column: number) => (column * (WIDTH - NODE_W)) / 2

function litBy(traced: RouteTrace | null): (key: string) => boolean {
  if (traced === null) return () => false
  const queue = traced.queueId === null ? 'queue:none' : `queue:${traced.queueId}`
  return (key) => key === `source:${traced.source}` || key === queue
}

function Line({ edge: { from, to, count, width, shift }, isLit }: { edge: Edge; isLit: boolean }) {
  const navigate = useNavigate()
  const [x1, y1, x2, y2] = [xOf(from.column) + NODE_W, from.y + NODE_H / 2, xOf(to.column), to.y + NODE_H / 2]
  const middle = (x1 + x2) / 2
  const open = () => {
    const q = from.key.startsWith('queue:')
      ? `queue:"${from.name}" created:-30d`
      : `queue:"${to.name}" created:-30d`
    void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q } })
  }
  const title = `${from.name} → ${to.name}: ${number(count)}`
  return (
    <g
      className={styles['edge']}
      data-lit={isLit || undefined}
      role="link"
      tabIndex={0}
      aria-label={title}
      onClick={open}
      onKeyDown={(event) => event.key === 'Enter' && open()}
    >
      <title>{title}</title>
      <path d={`M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`} strokeWidth={width} />
      <text x={x2 - 8} y={y2 + 4 + shift} textAnchor="end">
        {number(count)}
      </text>
    </g>
  )
}

function Box({ node: { column, y, name, problem }, isLit }: { node: Node; isLit: boolean }) {
  return (
    <g className={styles['node']} data-bad={problem !== null || undefined} data-lit={isLit || undefined}>
      <title>{problem === null ? name : `${name}: ${say(problem)}`}</title>
      <rect x={xOf(column)} y={y} width={NODE_W} height={NODE_H} rx={6} />
      <text x={xOf(column) + 10} y={y + 21}>
        {name.length > 24 ? `${name.slice(0, 23)}…` : name}
      </text>
      {problem !== null && (
        <text x={xOf(column) + NODE_W} y={y + NODE_H + 11} textAnchor="end" className={styles['badWord']}>
          {say(problem)}
        </text>
      )}
    </g>
  )
}

function Table({ map }: { map: MapAnswer }) {
  const { edges } = columnsOf(map)
  const isNarrow = useNarrow()
  return (
    <details className={styles['details']} open={isNarrow}>
      <summary>{say('map.asTable')}</summary>
      <table className={admin['table']} data-numbers>
        <thead>
          <tr>
            <th scope="col">{say('map.from')}</th>
            <th scope="col">{say('map.to')}</th>
            <th scope="col" data-end>
              {say('map.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {edges.map(({ from, to, count }) => (
            <tr key={`${from.key} ${to.key}`}>
              <td>{sayName('channel', from.name)}</td>
              <td>{to.name}</td>
              <td data-end>{number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
