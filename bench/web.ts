// The app in a real browser over the demo's company: what travels, and how long a person waits. Timings are medians of three
// passes and are only as good as the machine is quiet: the load stands in the result.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { emailOf, PASSWORD } from '../demo/run.ts'
import { buildApp } from '../test/support/browser.ts'
import { bundleSizes } from '../test/support/bundle.ts'
import { installedChromium } from '../test/support/chromium.ts'
import { output, percentile, startBenchDesk, type Bench } from './bench.ts'

const TICKETS = 3_000
const PASSES = 3
const OPENED = 15

export const run: Bench = async () => {
  buildApp()
  const sizes = bundleSizes()
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-web-'))
  await output(['demo', '--tickets', String(TICKETS)], {
    ...process.env,
    DOCKET_DATA: dataDir,
    DOCKET_LOG: 'error',
  })
  const desk = await startBenchDesk(dataDir)
  const found = await installedChromium()
  if (found === null) throw new Error('There is no Chromium')
  const browser = await chromium.launch({ executablePath: found.path, args: [...found.args] })
  try {
    const passes: Timings[] = []
    for (let pass = 0; pass < PASSES; pass++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      passes.push(await measure(page, desk.url))
      await page.close()
    }
    const timings = Object.fromEntries(names.map((name) => [name, median(passes.map((pass) => pass[name]))]))
    const load = loadavg()[0] ?? 0
    const rows = [
      ...Object.entries(sizes).map(([name, size]) => ({ name, value: `${size} KiB gzip` })),
      ...names.map((name) => ({
        name,
        value: `${Math.round(timings[name] ?? 0)} ms (load ${load.toFixed(1)})`,
      })),
    ]
    return { rows, results: { sizes, timings, passes, load, quiet: load <= 1.5 } }
  } finally {
    await browser.close()
    await desk.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const names = [
  'listShown',
  'openWarmP50',
  'openWarmP95',
  'keyToPaintP95',
  'scrollFrameP95',
  'searchP95',
] as const
type Timings = Record<(typeof names)[number], number>

async function measure(page: Page, url: string): Promise<Timings> {
  await page.goto(url)
  await page.getByLabel('Email address').fill(emailOf('Ada Okafor'))
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('grid').waitFor()
  const startedAt = performance.now()
  await page.goto(`${url}/inbox/all`)
  await page.getByRole('row').first().waitFor()
  const listShown = performance.now() - startedAt
  await page.waitForTimeout(1_500)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1_000)
  const opened: number[] = []
  for (let n = 0; n < OPENED; n++) {
    opened.push(await keyToPaint(page, 'j', `document.querySelector('[data-message]') !== null`))
    await page.waitForTimeout(400)
  }
  await page.keyboard.press('u')
  const moved: number[] = []
  for (let n = 0; n < OPENED; n++) moved.push(await keyToPaint(page, n % 2 === 0 ? 'x' : 'j', 'true'))
  return {
    listShown,
    openWarmP50: percentile(opened, 0.5),
    openWarmP95: percentile(opened, 0.95),
    keyToPaintP95: percentile(moved, 0.95),
    scrollFrameP95: percentile(await frames(page), 0.95),
    searchP95: percentile(await searches(page), 0.95),
  }
}

/** From the key until what it asks for stands there and was painted: the frame after it has begun. */
function keyToPaint(page: Page, key: string, shown: string): Promise<number> {
  const watched = page.evaluate(`new Promise((done) => {
    addEventListener('keydown', () => {
      const from = performance.now()
      const look = () => requestAnimationFrame(() => {
        if (!(${shown})) return look()
        const channel = new MessageChannel()
        channel.port1.onmessage = () => done(performance.now() - from)
        channel.port2.postMessage(0)
      })
      look()
    }, { capture: true, once: true })
  })`) as Promise<number>
  return page
    .waitForTimeout(30)
    .then(() => page.keyboard.press(key))
    .then(() => watched)
}

/** The lengths of frames while the list is scrolled from top to bottom. */
function frames(page: Page): Promise<number[]> {
  return page.evaluate(`new Promise((done) => {
    const box = document.querySelector('[role=grid]').parentElement
    const lengths = []
    let last = performance.now()
    const step = () => requestAnimationFrame((now) => {
      lengths.push(now - last)
      last = now
      box.scrollTop += 400
      if (lengths.length < 120) step()
      else done(lengths)
    })
    step()
  })`)
}

/** What the server takes for a search while it is typed. */
async function searches(page: Page): Promise<number[]> {
  const times: number[] = []
  for (const text of [
    'ref',
    'refu',
    'refund',
    'inv',
    'lamp status:open',
    'assignee:me',
    'order LL',
    'dimmer',
  ])
    times.push(
      await page.evaluate(async (typed) => {
        const from = performance.now()
        await (await fetch(`/api/v1/tickets?typing=true&limit=5&q=${encodeURIComponent(typed)}`)).text()
        return performance.now() - from
      }, text),
    )
  return times
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
