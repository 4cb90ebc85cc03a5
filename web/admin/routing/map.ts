// Where things stand on the routing map: three columns of boxes, and lines between them as wide as what goes along.
import type { RoutingMap } from '../../../src/api/contract/routing.ts'
import { say, sayName, type WordId } from '../../words/say.ts'

export type Node = {
  readonly key: string
  readonly name: string
  readonly column: 0 | 1 | 2
  readonly y: number
  /** What is wrong with it: red. */
  readonly problem: WordId | null
}
export type Edge = {
  readonly from: Node
  readonly to: Node
  readonly count: number
  readonly width: number
  /** How far its number stands above or below the middle, so that none hides another. */
  readonly shift: number
}

const STEP = 58
const TOP = 26

export function columnsOf({ sources, queues, teams, flows }: RoutingMap): {
  nodes: readonly Node[]
  edges: readonly Edge[]
  height: number
} {
  const lost = flows.some(({ queueId }) => queueId === null)
  const served = new Set([
    ...queues.flatMap((queue) => queue.teams),
    ...flows.flatMap(({ teamId }) => teamId ?? []),
  ])
  const columns = [
    sources.map(({ key, name }) => ({ key: `source:${key}`, name: sayName('channel', name), problem: null })),
    [
      ...queues.map(({ id, name, unreachable, nobody }) => ({
        key: `queue:${id}`,
        name,
        problem: unreachable ? ('map.unreachable' as const) : nobody ? ('map.noTeam' as const) : null,
      })),
      ...(lost ? [{ key: 'queue:none', name: say('map.noQueue'), problem: 'map.noQueue' as const }] : []),
    ],
    teams
      .filter(({ id }) => served.has(id))
      .map(({ id, name }) => ({ key: `team:${id}`, name, problem: null })),
  ]
  const most = Math.max(...columns.map(({ length }) => length))
  const nodes = columns.flatMap((column, index) =>
    column.map((node, place): Node => ({
      ...node,
      column: index as Node['column'],
      y: TOP + (place + (most - column.length) / 2) * STEP,
    })),
  )
  return { nodes, edges: edgesOf(nodes, flows), height: TOP + most * STEP }
}

function edgesOf(nodes: readonly Node[], flows: RoutingMap['flows']): Edge[] {
  const counts = new Map<string, number>()
  const add = (from: string, to: string, count: number) =>
    counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + count)
  for (const { source, queueId, teamId, count } of flows) {
    const queue = queueId === null ? 'queue:none' : `queue:${queueId}`
    add(`source:${source}`, queue, count)
    if (teamId !== null && queueId !== null) add(queue, `team:${teamId}`, count)
  }
  const largest = Math.max(1, ...counts.values())
  const edges = [...counts].flatMap(([key, count]) => {
    const [from, to] = key.split(' ').map((each) => nodes.find((node) => node.key === each))
    const width = 1.5 + (count / largest) * 16
    return from === undefined || to === undefined ? [] : [{ from, to, count, width }]
  })
  return edges.map((edge) => {
    const beside = edges.filter(({ to }) => to === edge.to).toSorted((a, b) => a.from.y - b.from.y)
    return { ...edge, shift: (beside.indexOf(edge) - (beside.length - 1) / 2) * 13 }
  })
}
