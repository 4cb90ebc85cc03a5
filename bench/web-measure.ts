// One pass through the app as an agent goes through it, with a stopwatch inside the page: from the event until what it asks for
// stands there and was painted, which is the message task after the next frame.
import type { Browser, CDPSession, Page } from 'playwright-core'
import { emailOf, PASSWORD } from '../demo/set-up.ts'
import { percentile } from './bench.ts'

export type Timings = {
  readonly lcpCold: number
  readonly lcpWarm: number
  readonly openWarmP50: number
  readonly openWarmP95: number
  readonly openColdP95: number
  readonly keyToPaintP95: number
  /** On a processor a quarter as fast: a trend, not a budget. */
  readonly keyToPaintSlowCpuP95: number
  readonly scrollFrameP95: number
  readonly scrollBlankFrames: number
  readonly domNodes: number
  readonly longTicketShown: number
  readonly longTicketLongestTask: number
  readonly searchP95: number
}

const OPENED = 20
const SCROLLED = 180

/** Measures everything once, in a browser profile of its own. `longTicket` has a thousand messages. */
export async function measure(browser: Browser, url: string, longTicket: number): Promise<Timings> {
  const page = await signedIn(browser, url)
  const lcpCold = await largestPaint(page, `${url}/inbox/all`)
  const lcpWarm = await largestPaint(page, `${url}/inbox/all`)
  await page.waitForTimeout(1_500)
  const warm = await opened(page)
  const openCold = await clicked(page)
  const keys = await moved(page)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const slowKeys = await moved(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const scrolled = await scroll(page)
  const long = await openLong(page, longTicket)
  const searched = await searches(page)
  await page.context().close()
  return {
    lcpCold,
    lcpWarm,
    openWarmP50: percentile(warm, 0.5),
    openWarmP95: percentile(warm, 0.95),
    openColdP95: percentile(openCold, 0.95),
    keyToPaintP95: percentile(keys, 0.95),
    keyToPaintSlowCpuP95: percentile(slowKeys, 0.95),
    scrollFrameP95: percentile(scrolled.frames, 0.95),
    scrollBlankFrames: scrolled.blank,
    domNodes: scrolled.nodes,
    longTicketShown: long.shown,
    longTicketLongestTask: long.longestTask,
    searchP95: percentile(searched, 0.95),
  }
}

/** The heap in MiB, swept, after so many tickets were opened one after the other. */
export async function heapAfter(browser: Browser, url: string, counts: readonly number[]): Promise<number[]> {
  const page = await signedIn(browser, url)
  const cdp = await page.context().newCDPSession(page)
  await page.goto(`${url}/inbox/all`)
  await firstRow(page)
  const heaps: number[] = []
  let open = 0
  for (const count of counts) {
    for (; open < count; open++) {
      await page.keyboard.press(open === 0 ? 'Enter' : 'j')
      await page.locator('[data-message]').first().waitFor()
      await page.waitForTimeout(40)
    }
    heaps.push(await heapOf(page, cdp))
  }
  await page.context().close()
  return heaps
}

async function heapOf(page: Page, cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const bytes = (await page.evaluate('performance.memory.usedJSHeapSize')) as number
  return bytes / 1_048_576
}

async function signedIn(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const answer = await context.request.post(`${url}/api/v1/session`, {
    // An agent as most are: no administrator, whose list of first steps would be the largest paint.
    data: { email: emailOf('Kim Tran'), password: PASSWORD },
    headers: { 'x-docket-csrf': '1', 'idempotency-key': crypto.randomUUID() },
  })
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}`)
  return context.newPage()
}

async function firstRow(page: Page): Promise<void> {
  await page.getByRole('row').first().waitFor()
  await page.waitForTimeout(300)
  await page.keyboard.press('j')
}

/** The largest contentful paint of a page, once it has been quiet for a while. */
async function largestPaint(page: Page, url: string): Promise<number> {
  await page.goto(url)
  await page.getByRole('row').first().waitFor()
  return page.evaluate(`new Promise((done) => {
    let last = 0
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) last = entry.startTime })
      .observe({ type: 'largest-contentful-paint', buffered: true })
    setTimeout(() => done(last), 800)
  })`)
}

/** Goes on with `j` to tickets that were read ahead. */
async function opened(page: Page): Promise<number[]> {
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('[data-message]').first().waitFor()
  await page.waitForTimeout(1_000)
  const times: number[] = []
  for (let n = 0; n < OPENED; n++) {
    times.push(await toPaint(page, 'keydown', shownTicket, () => page.keyboard.press('j')))
    await page.waitForTimeout(400)
  }
  return times
}

/** Clicks rows that nobody has pointed at before. */
async function clicked(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < OPENED; n++) {
    await page.evaluate(`document.querySelector('[role=grid]').parentElement.scrollTop += 700`)
    await page.waitForTimeout(500)
    const { x, y } = { x: 420, y: 400 }
    times.push(
      await toPaint(page, 'pointerdown', shownTicket, async () => {
        await page.mouse.click(x, y)
      }),
    )
    await page.waitForTimeout(300)
  }
  return times
}

/** Moves and selects in the list. */
async function moved(page: Page): Promise<number[]> {
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  const times: number[] = []
  for (let n = 0; n < OPENED; n++)
    times.push(await toPaint(page, 'keydown', 'true', () => page.keyboard.press(n % 2 === 0 ? 'x' : 'j')))
  await page.keyboard.press('Escape')
  return times
}

/** True in the page once another ticket than `before` shows a message. */
const shownTicket = `location.pathname !== before && document.querySelector('[data-message]') !== null`

/** From the event until `shown` holds and was painted. The watch is set before the event is made. */
async function toPaint(page: Page, event: string, shown: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(`void (window.__watched = new Promise((done) => {
    const before = location.pathname
    addEventListener('${event}', () => {
      const from = performance.now()
      const look = () => requestAnimationFrame(() => {
        if (!(${shown}) && performance.now() - from < 3_000) return look()
        const channel = new MessageChannel()
        channel.port1.onmessage = () => done(performance.now() - from)
        channel.port2.postMessage(0)
      })
      look()
    }, { capture: true, once: true })
  }))`)
  await act()
  return page.evaluate('window.__watched') as Promise<number>
}

/** Scrolls the list, and counts the frames in which its middle shows no row. */
function scroll(page: Page): Promise<{ frames: number[]; blank: number; nodes: number }> {
  return page.evaluate(`new Promise((done) => {
    const box = document.querySelector('[role=grid]').parentElement
    const { top, height } = box.getBoundingClientRect()
    const frames = []
    let blank = 0
    let nodes = 0
    let last = performance.now()
    const step = () => requestAnimationFrame((now) => {
      frames.push(now - last)
      last = now
      // By their places: what lies under a point is not told while a list is being scrolled.
      const middle = top + height / 2
      const rows = [...box.querySelectorAll('[role=row]')].map((row) => row.getBoundingClientRect())
      if (!rows.some((row) => row.top <= middle && row.bottom > middle)) blank++
      nodes = Math.max(nodes, document.getElementsByTagName('*').length)
      box.scrollTop += 400
      if (frames.length < ${SCROLLED}) step()
      else done({ frames: frames.slice(1), blank, nodes })
    })
    step()
  })`)
}

/** Opens the ticket of a thousand messages, and looks for tasks that would hold up a key afterwards. */
async function openLong(page: Page, ticketId: number): Promise<{ shown: number; longestTask: number }> {
  await page.evaluate(`window.__tasks = []; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.__tasks.push([entry.startTime, entry.duration])
  }).observe({ type: 'longtask' })`)
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`#${ticketId}`)
  await page.getByRole('option', { name: new RegExp(`#${ticketId} `) }).waitFor()
  const shown = await toPaint(page, 'keydown', shownTicket, () => page.keyboard.press('Enter'))
  const shownAt = (await page.evaluate('performance.now()')) as number
  await page.waitForTimeout(1_500)
  const tasks = (await page.evaluate('window.__tasks')) as [number, number][]
  return { shown, longestTask: Math.max(0, ...tasks.filter(([at]) => at >= shownAt).map(([, ms]) => ms)) }
}

/** What the server takes for a search while it is typed. */
async function searches(page: Page): Promise<number[]> {
  const texts = ['ref', 'refu', 'refund', 'inv', 'lamp status:open', 'assignee:me', 'order LL', 'dimmer']
  const times: number[] = []
  for (const text of [...texts, ...texts])
    times.push(
      await page.evaluate(async (typed) => {
        const from = performance.now()
        await (await fetch(`/api/v1/tickets?typing=true&limit=5&q=${encodeURIComponent(typed)}`)).text()
        return performance.now() - from
      }, text),
    )
  return times
}
