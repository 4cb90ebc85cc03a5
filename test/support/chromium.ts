// Which Chromium the browser tests drive.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A headless build that the npm registry carries whole, for machines where nobody may install packages. */
export const NPM_CHROMIUM = {
  package: '@sparticuz/chromium@153.0.0',
  folder: join(root, 'node_modules', '.cache', 'chromium'),
}

/** The build without a window first: each page of the other carries the browser's own along. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The path and the flags of a Chromium that is there, or null. */
export async function installedChromium(): Promise<{ path: string; args: readonly string[] } | null> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-sync',
  ]
  const place = PLACES.find((path) => path !== undefined && existsSync(path))
  if (place !== undefined) return { path: place, args }
  const module = join(
    NPM_CHROMIUM.folder,
    'node_modules',
    '@sparticuz',
    'chromium',
    'build',
    'esm',
    'index.js',
  )
  if (!existsSync(module)) return null
  const { default: chromium } = (await import(module)) as {
    default: { executablePath: () => Promise<string>; args: readonly string[] }
  }
  return { path: await chromium.executablePath(), args: [...args, '--headless', '--single-process'] }
}
