// The columns that every list of the assistant's work begins with: the ticket, what it came to, and the chance to be right.
import { Link } from '@tanstack/react-router'

import { outcomeWords } from '../../assistant/WhyRun.tsx'
import { say } from '../../words/say.ts'

type Row = Parameters<typeof outcomeWords>[0] & {
  ticketId: number
  subject: string | null
  pCorrect: number | null
}

export function runColumns<Listed extends Row>() {
  return [
    {
      name: say('assistant.ticket'),
      render: ({ ticketId, subject }: Listed) => (
        <Link to="/tickets/$ticketId" params={{ ticketId: String(ticketId) }}>
          #{ticketId} {subject}
        </Link>
      ),
    },
    { name: say('assistant.decision'), render: (row: Listed) => outcomeWords(row) },
    {
      name: say('assistant.chanceShort'),
      end: true,
      render: ({ pCorrect }: Listed) => (pCorrect === null ? '–' : `${Math.round(pCorrect * 100)} %`),
    },
  ]
}
