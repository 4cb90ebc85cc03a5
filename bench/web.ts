// The app in a real browser over 100,000 tickets: what travels, and how long a person waits, beside the budgets of the project.
// Timings are medians of three passes and are only as good as the machine is quiet: the load stands in the result, and only the
// sizes are judged.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { buildApp } from '../test/support/browser.ts'
import { bundleSizes } from '../test/support/bundle.ts'
import { installedChromium } from '../test/support/chromium.ts'
import { median, output, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { copyTickets, lengthen } from './copies.ts'
import { heapAfter, measure, type Timings } from './web-measure.ts'

const TOLD = 2_000
const COPIES = 49
const LONG = 1_000
const PASSES = 3

/** Milliseconds on a quiet machine, unless said; `of` names the budget as the project has it. */
const budgets: Readonly<Record<keyof Timings, number>> = {
  lcpCold: 800,
  lcpWarm: 400,
  openWarmP50: 50,
  openWarmP95: 50,
  openColdP95: 100,
  keyToPaintP95: 100,
  keyToPaintSlowCpuP95: 400,
  scrollFrameP95: 33,
  scrollBlankFrames: 0,
  domNodes: 600,
  longTicketShown: 150,
  longTicketLongestTask: 50,
  searchP95: 100,
}
const sizeBudgets = { firstJs: 200, css: 25, layers: 60, editor: 75, admin: 80, automation: 80, palette: 10 }
const units: Partial<Record<keyof Timings, string>> = { scrollBlankFrames: 'frames', domNodes: 'nodes' }

export const run: Bench = async () => {
  buildApp()
  const sizes = bundleSizes()
  const over = Object.entries(sizeBudgets).filter(([part, most]) => sizes[part as keyof typeof sizes] > most)
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-web-'))
  await output(['demo', '--tickets', String(TOLD)], {
    ...process.env,
    DOCKET_DATA: dataDir,
    DOCKET_LOG: 'error',
  })
  const desk = await startBenchDesk(dataDir)
  try {
    await copyTickets(dataDir, COPIES)
    await lengthen(dataDir, TOLD, LONG)
    const { timings, passes, heap } = await inBrowser(desk)
    const load = loadavg()[0] ?? 0
    const names = Object.keys(budgets) as (keyof Timings)[]
    const rows = [
      { name: 'tickets', value: `${(TOLD * (COPIES + 1)).toLocaleString('en')}, load ${load.toFixed(1)}` },
      ...Object.entries(sizes).map(([name, size]) => ({
        name,
        value: `${size} KiB gzip${judged(name, size)}`,
      })),
      ...names.map((name) => ({
        name,
        value: `${Math.round(timings[name])} ${units[name] ?? 'ms'} (budget ${budgets[name]})`,
      })),
      {
        name: 'heap after 100 and 200 tickets',
        value: `${heap.map((mib) => mib.toFixed(0)).join(' and ')} MiB (budget 150)`,
      },
    ]
    if (over.length > 0) console.error(`  Over their budget: ${over.map(([part]) => part).join(', ')}`)
    const quiet = load <= 1.5
    return {
      rows,
      results: { sizes, within: over.length === 0, timings, passes, heap, load, quiet, budgets },
    }
  } finally {
    await desk.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function judged(name: string, size: number): string {
  const most = sizeBudgets[name as keyof typeof sizeBudgets] as number | undefined
  if (most === undefined) return ''
  return size > most ? ` (OVER the budget of ${most})` : ` (budget ${most})`
}

async function inBrowser(desk: BenchDesk) {
  const found = await installedChromium()
  if (found === null) throw new Error('There is no Chromium')
  const args = [...found.args, '--enable-precise-memory-info']
  const browser = await chromium.launch({ executablePath: found.path, args })
  try {
    const passes: Timings[] = []
    for (let pass = 0; pass < PASSES; pass++) passes.push(await measure(browser, desk.url, TOLD))
    const timings = Object.fromEntries(
      Object.keys(budgets).map((name) => [name, median(passes.map((pass) => pass[name as keyof Timings]))]),
    ) as Timings
    return { passes, timings, heap: await heapAfter(browser, desk.url, [100, 200]) }
  } finally {
    await browser.close()
  }
}
