// How fast the assistant finds among 5,000 articles and 100,000 past tickets, sorts a text, and learns from 100,000; and the same articles
// and questions in other libraries, where BENCH_PEERS names a folder that they are installed in.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { banking77, corpora, stackFaq } from './assistant.ts'
import { root, type Bench } from './bench.ts'
import { judge, learn } from '#assistant/classifier.ts'
import { findPast, pastIndexOf } from '#assistant/past.ts'
import { retrievalOf, retrieve, type Document } from '#assistant/retrieval.ts'
import { nearestRank, stream } from '#kit/statistics.ts'

const [ARTICLES, PAST, SENTENCES, ASKED] = [5_000, 100_000, 8, 400]

type Finder = (question: string) => readonly string[]
const draw = stream(3)
const pick = <Item>(some: readonly Item[]) => some[Math.floor(draw() * some.length)] as Item

export const run: Bench = async () => {
  if (!existsSync(corpora))
    return { rows: [{ name: 'retrieval', value: `skipped: ${corpora} is not here` }], results: {} }
  const said = banking77().map(({ text }) => text)
  const { documents, questions } = stackFaq()
  const others = Array.from({ length: ARTICLES - documents.length }, (_, at) => ({
    id: `other ${at}`,
    title: pick(said),
    text: Array.from({ length: SENTENCES }, () => pick(said)).join(' '),
  }))
  const all = [...documents, ...others]
  const asked = questions.slice(0, ASKED)
  const index = retrievalOf(all)
  const own = measured((text) => retrieve(index, text, 5).ranked.map(({ id }) => id), asked)
  const past = pastIndexOf(
    Array.from({ length: PAST }, (_, ticketId) => ({ ticketId, text: `${pick(said)} ${pick(said)}` })),
  )
  const both = asked.map(({ text }) => msOf(() => void [retrieve(index, text, 6), findPast(past, text, 6)]))
  const peers = peersOver(all).map(({ name, find }) => ({ name, ...measured(find, asked) }))
  const classifier = learn(banking77().filter((_, at) => at % 2 === 0))
  const sorted = said.slice(0, ASKED).map((text) => msOf(() => void judge(classifier, text)))
  const learnt = learning()
  const results = { own, peers, bothP95: p95(both), sortedP95: p95(sorted), learnt }
  const ratios = peers.map((peer) => ({
    name: `times as many questions a second as ${peer.name}`,
    value: `${(own.perSecond / peer.perSecond).toFixed(1)} (recall@1 ${peer.first.toFixed(3)}, @5 ${peer.five.toFixed(3)})`,
  }))
  return {
    rows: [
      {
        name: `of ${ARTICLES} articles: recall@1, @5`,
        value: `${own.first.toFixed(3)}, ${own.five.toFixed(3)}`,
      },
      { name: 'questions a second', value: own.perSecond.toFixed(0) },
      ...ratios,
      { name: `and among ${PAST} past tickets: ms (p95)`, value: p95(both).toFixed(1) },
      { name: 'sorting a text: ms (p95)', value: p95(sorted).toFixed(2) },
      { name: 'learning from 100,000 texts: s', value: learnt.seconds.toFixed(1) },
      { name: 'of processor: s', value: learnt.cpuSeconds.toFixed(1) },
      { name: 'at its peak: MB', value: learnt.peakMb.toFixed(0) },
    ],
    results,
  }
}

/** How often the answer asked for is first and among five, and how many questions a second, after as many to warm up. */
function measured(find: Finder, asked: readonly { readonly id: string; readonly text: string }[]) {
  const found = asked.map(({ id, text }) => find(text).indexOf(id))
  const before = process.cpuUsage()
  for (const { text } of asked) find(text)
  const { user, system } = process.cpuUsage(before)
  const share = (least: number) => found.filter((place) => place >= 0 && place < least).length / found.length
  return { first: share(1), five: share(5), perSecond: asked.length / ((user + system) / 1_000_000) }
}

/** In processor time: others may work on the same machine. */
function msOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const p95 = (times: readonly number[]) =>
  nearestRank(
    times.toSorted((a, b) => a - b),
    0.95,
  )

type Peer = { readonly name: string; readonly find: Finder }
type MiniSearch = new (options: object) => {
  addAll(documents: readonly Document[]): void
  search(text: string, options: object): readonly { id: string }[]
}
type Wink = () => {
  defineConfig(config: object): void
  definePrepTasks(tasks: readonly unknown[]): void
  addDoc(document: object, id: string): void
  consolidate(): void
  search(text: string, most: number): readonly (readonly [string, number])[]
}
type WinkUtils = Readonly<Record<'string' | 'tokens', Readonly<Record<string, unknown>>>>

/** Others over the same documents, as their manuals begin: both fields, the title counting more. */
function peersOver(all: readonly Document[]): Peer[] {
  const folder = process.env['BENCH_PEERS']
  if (folder === undefined) return []
  const load = createRequire(join(folder, 'package.json'))
  const MiniSearchClass = load('minisearch') as MiniSearch
  const mini = new MiniSearchClass({ fields: ['title', 'text'] })
  mini.addAll(all)
  const wink = (load('wink-bm25-text-search') as Wink)()
  const utils = load('wink-nlp-utils') as WinkUtils
  wink.defineConfig({ fldWeights: { title: 2, text: 1 } })
  wink.definePrepTasks([
    utils.string['lowerCase'],
    utils.string['tokenize0'],
    utils.tokens['removeWords'],
    utils.tokens['stem'],
  ])
  for (const { id, title, text } of all) wink.addDoc({ title, text }, id)
  wink.consolidate()
  return [
    {
      name: 'minisearch',
      find: (text) =>
        mini
          .search(text, { boost: { title: 2 } })
          .slice(0, 5)
          .map(({ id }) => id),
    },
    { name: 'wink-bm25-text-search', find: (text) => wink.search(text, 5).map(([id]) => id) },
  ]
}

type Learning = { readonly seconds: number; readonly cpuSeconds: number; readonly peakMb: number }

function learning(): Learning {
  // With the memory that ./docket gives itself.
  const memory = ['--max-semi-space-size=8', '--heap-growing-percent=50']
  const args = [...memory, join(root, 'bench', 'learn-many.ts')]
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`Learning failed: ${done.stderr.slice(-1_000)}`)
  return JSON.parse(done.stdout) as Learning
}
