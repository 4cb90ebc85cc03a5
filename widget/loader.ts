// The script that a page has in it: draws the button, keeps what is called before the rest has come, and fetches that when it is wanted
// or the page has been quiet for a while. Small: every page of the company pays for it.
import { methods, type Api, type Method, type Place } from './page.ts'

declare const PANEL: string
declare global {
  interface Window {
    Docket?: Api | unknown[][]
  }
}

const IDLE_MS = 3_000

const css = `:host{all:initial}:host([hidden]){display:none}
[part=opener]{all:unset;box-sizing:border-box;position:fixed;inset-block-end:20px;inset-inline-end:20px;inline-size:56px;block-size:56px;
border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--c,#33509e);color:var(--l,#fff);
box-shadow:0 2px 12px rgb(0 0 0/.28);z-index:2147483000;border:1px solid transparent}
[part=opener]:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #1d4ed8}
[part=opener] svg{inline-size:26px;block-size:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}`

type Called = readonly [Method, ...unknown[]]

const script = document.currentScript as HTMLScriptElement
const { key = '', color, language } = script.dataset
const host = document.createElement('docket-chat')
const root = host.attachShadow({ mode: 'open' })
const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
root.adoptedStyleSheets = [sheet]
if (color) host.style.setProperty('--c', color)

const button = document.createElement('button')
button.type = 'button'
button.setAttribute('part', 'opener')
button.ariaLabel = 'Chat'
button.ariaExpanded = 'false'
const SVG = 'http://www.w3.org/2000/svg'
const icon = document.createElementNS(SVG, 'svg')
icon.setAttribute('viewBox', '0 0 24 24')
icon.setAttribute('aria-hidden', 'true')
const path = document.createElementNS(SVG, 'path')
path.setAttribute('d', 'M4 5h16v11H10l-4 4v-4H4z')
icon.append(path)
button.append(icon)
root.append(button)

const early = Array.isArray(window.Docket) ? (window.Docket as unknown as Called[]) : []
const waiting: Called[] = []
let panel: Api | null = null
let coming: Promise<void> | null = null

const run = (called: Called): unknown => {
  const [method, ...given] = called
  if (panel) return (panel[method] as (...all: unknown[]) => unknown)(...given)
  waiting.push(called)
  if (method === 'open') load()
  return () => {}
}

function load(): void {
  const place: Place = {
    url: `${new URL('.', script.src).href}api/v1/chat/${key}`,
    key,
    language: language || document.documentElement.lang || navigator.language,
    host,
    root,
    button,
  }
  coming ??= import(/* @vite-ignore */ new URL(`widget/${PANEL}`, script.src).href)
    .then(({ start }: { start: (at: Place) => Api }) => {
      panel = start(place)
      button.removeEventListener('click', open)
      waiting.splice(0).forEach(run)
    })
    .catch((error: unknown) => {
      // The next press tries again.
      coming = null
      console.warn('Docket: the chat could not be loaded.', error)
    })
}

const open = () => void run(['open'])
button.addEventListener('click', open)
const api = Object.fromEntries(
  methods.map((method) => [method, (...given: unknown[]) => run([method, ...given])]),
)
window.Docket = api as unknown as Api
early.forEach(run)
const place = () => document.body.append(host)
if (document.body) place()
else addEventListener('DOMContentLoaded', place)
setTimeout(() => (window.requestIdleCallback ?? setTimeout)(load), IDLE_MS)
