// What a simulation found: shares with their intervals, coverage against wrong answers under the slider, each category apart.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { SimulationDetail } from '../../../src/api/contract/simulations.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { useCategories } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { attempt } from '../saving.ts'
import { SimulatedTickets } from './SimulatedTickets.tsx'

type Report = NonNullable<SimulationDetail['report']>

const FEW = 100
const percent = (share: number) => number(Math.round(share * 1000) / 10)

export function SimulationReport({ id, report }: { id: number; report: Report }) {
  const use = () =>
    void attempt(
      () => call('POST', `/assistant/simulations/${id}/use`),
      say('assistant.kept'),
      forgetAssistant,
    )
  return (
    <section>
      {report.unknown > 0 && <p role="status">{say('simulation.unknown', { n: report.unknown })}</p>}
      {report.n < FEW && <p role="status">{say('simulation.few')}</p>}
      <p className={styles['help']}>{say('simulation.proxy')}</p>
      <h2 className={styles['head']}>{say('simulation.decisions')}</h2>
      <table className={admin['table']} data-numbers>
        <thead>
          <tr>
            <th scope="col">{say('assistant.decision')}</th>
            <th scope="col" data-end>
              {say('simulation.tickets')}
            </th>
            <th scope="col" data-end>
              %
            </th>
            <th scope="col" data-end>
              {say('simulation.interval')}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.decisions.map(({ decision, n, value, low, high }) => (
            <tr key={decision}>
              <td>{sayName('assistantDecision', decision)}</td>
              <td data-end>{number(n)}</td>
              <td data-end>{percent(value)}</td>
              <td data-end>{`${percent(low)}–${percent(high)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Sorted report={report} />
      <Curve report={report} />
      <Categories report={report} />
      <Button weight="primary" onClick={use}>
        {say('simulation.measured')}
      </Button>
      <Unanswered report={report} />
      <SimulatedTickets id={id} reasons={report.reasons.map(({ reason }) => reason)} />
    </section>
  )
}

/** Each field that it would have sorted by: what it would have shown, and what it would have set. */
function Sorted({ report: { triage } }: { report: Report }) {
  if (triage.length === 0) return null
  return (
    <>
      <h2 className={styles['head']}>{say('simulation.sorted')}</h2>
      <ScrollBox label={say('simulation.sorted')} className={admin['tableBox']}>
        <table className={admin['table']} data-numbers>
          <thead>
            <tr>
              <th scope="col">{say('assistant.field')}</th>
              {[
                say('simulation.said'),
                sayName('runVerdict', 'correct'),
                say('simulation.interval'),
                say('simulation.set'),
              ].map((head) => (
                <th key={head} scope="col" data-end>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {triage.map(({ field, said, value, low, high, sure, sureRight }) => (
              <tr key={field}>
                <td>{sayName('assistantField', field)}</td>
                <td data-end>{number(said)}</td>
                <td data-end>{`${percent(value)} %`}</td>
                <td data-end>{`${percent(low)}–${percent(high)}`}</td>
                <td data-end>{sure === 0 ? '–' : `${number(sureRight)} / ${number(sure)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}

/** Both numbers move with the slider: what is covered, and what of it is wrong. */
function Curve({ report: { curve, labelled } }: { report: Report }) {
  const [place, setPlace] = useState(Math.floor(curve.length / 2))
  const point = curve[Math.min(place, curve.length - 1)]
  if (point === undefined) return null
  return (
    <div>
      <h2 className={styles['head']}>{say('simulation.labelled')}</h2>
      <input
        type="range"
        min={0}
        max={curve.length - 1}
        value={place}
        aria-label={say('simulation.alone', { percent: percent(point.from) })}
        onChange={(event) => setPlace(Number(event.target.value))}
      />
      <p>{say('simulation.alone', { percent: percent(point.from) })}</p>
      <p>
        {say('simulation.coverage', { percent: percent(point.coverage) })} ·{' '}
        {say('simulation.wrong', { wrong: point.wrong, n: point.n, bound: percent(point.bound) })} (n ={' '}
        {number(labelled)})
      </p>
    </div>
  )
}

function Categories({ report }: { report: Report }) {
  const categories = useCategories()
  return (
    <>
      <h2 className={styles['head']}>{say('simulation.byCategory')}</h2>
      <ScrollBox label={say('simulation.byCategory')} className={admin['tableBox']}>
        <table className={admin['table']} data-numbers>
          <thead>
            <tr>
              <th scope="col">{say('assistant.category')}</th>
              <th scope="col" data-end>
                {say('simulation.tickets')}
              </th>
              <th scope="col" data-end>
                {say('assistant.isJudged')}
              </th>
              <th scope="col" data-end>
                {sayName('runVerdict', 'correct')}
              </th>
              <th scope="col" data-end>
                {say('assistant.threshold')}
              </th>
              <th scope="col" data-end>
                {say('assistant.answered')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.categories.map(({ categoryId, n, labelled, right, threshold, alone }) => (
              <tr key={categoryId ?? 0}>
                <td>{categories.find((each) => each.id === categoryId)?.path ?? '–'}</td>
                <td data-end>{number(n)}</td>
                <td data-end>{number(labelled)}</td>
                <td data-end>{number(right)}</td>
                <td data-end>{threshold === null ? '–' : `${percent(threshold.from)} %`}</td>
                <td data-end>{number(alone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}

function Unanswered({ report: { unanswered } }: { report: Report }) {
  if (unanswered.length === 0) return null
  return (
    <>
      <h2 className={styles['head']}>{say('simulation.unanswered')}</h2>
      <ul>
        {unanswered.map(({ words, n, ticketIds }) => (
          <li key={words.join(' ')}>
            {words.join(', ')} ({number(n)}):{' '}
            {ticketIds.map((ticketId) => (
              <Link key={ticketId} to="/tickets/$ticketId" params={{ ticketId: String(ticketId) }}>
                #{ticketId}{' '}
              </Link>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}
