// Learns from 100,000 texts in a process of its own, for what it takes at its peak is the process's: started by retrieval.ts. Prints JSON.
import { constants, setPriority } from 'node:os'
import { banking77 } from './assistant.ts'
import { learnField } from '#assistant/triage.ts'
import { stream } from '#kit/statistics.ts'

const TEXTS = 100_000

if (process.argv[1]?.endsWith('learn-many.ts') === true) {
  const byLabel = [...Map.groupBy(banking77(), ({ label }) => label)]
  const draw = stream(7)
  const pick = <Item>(some: readonly Item[]) => some[Math.floor(draw() * some.length)] as Item
  const texts = Array.from({ length: TEXTS }, (_, at) => {
    const [label, examples] = pick(byLabel)
    const said = Array.from({ length: 2 + (at % 3) }, () => pick(examples).text)
    return { text: `${said.join(' ')} ${at}`, labels: [label] }
  })
  // As the desk's own thread does (reader-worker.ts).
  setPriority(0, constants.priority.PRIORITY_LOW)
  const before = process.cpuUsage()
  const beganAt = performance.now()
  const { measured } = learnField('category', texts, [])
  const { user, system } = process.cpuUsage(before)
  console.log(
    JSON.stringify({
      seconds: (performance.now() - beganAt) / 1_000,
      cpuSeconds: (user + system) / 1_000_000,
      peakMb: process.resourceUsage().maxRSS / 1_024,
      right: measured.right / measured.tested,
    }),
  )
}
