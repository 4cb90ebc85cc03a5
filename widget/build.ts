// Builds the widget's two files: the panel, named by its content and kept for ever, and the loader, which knows that name.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { build, type InlineConfig } from 'vite'

const common: InlineConfig = {
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
}

/** Writes `widget.js` and `panel-….js` into a folder. */
export async function buildWidget(outDir: string): Promise<void> {
  const output = { outDir, target: 'es2022', modulePreload: false, copyPublicDir: false } as const
  await build({
    ...common,
    build: {
      ...output,
      emptyOutDir: true,
      lib: { entry: join(import.meta.dirname, 'start.tsx'), formats: ['es'] },
      minify: 'oxc',
      rolldownOptions: { output: { entryFileNames: 'panel-[hash].js', minify: true } },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const panel = (await readdir(outDir)).find((name) => name.startsWith('panel-'))
  if (panel === undefined) throw new Error('The panel of the widget was not built')
  await build({
    ...common,
    build: {
      ...output,
      emptyOutDir: false,
      lib: { entry: join(import.meta.dirname, 'loader.ts'), formats: ['iife'], name: 'docket' },
      minify: 'oxc',
      rolldownOptions: { output: { entryFileNames: 'widget.js', minify: true } },
    },
    define: { PANEL: JSON.stringify(panel) },
  })
  const pack = promisify(brotliCompress)
  for (const name of [panel, 'widget.js'])
    await writeFile(join(outDir, `${name}.br`), await pack(await readFile(join(outDir, name))))
}
