// Builds the agent and admin app into web/dist: hashed files, nothing inline, so that a strict CSP can serve it.
import { compileMessage } from '@lingui/message-utils/compileMessage'
import react from '@vitejs/plugin-react'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** Turns the ICU messages of web/words/*.ts into their compiled form, so that the browser needs no ICU parser. */
function compiledWords(): Plugin {
  return {
    name: 'compiled-words',
    async transform(_code, id) {
      if (!/\/words\/(en|de)[a-z-]*\.ts$/.test(id)) return null
      const fresh = `${pathToFileURL(id).href}?${Date.now()}`
      const module = (await import(fresh)) as Record<string, Record<string, string>>
      const lines = Object.entries(module).map(([name, words]) => {
        const compiled = Object.entries(words).map(([key, text]) => [key, compileMessage(text)])
        return `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))})`
      })
      return { code: lines.join('\n'), map: null }
    },
  }
}

/** Style sheets arrive in any order; saying the order of layers in each keeps it fixed. */
function layerOrder(): Plugin {
  return {
    name: 'layer-order',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith('.css') ? { code: `@layer tokens, base, parts, screens;\n${code}`, map: null } : null
    },
  }
}

/** What travels is packed once, at the build, as tightly as it goes. */
function packed(): Plugin {
  const pack = promisify(brotliCompress)
  return {
    name: 'packed',
    async writeBundle({ dir }, bundle) {
      const texts = Object.keys(bundle).filter((name) => /\.(?:js|css|svg)$/.test(name))
      for (const name of texts) {
        const path = join(dir ?? '', name)
        await writeFile(`${path}.br`, await pack(await readFile(path)))
      }
    },
  }
}

const ALWAYS_NEEDED = /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|use-sync-external-store)\//
/** The many small files that the first page takes; what opens over a screen comes later. */
const BASE = new RegExp(
  [
    '/web/(wire|keys)/',
    '/web/parts/(?!layers|Modal|modal|PickList|pick\\.|menu\\.|Toasts|toasts\\.m|RuleTrace|rule-|Form|form\\.)',
    '/web/sla/(clock|ClockBadge)',
    '/web/ticket/(send|draft|lazy|Early|AttachmentList)',
    '/node_modules/lucide-react/',
  ].join('|'),
)
const IDLE = /\/(Editor|dialogs|layers|Palette|Toasts|Modal)-/

export default defineConfig({
  root: import.meta.dirname,
  plugins: [layerOrder(), compiledWords(), react(), packed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What comes when the browser is idle waits for its own imports, and leaves no links behind in the page.
      resolveDependencies: (file, needed) =>
        IDLE.test(file) ? needed.filter((each) => each.endsWith('.css')) : needed,
    },
    target: 'es2023',
    // What every screen needs compresses best as one file, and changes only with its versions.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vendor', test: ALWAYS_NEEDED },
            { name: 'base', test: BASE },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env['DOCKET_PORT'] ?? '3000'}` } },
})
