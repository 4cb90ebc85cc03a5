// The marks of a chart. What a mark stands for opens at a click.
import { bandPath, layerPaths, linePath, type Geometry, type Series } from './chart.ts'
import styles from './reports.module.css'

type Props = { series: readonly Series[]; geometry: Geometry; count: number }

export function Marks({ series, geometry, count }: Props) {
  const layers = series.filter(({ shape }) => shape === 'layer')
  const paths = layerPaths(layers, count, geometry)
  return (
    <>
      {layers.map(({ key, tone }, index) => (
        <path key={key} d={paths[index]} fill={`var(${tone})`} fillOpacity={0.72} stroke="var(--surface)" />
      ))}
      {series
        .filter(({ shape }) => shape === 'bar')
        .map((each) => (
          <Bars key={each.key} series={each} geometry={geometry} />
        ))}
      {series
        .filter(({ shape }) => shape === 'line')
        .map((each) => (
          <Line key={each.key} series={each} geometry={geometry} />
        ))}
    </>
  )
}

function Bars({
  series: { values, tone, open },
  geometry: { x, y, step },
}: {
  series: Series
  geometry: Geometry
}) {
  const width = Math.max(1, Math.min(28, step * 0.6))
  return values.map((value, index) =>
    value === null || value === 0 ? null : (
      <rect
        // A bar belongs to its place in time.
        // oxlint-disable-next-line react/no-array-index-key
        key={index}
        className={styles['mark']}
        x={x(index) - width / 2}
        width={width}
        y={Math.min(y(0), y(value))}
        height={Math.abs(y(0) - y(value))}
        fill={`var(${tone})`}
        fillOpacity={0.5}
        onClick={() => open?.(index)}
      />
    ),
  )
}

function Line({ series, geometry }: { series: Series; geometry: Geometry }) {
  const { values, tone, dash, band, young = [], open, isBehind } = series
  const colour = `var(${tone})`
  const hasDots = isBehind !== true && geometry.step >= 9
  return (
    <>
      {band && <path d={bandPath(band, geometry)} fill={colour} fillOpacity={0.14} />}
      <path
        d={linePath(values, geometry)}
        fill="none"
        stroke={colour}
        strokeWidth={isBehind === true ? 1.25 : 2}
        strokeOpacity={isBehind === true ? 0.7 : 1}
        strokeDasharray={isBehind === true ? '2 3' : dash}
        strokeLinejoin="round"
      />
      {values.map((value, index) =>
        value === null || !(hasDots || isAlone(values, index)) || isBehind === true ? null : (
          <circle
            // A dot belongs to its place in time.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            className={styles['mark']}
            cx={geometry.x(index)}
            cy={geometry.y(value)}
            r={3.5}
            fill={young[index] === true ? 'var(--surface)' : colour}
            stroke={colour}
            strokeDasharray={young[index] === true ? '2 1.5' : undefined}
            onClick={() => open?.(index)}
          />
        ),
      )}
    </>
  )
}

/** A value without neighbours makes no line. */
function isAlone(values: Series['values'], index: number): boolean {
  return (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null
}
