// Builds the agent and admin app into web/dist: hashed files, nothing inline, so that a strict CSP can serve it.
import { compileMessage } from '@lingui/message-utils/compileMessage'
import react from '@vitejs/plugin-react'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { buildWidget } from '../widget/build.ts'

/** Turns the ICU messages of web/words/*.ts into their compiled form, so that the browser needs no ICU parser. */
function compiledWords(): Plugin {
  return {
    name: 'compiled-words',
    async transform(_code, id) {
      if (!/\/words\/(en|de)\/[a-z-]+\.ts$/.test(id)) return null
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
      const texts = Object.keys(bundle).filter((name) => /\.(?:m?js|css|svg)$/.test(name))
      for (const name of texts) {
        const path = join(dir ?? '', name)
        await writeFile(`${path}.br`, await pack(await readFile(path)))
      }
    },
  }
}

/** What the viewer of PDFs fetches when a page asks for it, under its version: it is kept for ever like all assets. */
function pdfBeside(): Plugin {
  const from = join(import.meta.dirname, '..', 'node_modules', 'pdfjs-dist')
  return {
    name: 'pdf-beside',
    async writeBundle({ dir }) {
      const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as {
        version: string
      }
      const to = join(dir ?? '', 'assets', `pdf-${version}`)
      await cp(join(from, 'cmaps'), join(to, 'cmaps'), { recursive: true })
      for (const name of ['openjpeg_nowasm_fallback.js', 'jbig2_nowasm_fallback.js'])
        await cp(join(from, 'wasm', name), join(to, 'wasm', name))
    },
  }
}

/** What other people's pages fetch is built beside the app, by a build of its own. */
function widgetBeside(): Plugin {
  return {
    name: 'widget-beside',
    closeBundle: () => buildWidget(join(import.meta.dirname, 'dist', 'widget')),
  }
}

/** Questions go out before the rest of the app has come: its file is the page's first script. */
function earlyFirst(): Plugin {
  return {
    name: 'early-first',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const [script] = /<script[^>]*\/early-[^>]*><\/script>\s*/.exec(html) ?? []
        if (script === undefined) return html
        return html.replace(script, '').replace('<head>', `<head>${script.replace(' src', ' async src')}`)
      },
    },
  }
}

const ALWAYS_NEEDED = /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|use-sync-external-store)\//
const IDLE = /\/(Editor|dialogs|layers|Palette|Toasts|Modal)-/

export default defineConfig({
  root: import.meta.dirname,
  plugins: [layerOrder(), compiledWords(), react(), earlyFirst(), packed(), pdfBeside(), widgetBeside()],
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
    // Few files make a first page that is there soon: libraries, which change only with their versions, and all of ours it takes.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'early', test: /\/web\/wire\/early\.ts$/, priority: 2 },
            { name: 'vendor', test: ALWAYS_NEEDED, priority: 1 },
            { name: 'first', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env['DOCKET_PORT'] ?? '3000'}` } },
})
