// Colours that a company chose, and letters on them that can be read (WCAG 2.2, relative luminance).

/** The grounds of pages that stand out least from letters on them, in light and in dark. */
const GROUNDS = { light: '#f1f3f5', dark: '#1f242b' } as const
/** What letters need at least (WCAG 2.2 AA). */
const LEGIBLE = 4.5
const STEPS = 100

/** A colour as it can be read on pages: itself, or the nearest on its way to black or to white. */
export function legibleOn(ground: keyof typeof GROUNDS, color: string): string {
  const end = ground === 'light' ? 0 : 255
  for (let step = 0; step < STEPS; step++) {
    const moved = [1, 3, 5].map((at) => {
      const value = parseInt(color.slice(at, at + 2), 16)
      return Math.round(value + ((end - value) * step) / STEPS)
    })
    const near = `#${moved.map((value) => value.toString(16).padStart(2, '0')).join('')}`
    if (contrast(near, GROUNDS[ground]) >= LEGIBLE) return near
  }
  return ground === 'light' ? '#000000' : '#ffffff'
}

/** How much two colours stand out from each other, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminanceOf(a), luminanceOf(b)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Black or white, whichever stands out more on a colour such as #3b5bdb: at least 4.5 to 1 on any. */
export function lettersOn(color: string): '#000' | '#fff' {
  const light = luminanceOf(color)
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? '#000' : '#fff'
}

function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(parseInt(color.slice(at, at + 2), 16)))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** A channel of sRGB as light. */
const channel = (value: number): number =>
  value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
