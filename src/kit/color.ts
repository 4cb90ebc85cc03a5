// Colours that a company chose, and letters on them that can be read (WCAG 2.2, relative luminance).

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
