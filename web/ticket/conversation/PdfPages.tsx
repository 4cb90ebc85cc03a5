// The pages of a PDF, drawn here from its bytes: they are a stranger's, so no page of theirs is opened, and no script in them runs.
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, version } from 'pdfjs-dist'
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
    const opening = open(url, ended.signal)
    opening
      .then((pdf) => ended.signal.aborted || setOpened({ pdf }))
      .catch((error: unknown) => {
        if (ended.signal.aborted) return
        const isLocked = error instanceof Error && error.name === 'PasswordException'
        setOpened({ problem: isLocked ? 'viewer.pdfLocked' : 'viewer.pdfBroken' })
      })
    return () => {
      ended.abort()
      void opening.then((pdf) => pdf.loadingTask.destroy()).catch(() => undefined)
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

async function open(url: string, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const answer = await fetch(url, { signal })
  if (!answer.ok) throw new Error(`The file answered ${answer.status}`)
  const data = new Uint8Array(await answer.arrayBuffer())
  GlobalWorkerOptions.workerPort ??= startWorker()
  return getDocument({
    data,
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

/** Where the browser asks for it, the address of the worker is said to be ours. */
function startWorker(): Worker {
  const { trustedTypes } = window as { trustedTypes?: Policies }
  const policy = trustedTypes?.createPolicy('docket-pdf', { createScriptURL: () => workerUrl })
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
    const near = new IntersectionObserver(
      ([entry]) => {
        isNear = entry?.isIntersecting === true
        // A long document drawn whole would fill the memory: what is far is let go, and drawn again.
        if (isNear) void draw(pdf, page, on, () => isNear).then(setWords, () => undefined)
        else on.width = 0
      },
      { rootMargin: '1200px', scrollMargin: '1200px' },
    )
    near.observe(on)
    return () => near.disconnect()
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
    await page.render({ canvas, viewport }).promise
  }
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? item.str : '')).join(' ')
}
