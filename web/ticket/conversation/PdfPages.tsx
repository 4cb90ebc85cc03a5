// The pages of a PDF, drawn here from its bytes: they are a stranger's, so no page of theirs is opened, and no script in them runs.
import { getDocument, type PDFDocumentProxy, PDFWorker, type RenderTask, version } from 'pdfjs-dist'
// oxlint-disable-next-line import/default -- its address, by Vite
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { useEffect, useRef, useState } from 'react'

import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import styles from './viewer.module.css'

/** What a page needs that is rare: fonts of East Asia, pictures of scanners. Fetched when one asks for it. */
const beside = new URL(`/assets/pdf-${version}/`, location.href).href
/** A canvas above this many pixels a side is refused by some browsers. */
const MOST_PIXELS = 4_096
const PAGES_AT_ONCE = 50

type Opened = { pdf: PDFDocumentProxy } | { problem: 'viewer.pdfLocked' | 'viewer.pdfBroken' }

export function PdfPages({ url, name, isWhole }: { url: string; name: string; isWhole: boolean }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [shown, setShown] = useState(PAGES_AT_ONCE)
  useEffect(() => {
    const ended = new AbortController()
    // Each has its own: what is left of one document must not stand in the way of the next.
    const port = startWorker()
    const worker = PDFWorker.create({ port })
    const opening = open(url, worker, ended.signal)
    opening
      .then((pdf) => ended.signal.aborted || setOpened({ pdf }))
      .catch((error: unknown) => {
        if (ended.signal.aborted) return
        const isLocked = error instanceof Error && error.name === 'PasswordException'
        setOpened({ problem: isLocked ? 'viewer.pdfLocked' : 'viewer.pdfBroken' })
      })
    return () => {
      ended.abort()
      void opening
        .then((pdf) => pdf.loadingTask.destroy())
        .catch(() => undefined)
        .finally(() => {
          worker.destroy()
          port.terminate()
        })
    }
  }, [url])
  if (opened === null) return <p role="status">{say('viewer.pdfOpening')}</p>
  if ('problem' in opened) return <p role="alert">{say(opened.problem)}</p>
  const { pdf } = opened
  const count = Math.min(shown, pdf.numPages)
  return (
    <div className={styles['pages']} data-whole={isWhole || undefined}>
      {Array.from({ length: count }, (_, at) => (
        <PdfPage key={`${at} ${isWhole}`} pdf={pdf} page={at + 1} name={name} />
      ))}
      {count < pdf.numPages && (
        <Button onClick={() => setShown(shown + PAGES_AT_ONCE)}>
          {say('viewer.pdfMore', { count: pdf.numPages - count })}
        </Button>
      )}
    </div>
  )
}

async function open(url: string, worker: PDFWorker, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const answer = await fetch(url, { signal })
  if (!answer.ok) throw new Error(`The file answered ${answer.status}`)
  const data = new Uint8Array(await answer.arrayBuffer())
  return getDocument({
    data,
    worker,
    cMapUrl: `${beside}cmaps/`,
    wasmUrl: `${beside}wasm/`,
    // The page's policy lets none run; the same decoders come as plain script.
    useWasm: false,
    enableXfa: false,
    maxImageSize: MOST_PIXELS * MOST_PIXELS,
  }).promise
}

type Policies = {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => Policy
}
type Policy = { createScriptURL: (url: string) => string }

let policy: Policy | undefined

/** Where the browser asks for it, the address of the worker is said to be ours; a policy can be made once. */
function startWorker(): Worker {
  const { trustedTypes } = window as { trustedTypes?: Policies }
  policy ??= trustedTypes?.createPolicy('docket-pdf', { createScriptURL: () => workerUrl })
  return new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module' })
}

type PageProps = { pdf: PDFDocumentProxy; page: number; name: string }

/** One page, drawn while it is near; its words stand beside it for who does not see it. */
function PdfPage({ pdf, page, name }: PageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    const on = canvas.current
    if (on === null) return
    let isNear = false
    let running: RenderTask | null = null
    // One after the other: a canvas is drawn on once at a time.
    let turn: Promise<unknown> = Promise.resolve()
    const next = async () => {
      // A long document drawn whole would fill the memory: what is far is let go, and drawn again.
      if (!isNear) on.width = 0
      else
        setWords(
          await draw(
            pdf,
            page,
            on,
            () => isNear,
            (task) => (running = task),
          ),
        )
    }
    const near = new IntersectionObserver(
      (entries) => {
        isNear = entries.at(-1)?.isIntersecting === true
        if (!isNear) running?.cancel()
        turn = turn.then(next).catch(() => undefined)
      },
      { rootMargin: '1200px', scrollMargin: '1200px' },
    )
    near.observe(on)
    return () => {
      near.disconnect()
      isNear = false
      running?.cancel()
    }
  }, [pdf, page])
  return (
    <figure className={styles['page']}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={say('viewer.pdfPage', { name, page, count: pdf.numPages })}
      />
      <figcaption className="unseen">{words}</figcaption>
    </figure>
  )
}

/** Draws a page as wide as its canvas stands, while that is wanted; the answer is its text. */
async function draw(
  pdf: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  isWanted: () => boolean,
  onBegun: (task: RenderTask) => void,
): Promise<string> {
  const page = await pdf.getPage(number)
  const natural = page.getViewport({ scale: 1 })
  canvas.style.aspectRatio = `${natural.width} / ${natural.height}`
  const wanted = (canvas.clientWidth * devicePixelRatio) / natural.width
  const scale = Math.min(wanted, MOST_PIXELS / Math.max(natural.width, natural.height))
  const viewport = page.getViewport({ scale })
  if (isWanted() && canvas.width !== Math.floor(viewport.width)) {
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    const task = page.render({ canvas, viewport })
    onBegun(task)
    try {
      await task.promise
    } catch (error) {
      // Half of it is none: it is drawn when it is near again.
      canvas.width = 0
      throw error
    }
  }
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? item.str : '')).join(' ')
}
