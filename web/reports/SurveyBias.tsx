// Who answers surveys, and what satisfaction would be had everybody answered: beside each other, with how sure each is.
import { useQuery } from '@tanstack/react-query'

import type { SurveyBias as Found } from '../../src/api/contract/reports.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { finePercent, number } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { askedOf, type ReportSearch } from './search.ts'

export function SurveyBias({ search }: { search: ReportSearch }) {
  const { from, to, zone, filter } = askedOf(search)
  const asked = { from, to, zone, filter }
  const query = useQuery({
    queryKey: ['reports', 'survey-bias', asked],
    queryFn: () => call<Found>('GET', '/reports/survey-bias', { query: asked }),
  })
  return (
    <section className={styles['figure']}>
      <Head title={say('surveyBias.title')} about={say('surveyBias.about')} />
      <Arrived query={query} rows={4} height={40}>
        {(found) =>
          found.sent === 0 ? (
            <p className={styles['nothing']}>{say('surveyBias.none')}</p>
          ) : (
            <>
              <Summary found={found} />
              <Rates found={found} />
            </>
          )
        }
      </Arrived>
    </section>
  )
}

const bounded = (rate: Found['raw']) =>
  rate === null ? '–' : `${finePercent(rate.value)} (${finePercent(rate.low)} – ${finePercent(rate.high)})`

function Summary({ found: { sent, answered, raw, standardised, isRepresentative } }: { found: Found }) {
  return (
    <>
      <p className={styles['summary']}>
        <span>{say('surveyBias.answered', { answered: number(answered), sent: number(sent) })}</span>
        <span>{say('surveyBias.raw', { share: bounded(raw) })}</span>
        <span>
          {standardised === null
            ? say('surveyBias.few')
            : say('surveyBias.standardised', { share: bounded(standardised) })}
        </span>
      </p>
      {!isRepresentative && <p className={styles['hint']}>{say('surveyBias.unrepresentative')}</p>}
    </>
  )
}

function Rates({ found: { rates } }: { found: Found }) {
  return (
    <Table
      label={say('surveyBias.title')}
      head={[say('surveyBias.trait'), say('surveyBias.sent'), say('surveyBias.share')]}
      rows={rates.map(({ trait, value, name, sent, rate }) => [
        `${say(`surveyTrait.${trait}`)}: ${nameOf(trait, value, name)}`,
        number(sent),
        bounded(rate),
      ])}
    />
  )
}

function nameOf(trait: string, value: string | null, name: string | null): string {
  if (trait === 'teamId') return name ?? (value === null ? say('reports.none') : `#${value}`)
  const words = {
    channel: 'channel',
    band: 'waitBand',
    resolvedBy: 'surveyResolver',
    outcome: 'surveyOutcome',
  }
  return sayName(words[trait as keyof typeof words], value ?? '')
}
