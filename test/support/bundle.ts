// How much of the app travels: what the first page needs, and each part that is loaded later, compressed.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './database.ts'

const assets = join(root, 'web', 'dist', 'assets')

export type Bundle = {
  /** KiB, gzip. */
  readonly firstJs: number
  /** What the first page needs, and what all pages do. */
  readonly css: number
  readonly allCss: number
  /** What opens over and beside the page: comes when idle, and is there for all that follows. */
  readonly layers: number
  /** Beyond what a ticket's page has. */
  readonly editor: number
  readonly admin: number
  readonly customers: number
  readonly automation: number
  readonly assistance: number
  readonly palette: number
  readonly reports: number
  readonly german: number
  /** What a page of somebody else fetches at once, and when a chat is wanted. */
  readonly widgetLoader: number
  readonly widgetPanel: number
}

/** Sizes of what was built. */
export function bundleSizes(): Bundle {
  const page = readFileSync(join(root, 'web', 'dist', 'index.html'), 'utf8')
  const entries = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name)
  const first = closure(entries)
  const idle = closure([...entries, ...files('layers-*.js'), ...files('Modal-*.js')])
  // The cleaner of HTML is there with the first message, before anybody writes.
  const ticket = closure([...idle, ...files('MessageItem-*.js'), ...files('purify*.js')])
  const beyond = (part: string, had = idle) => sum([...closure(files(part))].filter((name) => !had.has(name)))
  return {
    firstJs: sum([...first]),
    css: sum([...page.matchAll(/href="\/assets\/([^"]+\.css)"/g)].map(([, name = '']) => name)),
    allCss: sum(globSync('*.css', { cwd: assets })),
    layers: sum([...idle].filter((name) => !first.has(name))),
    editor: beyond('Editor-*.js', ticket),
    admin: beyond('pages-*.js'),
    customers: beyond('customers-*.js', closure([...idle, ...files('pages-*.js')])),
    automation: beyond('automation-*.js', closure([...idle, ...files('pages-*.js')])),
    assistance: beyond('assistance-*.js', closure([...idle, ...files('pages-*.js')])),
    palette: beyond('Palette-*.js'),
    reports: beyond('reporting-*.js'),
    german: sum(files('de-*.js')),
    widgetLoader: sum(['../widget/widget.js']),
    widgetPanel: sum(files('../widget/panel-*.js')),
  }
}

const files = (pattern: string) => globSync(pattern, { cwd: assets })
const sum = (names: readonly string[]) =>
  Math.round(names.reduce((all, name) => all + sizeOf(name), 0) * 10) / 10
const sizeOf = (name: string) => gzipSync(readFileSync(join(assets, name))).length / 1024

/** A file and all it imports at once, which is what a browser fetches before it runs it. */
function closure(names: readonly string[]): Set<string> {
  const found = new Set<string>()
  const waiting = [...names]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue
    found.add(name)
    const code = readFileSync(join(assets, name), 'utf8')
    for (const [, path = ''] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      waiting.push(basename(path))
  }
  return found
}
