// The geometry of a chart over time: scales, and the paths of its series.
import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'

export type Series = {
  key: string
  label: string
  values: readonly (number | null)[]
  shape: 'line' | 'bar' | 'layer'
  /** A custom property of the tokens, such as `--accent`. */
  tone: string
  dash?: string
  /** How sure each value is. */
  band?: readonly ({ low: number; high: number } | null)[]
  /** Where it is too early to be sure. */
  young?: readonly boolean[]
  /** Only drawn, never chosen: what it is compared with. */
  isBehind?: boolean
  open?: (index: number) => void
}

export const HEIGHT = 220
export const MARGIN = { start: 56, end: 12, top: 10, bottom: 26 }

export type Geometry = {
  width: number
  x: (index: number) => number
  y: (value: number) => number
  /** How wide a bucket is. */
  step: number
  ticks: readonly number[]
}

/** Scales for so many buckets: from zero to the most that is drawn, in round numbers of a grain such as an hour. */
export function geometryOf(
  series: readonly Series[],
  count: number,
  { width, most, grain = 1 }: { width: number; most: number | undefined; grain: number | undefined },
): Geometry {
  const [low, high] = extent(series, count)
  const y = scaleLinear()
    .domain([Math.min(0, low) / grain, (most ?? Math.max(high, low + 1, 1)) / grain])
    .range([HEIGHT - MARGIN.bottom, MARGIN.top])
  if (most === undefined) y.nice(4)
  const inner = Math.max(1, width - MARGIN.start - MARGIN.end)
  const step = inner / Math.max(1, count)
  return {
    width,
    x: (index) => MARGIN.start + step * (index + 0.5),
    y: (value) => y(value / grain),
    step,
    ticks: y.ticks(4).map((tick) => tick * grain),
  }
}

function extent(series: readonly Series[], count: number): [number, number] {
  const layers = series.filter(({ shape }) => shape === 'layer')
  const sums = Array.from({ length: count }, (_, index) =>
    layers.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
  )
  const others = series
    .filter(({ shape }) => shape !== 'layer')
    .flatMap(({ values, band = [] }) => [...values, ...band.map((each) => each?.high ?? null)])
  const all = [...sums, ...others].flatMap((value) => value ?? [])
  return [Math.min(0, ...all), Math.max(0, ...all)]
}

/** A line with gaps where there is no value. */
export function linePath(values: Series['values'], { x, y }: Geometry): string {
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => x(index))
    .y((value) => y(value ?? 0))
  return path([...values]) ?? ''
}

/** What lies between the ends of the intervals. */
export function bandPath(band: NonNullable<Series['band']>, { x, y }: Geometry): string {
  const path = area<{ low: number; high: number } | null>()
    .defined((each) => each !== null)
    .x((_, index) => x(index))
    .y0((each) => y(each?.low ?? 0))
    .y1((each) => y(each?.high ?? 0))
  return path([...band]) ?? ''
}

/** The layers one upon another, each as a path. */
export function layerPaths(layers: readonly Series[], count: number, { x, y }: Geometry): string[] {
  const floor = Array.from({ length: count }, () => 0)
  return layers.map(({ values }) => {
    const [bottom, top] = [[...floor], floor.map((sum, index) => sum + (values[index] ?? 0))]
    floor.splice(0, count, ...top)
    const path = area<number>()
      .x((_, index) => x(index))
      .y0((_, index) => y(bottom[index] ?? 0))
      .y1((value) => y(value))
    return path(top) ?? ''
  })
}
