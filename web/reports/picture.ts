// A drawn chart as a picture that stands by itself: the colours and letters of the page written into it.

/** What of a mark's look comes from the page's styles. */
const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'font-family',
  'font-size',
] as const
const MARGIN = 12
const TITLE = 28
const LEGEND = 24
/** Pixels of a PNG to one of the screen: for slides and print. */
const SHARP = 2

/** The chart as an SVG file, with its title. */
export function svgOf(chart: SVGSVGElement, title: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement
  dress(chart, copy)
  copy.querySelectorAll('[data-screen]').forEach((mark) => mark.remove())
  const { width, height } = chart.getBoundingClientRect()
  const page = getComputedStyle(document.body)
  const [ground, ink] = [plain('fill', page.getPropertyValue('background-color')), plain('fill', page.color)]
  const [wide, high] = [Math.ceil(width) + 2 * MARGIN, Math.ceil(height) + TITLE + LEGEND + 2 * MARGIN]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}">
<rect width="100%" height="100%" fill="${ground}"/>
<text x="${MARGIN}" y="${MARGIN + 16}" fill="${ink}" font-family="sans-serif" font-size="15" font-weight="600">${asXml(title)}</text>
<g transform="translate(${MARGIN} ${MARGIN + TITLE})">${textOf(copy)}</g>
<g transform="translate(${MARGIN} ${high - MARGIN - LEGEND / 2})">${legendOf(chart, ink)}</g></svg>`
}

/** Gives the marks of a copy the looks of those on the page. */
function dress(shown: Element, copy: Element): void {
  const copies = copy.querySelectorAll('*')
  shown.querySelectorAll('*').forEach((mark, index) => {
    const style = getComputedStyle(mark)
    for (const look of looks) copies[index]?.setAttribute(look, plain(look, style.getPropertyValue(look)))
    for (const gone of ['class', 'style', 'data-zero']) copies[index]?.removeAttribute(gone)
  })
}

/** What each line stands for, beside a piece of it. */
function legendOf(chart: Element, ink: string): string {
  const told = chart.parentElement?.querySelectorAll<HTMLElement>('[data-legend]') ?? []
  let x = 0
  return [...told]
    .map((each) => {
      const piece = each.querySelector('svg')
      const copy = piece?.cloneNode(true) as Element | undefined
      if (piece && copy) dress(piece, copy)
      const name = each.dataset['legend'] ?? ''
      const at = x
      // A piece, a gap, and letters of at most eight pixels.
      x += 40 + name.length * 8
      return `<g transform="translate(${at} 0)">${copy === undefined ? '' : textOf(copy)}<text x="24" y="8" fill="${ink}" font-family="sans-serif" font-size="12">${asXml(name)}</text></g>`
    })
    .join('')
}

// Not innerHTML: what HTML calls `&nbsp;` has no name in XML.
const textOf = (node: Node) => new XMLSerializer().serializeToString(node)
const asXml = (text: string) => textOf(document.createTextNode(text))

/** The same as a PNG. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * SHARP
  canvas.height = image.naturalHeight * SHARP
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(image.src)
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob === null ? fail(new Error('The picture was not drawn')) : done(blob))),
  )
}

/** Colours as every program knows them: the page's own are in a space that many do not. */
function plain(look: (typeof looks)[number], value: string): string {
  if (look === 'font-family') return 'sans-serif'
  if ((look !== 'fill' && look !== 'stroke') || value === 'none') return value
  const pixel = document.createElement('canvas').getContext('2d')
  if (pixel === null) return value
  pixel.fillStyle = value
  pixel.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data
  return alpha === 0 ? 'none' : `rgb(${red},${green},${blue})`
}
