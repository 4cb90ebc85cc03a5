// A provider of models that speaks the three wire shapes, and answers as a test says: well, badly, late, or not at all.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Question = {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}
/** What it does with a question: the words of an answer, or something with the answer itself. */
export type Reaction = string | ((response: ServerResponse, question: Question) => void)

export type FakeModel = {
  readonly url: string
  readonly questions: Question[]
  /** What comes next, in this order; the last goes on. */
  readonly react: (...reactions: Reaction[]) => void
  readonly close: () => Promise<void>
}

export async function startFakeModel(): Promise<FakeModel> {
  const questions: Question[] = []
  let next: Reaction[] = ['']
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      const body = JSON.parse(sent) as Record<string, unknown>
      const question = { path: request.url ?? '', headers: request.headers, body }
      questions.push(question)
      const reaction = (next.length > 1 ? next.shift() : next[0]) ?? ''
      if (typeof reaction === 'string') answerJson(response, wireOf(question.path, reaction))
      else reaction(response, question)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    questions,
    react: (...reactions) => void (next = reactions),
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** An answer as the provider of that path gives it. */
export function wireOf(
  path: string,
  words: string,
  end: 'stop' | 'length' | 'refusal' = 'stop',
  read = 5_000,
): object {
  if (path.endsWith('/api/chat'))
    return {
      model: 'fake-1',
      created_at: '2026-01-01T00:00:00Z',
      message: { role: 'assistant', content: words },
      done: true,
      done_reason: end === 'refusal' ? 'stop' : end,
      prompt_eval_count: read,
      eval_count: 40,
    }
  if (path.endsWith('/messages'))
    return {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'fake-1',
      content: [{ type: 'text', text: words }],
      stop_reason: { stop: 'end_turn', length: 'max_tokens', refusal: 'refusal' }[end],
      stop_sequence: null,
      usage: { input_tokens: read, output_tokens: 40 },
    }
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_767_225_600,
    model: 'fake-1',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: words },
        finish_reason: { stop: 'stop', length: 'length', refusal: 'content_filter' }[end],
      },
    ],
    usage: { prompt_tokens: read, completion_tokens: 40, total_tokens: read + 40 },
  }
}

export function answerJson(response: ServerResponse, body: object, status = 200, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
