// A small multiple: bars of one person, on the scale that all share. What they say stands beside them in words.
const [WIDTH, HEIGHT] = [120, 28]

export function Spark({ values, most }: { values: readonly number[]; most: number }) {
  const step = WIDTH / Math.max(1, values.length)
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--control)" />
      {values.map((value, index) => (
        <rect
          // A bar belongs to its place in time.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          x={index * step}
          width={Math.max(1, step - 1)}
          y={HEIGHT - 1 - (value / most) * (HEIGHT - 2)}
          height={(value / most) * (HEIGHT - 2)}
          fill="var(--accent)"
        />
      ))}
    </svg>
  )
}
