// `route simulate`: the desk's own past, played again with other people.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import { simulateDesk, type Simulated } from '#desk/past/route-simulate.ts'
import type { Interval } from '#kit/statistics.ts'
import { readStaff } from '#routing/staff-store.ts'
import type { Change } from '#routing/what-if.ts'

export const routeSimulate: Command = {
  usage:
    'route simulate [--last 30d] [--away NAME]… [--skill NAME=SKILL:LEVEL]… [--capacity NAME=UNITS]… [--scale F] [--runs N] [--seed S] [--json]',
  about:
    'Plays the last days again under the desk’s routing, as it is and with a change.\nPeople away, a skill added, other room, more tickets. Each number is the middle of several runs, with where 95 % of them lie. Nothing is changed.',
  run: async (args) => {
    const { values } = readArguments(routeSimulate, args, {
      last: { type: 'string', default: '30d' },
      away: { type: 'string', multiple: true },
      skill: { type: 'string', multiple: true },
      capacity: { type: 'string', multiple: true },
      scale: { type: 'string', default: '1' },
      runs: { type: 'string', default: '12' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean' },
    })
    const days = Number(/^(\d{1,3})d$/.exec(values.last)?.[1] ?? 0)
    const [scale, runs, seed] = [Number(values.scale), Number(values.runs), Number(values.seed)]
    const wrong =
      days < 1 || !(scale > 0 && scale <= 10) || !(runs >= 1 && runs <= 200) || !Number.isInteger(seed)
    if (wrong) throw new Stop(64, `Usage: ./docket ${routeSimulate.usage}`)
    const simulated = await withDesk(async (desk) => {
      const { routing } = await desk.setup.now()
      if (routing.queues.length === 0)
        throw new Stop(65, 'This desk has no queues: there is nothing to simulate.')
      const staff = await readStaff(desk.database)
      const idOf = named('agent', staff)
      const skillOf = named('skill', routing.skills)
      const change: Change = {
        scale,
        away: (values.away ?? []).map(idOf),
        skills: (values.skill ?? []).map((text) => {
          const [, who = '', what = '', level = ''] = /^(.+)=(.+):([1-5])$/.exec(text) ?? []
          if (level === '') throw new Stop(64, `--skill ${text}: write it as "Name=Skill:3".`)
          return { agentId: idOf(who), skillId: skillOf(what), level: Number(level) }
        }),
        capacity: (values.capacity ?? []).map((text) => {
          const [, who = '', units = ''] = /^(.+)=(\d+(?:\.\d+)?)$/.exec(text) ?? []
          if (units === '') throw new Stop(64, `--capacity ${text}: write it as "Name=5".`)
          return { agentId: idOf(who), maxUnits: Number(units) }
        }),
      }
      return simulateDesk(desk, { days, change, runs, seed })
    })
    if (values.json === true) return console.log(JSON.stringify(simulated, null, 2))
    console.log(linesOf(simulated).join('\n'))
  },
}

function named(what: string, all: readonly { readonly id: number; readonly name: string }[]) {
  return (text: string): number => {
    const found = all.filter(({ name }) => name.toLowerCase() === text.trim().toLowerCase())
    const starts = all.filter(({ name }) => name.toLowerCase().startsWith(text.trim().toLowerCase()))
    const [one, ...more] = found.length > 0 ? found : starts
    if (one === undefined || more.length > 0) {
      const names = all.map(({ name }) => name).join(', ')
      throw new Stop(
        65,
        `There is ${one === undefined ? 'no' : 'more than one'} ${what} "${text}". There are: ${names}.`,
      )
    }
    return one.id
  }
}

function linesOf({ since, tickets, runs, answers, withoutQueue, ...told }: Simulated): string[] {
  const rows: readonly (readonly [string, keyof Simulated['before'], (value: number) => string])[] = [
    ['wait, half of all', 'p50WaitSeconds', hours],
    ['wait, 9 of 10', 'p90WaitSeconds', hours],
    ['wait, 99 of 100', 'p99WaitSeconds', hours],
    ['begun too late', 'breachShare', (value) => `${(value * 100).toFixed(1)} %`],
    ['Gini of the work', 'gini', (value) => value.toFixed(2)],
    ['never begun', 'left', (value) => String(Math.round(value))],
  ]
  const cell = ({ value, low, high }: Interval, say: (value: number) => string) =>
    `${say(value)} (${say(low)} – ${say(high)})`
  return [
    `${tickets} tickets since ${since.slice(0, 10)}, ${runs} runs; the pace of work from ${answers} answers.`,
    ...(withoutQueue > 0 ? [`${withoutQueue} tickets are in no queue and were left out.`] : []),
    `${''.padEnd(20)}${'as it is'.padEnd(28)}${'with the change'.padEnd(28)}${'in turn'.padEnd(28)}least loaded`,
    ...rows.map(
      ([title, name, say]) =>
        title.padEnd(20) +
        [told.before, told.after, told.inTurn, told.leastLoaded]
          .map((each) => cell(each[name], say).padEnd(28))
          .join('')
          .trimEnd(),
    ),
    'Everything after the first different assignment is assumed.',
  ]
}

function hours(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
