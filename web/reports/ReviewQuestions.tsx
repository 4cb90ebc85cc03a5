// What reviews say question by question, and for those who write them the way to what waits.
import { Link } from '@tanstack/react-router'

import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import { Table } from './Figure.tsx'
import { tableOf } from './MeasureChart.tsx'
import { askedOf, type ReportSearch } from './search.ts'
import { useReport } from './wire.ts'

export function ReviewQuestions({ search }: { search: ReportSearch }) {
  const mayReview = useMay('ticket.review')
  const { bucket: _, ...whole } = askedOf(search)
  const asked = { ...whole, by: 'question' }
  const { data } = useReport('reviewed', asked)
  const [head, rows] = data === undefined ? [[], []] : tableOf(data, asked)
  return (
    <>
      {rows.length > 0 && data?.n !== 0 && (
        <Table label={sayName('reportField', 'question')} head={head} rows={rows} />
      )}
      {mayReview && (
        <p>
          <Link to="/reports/$board" params={{ board: 'reviews' }}>
            {say('reviews.go')}
          </Link>
        </p>
      )}
    </>
  )
}
