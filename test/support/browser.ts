// A real browser on a test desk: pages of signed-in agents, what their consoles said, and axe.
import { webSources } from '#commands/web-sources.ts'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { installedChromium } from './chromium.ts'
import { root } from './database.ts'
import { startDesk, type TestDesk } from './desk.ts'

export type TestBrowser = {
  /** A page of somebody who is signed in: the list of all tickets, or what was asked for. */
  readonly newPage: (signedIn: Account, options?: PageOptions) => Promise<Page>
  /** A page of somebody from outside, who is not signed in. */
  readonly newVisitor: (options?: BrowserContextOptions) => Promise<Page>
  /** Errors of all consoles, page errors included. */
  readonly said: string[]
  readonly close: () => Promise<void>
}
type PageOptions = BrowserContextOptions & { readonly at?: string }
type Account = { readonly email: string; readonly password: string }

/** Builds the app when its sources are newer than what was built, and starts Chromium. */
export async function startBrowser(url: string): Promise<TestBrowser> {
  buildApp()
  const found = await installedChromium()
  assert.ok(found !== null, 'no Chromium')
  const browser: Browser = await chromium.launch({ executablePath: found.path, args: [...found.args] })
  const said: string[] = []
  return {
    said,
    close: () => browser.close(),
    newVisitor: async (options = {}) => (await browser.newContext(options)).newPage(),
    newPage: async ({ email, password }, { at, ...options } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'en-GB',
        ...options,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(45_000)
      page.on('console', (message) => {
        if (message.type() === 'error' && !/401|Failed to load resource|ERR_INTERNET/.test(message.text()))
          said.push(message.text())
      })
      page.on('pageerror', (error) => said.push(`${error.message}\n${error.stack ?? ''}`))
      // The API's own session, so that signing in by hand is tested once and not in every journey.
      const answer = await context.request.post(`${url}/api/v1/session`, {
        data: { email, password },
        headers: { 'x-docket-csrf': '1', 'idempotency-key': crypto.randomUUID() },
      })
      assert.equal(answer.status(), 200, 'signed in')
      await page.goto(`${url}${at ?? '/inbox/all'}`)
      if (at === undefined) await page.getByRole('grid').waitFor()
      return page
    },
  }
}

export function buildApp(): void {
  const built = Math.min(
    ...globSync('web/dist/index.html', { cwd: root }).map((path) => timeOf(path)),
    Infinity,
  )
  if (built !== Infinity && webSources(root).every((path) => timeOf(path) <= built)) return
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--config', join(root, 'web', 'vite.config.ts'), '--logLevel', 'error']
  assert.equal(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status, 0)
}

const timeOf = (path: string) => statSync(join(root, path)).mtimeMs

/**
 * What axe finds wrong on the page, by WCAG 2.2 AA, and finds again a moment later: it takes the page in pieces, so that
 * a row which fills meanwhile looks empty to it.
 */
export async function axe(page: Page): Promise<string[]> {
  const first = await look(page)
  if (first.length === 0) return first
  await page.waitForTimeout(500)
  return look(page)
}

async function look(page: Page): Promise<string[]> {
  if (!(await page.evaluate('window.axe !== undefined'))) {
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    // Through the debugger, which the page's own policy does not bind.
    await page.evaluate(source)
  }
  const { violations } = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })` as unknown as () => Promise<{
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
    }>,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`)
}

/**
 * The desk of a file's journeys with a browser on it. `prepare` takes them and readies what the journeys need; both are ended after the
 * last one, and between them what it returns is called.
 */
export function deskInBrowser(
  prepare: (started: { readonly desk: TestDesk; readonly browser: TestBrowser }) => Promise<unknown>,
  options: Parameters<typeof startDesk>[0] = {},
): void {
  let desk: TestDesk | undefined
  let browser: TestBrowser | undefined
  let end: unknown
  before(async () => {
    // A desk whose app is being built under it would serve the old one, or none.
    buildApp()
    desk = await startDesk(options)
    browser = await startBrowser(desk.config.baseUrl)
    end = await prepare({ desk, browser })
  })
  after(async () => {
    try {
      await browser?.close()
      if (typeof end === 'function') await end()
    } finally {
      await desk?.close()
    }
  })
}
