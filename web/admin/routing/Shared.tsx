// How evenly and how fairly work went out. Who did how much is shown to those who lead, and nowhere else.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { RoutingReport } from '../../../src/api/contract/routing.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Explained } from '../../parts/Explained.tsx'
import { decimal, languageName, number } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { useQueues, useSkills, useStaff } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Page } from '../Page.tsx'
import styles from './routing.module.css'

const SPANS = [7, 30, 90] as const

export function Shared() {
  const [days, setDays] = useState<number>(30)
  const query = useQuery({
    queryKey: ['waiting', 'report', days],
    queryFn: () => call<RoutingReport>('GET', '/reports/routing', { query: { days } }),
  })
  return (
    <Page title={say('admin.sharedWork')} about={say('shared.about')}>
      <p className={admin['filters']}>
        {SPANS.map((span) => (
          <Button key={span} aria-pressed={span === days} onClick={() => setDays(span)}>
            {say('shared.days', { days: span })}
          </Button>
        ))}
      </p>
      <Arrived query={query} rows={6} height={40}>
        {(data) => (data.decisions === 0 ? <Empty title={say('shared.empty')} /> : <Told report={data} />)}
      </Arrived>
    </Page>
  )
}

const percent = (share: number) => `${Math.round(share * 100)} %`
const rate = (value: number) => number(Math.round(value * 100) / 100)

type Fact = 'gini' | 'perHour' | 'ways' | 'cherry' | 'offers' | 'over' | 'relaxed' | 'night' | 'unroutable'

