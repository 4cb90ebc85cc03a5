// What the browser tests need, once for all of them: the app as built from its sources, and a Chromium, which is found or
// installed: Debian's package as root, else a build from the npm registry.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { buildApp } from '../test/support/browser.ts'
import { installedChromium, NPM_CHROMIUM } from '../test/support/chromium.ts'

if ((await installedChromium()) === null) install()
buildApp()

function install(): void {
  console.error('Installing Chromium for the browser tests (once, about a minute) …')
  const canApt = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (canApt) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env })
    const packages = [['chromium', 'chromium-headless-shell'], ['chromium']]
    // The one without a window is in newer lists only; fonts and the like come with the other.
    for (const names of packages) {
      const args = ['install', '-y', '-qq', ...names]
      if (spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0) return
    }
  }
  mkdirSync(NPM_CHROMIUM.folder, { recursive: true })
  const args = [
    'install',
    '--prefix',
    NPM_CHROMIUM.folder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    NPM_CHROMIUM.package,
  ]
  if (spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0) return
  console.error(
    'No Chromium: the browser tests cannot run. Install it ("apt-get install chromium", "brew install chromium"), ' +
      'or set CHROMIUM to its path, and run npm test again.',
  )
  process.exit(1)
}
