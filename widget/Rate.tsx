// Whether it helped, once the conversation has ended: one press counts, and there is room for a word.
import { useEffect, useState } from 'preact/hooks'

import type { ChatState } from '../src/api/contract/chat.ts'
import { reasonOf } from './ask.ts'
import type { Conversation } from './conversation.ts'
import type { Words } from './words.ts'

type Question = NonNullable<ChatState['question']>
type Props = { conversation: Conversation; words: Words; question: Question; isOpen: boolean }

const scores = { 2: [5, 1], 5: [5, 4, 3, 2, 1] } as const

export function Rate({ conversation, words, question, isOpen }: Props) {
  const { scale, score, comment, isAsked } = question
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const isSeen = isOpen && document.visibilityState === 'visible'
  useEffect(() => {
    // Who has seen it has been asked, and is not asked by mail.
    if (isSeen && !isAsked) void conversation.seeQuestion().catch(() => {})
  }, [isSeen, isAsked, conversation])
  const give = (next: number, word: string) => {
    setBusy(true)
    void conversation
      .rate(next, word)
      .then(() => setProblem(null))
      .catch((error: unknown) => setProblem(reasonOf(error, words) || words.lost))
      .finally(() => setBusy(false))
  }
  return (
    <section class="rate" aria-label={words.helped}>
      <p>{words.helped}</p>
      <div class="scores">
        {scores[scale].map((each) => (
          <button
            key={each}
            type="button"
            class="plain"
            aria-pressed={each === score}
            disabled={busy}
            onClick={() => give(each, comment)}
          >
            {words.scores[scale][each]}
          </button>
        ))}
      </div>
      {score !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            give(score, String(new FormData(event.currentTarget).get('comment') ?? ''))
          }}
        >
          <p role="status">{comment === '' ? words.rated : words.ratedAll}</p>
          <textarea
            name="comment"
            aria-label={words.why}
            placeholder={words.why}
            maxLength={2_000}
            defaultValue={comment}
          />
          <button class="plain" disabled={busy}>
            {words.send}
          </button>
        </form>
      )}
      {problem !== null && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}