function Told({ report }: { report: RoutingReport }) {
  const { shares, gini, perHour, offers } = report
  const facts: readonly (readonly [Fact, string])[] = [
    ['gini', giniWords(gini)],
    [
      'perHour',
      say('shared.perHourIs', {
        median: rate(perHour.median),
        least: rate(perHour.least),
        most: rate(perHour.most),
      }),
    ],
    [
      'ways',
      say('shared.waysAre', {
        assigned: percent(shares.assigned),
        offered: percent(shares.offered),
        taken: percent(shares.taken),
        given: percent(shares.given),
      }),
    ],
    ['cherry', percent(report.cherryPickShare)],
    [
      'offers',
      offers.all === 0
        ? '–'
        : say('shared.offersAre', {
            declined: percent(offers.declined / offers.all),
            expired: percent(offers.expired / offers.all),
          }),
    ],
    ['over', number(report.overCapacity)],
    ['relaxed', percent(report.relaxedShare)],
    ['night', percent(report.nightShare)],
    ['unroutable', number(report.unroutable)],
  ]
  return (
    <>
      <Findings report={report} />
      <dl className={styles['numbers']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Explained word={say(`shared.${name}`)} meaning={say(`sharedMeans.${name}`)} />
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Waits waits={report.waits} />
      {report.skills.length > 0 && <BySkill skills={report.skills} />}
      {report.agents !== null && <ByAgent agents={report.agents} />}
    </>
  )
}

/** So much more than the middle is more than one's share. */
const MORE = 1.25
/** Of fewer nothing is said. */
const FEWEST = 10

/** What the numbers say: who does more than their share, and who waits longest. */
function Findings({ report: { agents, perHour, waits } }: { report: RoutingReport }) {
  const staff = useStaff()
  const nameOf = useWaitName()
  const over = (agents ?? [])
    .filter(
      ({ units, perHour: own }) =>
        units >= FEWEST && perHour.median > 0 && (own ?? 0) > perHour.median * MORE,
    )
    .toSorted((a, b) => (b.perHour ?? 0) - (a.perHour ?? 0))
    .slice(0, 3)
  const slowest = waits
    .filter(({ by, count }) => (by === 'queue' || by === 'priority') && count >= FEWEST)
    .toSorted((a, b) => b.p90 - a.p90)[0]
  return (
    <ul className={styles['findings']}>
      {over.map(({ agentId, perHour: own, units, onlineHours }) => (
        <li key={agentId}>
          {say('shared.more', {
            name: staff.find(({ id }) => id === agentId)?.name ?? `#${agentId}`,
            times: rate((own ?? 0) / perHour.median),
            units: rate(units),
            hours: rate(onlineHours),
          })}
        </li>
      ))}
      {agents !== null && over.length === 0 && <li>{say('shared.even')}</li>}
      {slowest && (
        <li>
          {say('shared.waitsMost', {
            what: `${sayName('sharedBy', slowest.by)}: ${nameOf(slowest)}`,
            length: length(slowest.p90),
            count: number(slowest.count),
          })}
        </li>
      )}
    </ul>
  )
}

function useWaitName() {
  const queues = useQueues()
  return ({ by, key }: RoutingReport['waits'][number]) => {
    if (by === 'queue') return queues.find(({ id }) => String(id) === key)?.title ?? key
    if (by === 'priority') return sayName('priority', key)
    if (by === 'lane') return say(key === '0' ? 'shared.laneNormal' : 'shared.laneFirst')
    if (by === 'channel') return sayName('channel', key)
    if (by === 'tier') return key === 'none' ? say('shared.tierNone') : sayName('sharedTier', key)
    if (by === 'language') return key === 'unknown' ? say('shared.languageUnknown') : languageName(key)
    return say('shared.all')
  }
}

function Waits({ waits }: { waits: RoutingReport['waits'] }) {
  const nameOf = useWaitName()
  return (
    <ScrollBox label={say('shared.waits')} className={admin['tableBox']}>
      <table className={`${admin['table']} ${styles['figures']}`} data-numbers>
        <caption className={styles['caption']}>{say('shared.waits')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('shared.by')}</th>
            <th scope="col">{say('shared.what')}</th>
            <th scope="col" data-end>
              {say('shared.count')}
            </th>
            <th scope="col" data-end>
              <Explained word={say('shared.p50')} meaning={say('sharedMeans.p50')} />
            </th>
            <th scope="col" data-end>
              {say('shared.p90')}
            </th>
            <th scope="col" data-end>
              {say('shared.p99')}
            </th>
          </tr>
        </thead>
        <tbody>
          {waits.map((row) => (
            <tr key={`${row.by} ${row.key}`}>
              <td>{row.by === 'all' ? '' : say(`sharedBy.${row.by}`)}</td>
              <td>{nameOf(row)}</td>
              <td data-end>{number(row.count)}</td>
              <td data-end>{length(row.p50)}</td>
              <td data-end>{length(row.p90)}</td>
              <td data-end>{length(row.p99)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function BySkill({ skills: rows }: { skills: RoutingReport['skills'] }) {
  const skills = useSkills()
  return (
    <ScrollBox label={say('shared.bySkill')} className={admin['tableBox']}>
      <table className={`${admin['table']} ${styles['figures']}`} data-numbers>
        <caption className={styles['caption']}>
          <Explained word={say('shared.bySkill')} meaning={say('sharedMeans.bySkill')} />
        </caption>
        <thead>
          <tr>
            <th scope="col">{say('shared.skill')}</th>
            <th scope="col" data-end>
              {say('shared.agentCount')}
            </th>
            <th scope="col" data-end>
              {say('shared.perHour')}
            </th>
            <th scope="col" data-end>
              {say('shared.gini')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ skillId, agents, median, least, most, gini }) => (
            <tr key={skillId}>
              <td>{skills.find(({ id }) => id === skillId)?.name ?? `#${skillId}`}</td>
              <td data-end>{number(agents)}</td>
              <td data-end>
                {say('shared.perHourIs', { median: rate(median), least: rate(least), most: rate(most) })}
              </td>
              <td data-end>{giniWords(gini)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

const giniWords = ({ value, low, high }: RoutingReport['gini']) =>
  `${decimal(value, 2)} (${decimal(low, 2)}–${decimal(high, 2)})`

function length(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (minutes >= 2_880) return say('age.d', { n: Math.round(minutes / 1_440) })
  return minutes < 120 ? say('age.m', { n: minutes }) : say('age.h', { n: Math.round(minutes / 60) })
}

function ByAgent({ agents }: { agents: NonNullable<RoutingReport['agents']> }) {
  const staff = useStaff()
  return (
    <ScrollBox label={say('shared.agents')} className={admin['tableBox']}>
      <table className={`${admin['table']} ${styles['figures']}`} data-numbers>
        <caption className={styles['caption']}>{say('shared.agents')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('routing.agent')}</th>
            <th scope="col" data-end>
              {say('shared.units')}
            </th>
            <th scope="col" data-end>
              {say('shared.hours')}
            </th>
            <th scope="col" data-end>
              {say('shared.rate')}
            </th>
          </tr>
        </thead>
        <tbody>
          {agents.map(({ agentId, units, onlineHours, perHour }) => (
            <tr key={agentId}>
              <td>{staff.find(({ id }) => id === agentId)?.name ?? `#${agentId}`}</td>
              <td data-end>{rate(units)}</td>
              <td data-end>{rate(onlineHours)}</td>
              <td data-end>{perHour === null ? '–' : rate(perHour)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
