// A customer with a mail program: writes real mails over real SMTP, and answers as mail programs do.
import { connect } from 'node:net'
import { once } from 'node:events'

export type Letter = {
  readonly from: string
  readonly to: string
  readonly subject?: string
  readonly text?: string
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly headers?: Readonly<Record<string, string>>
}

let count = 0

/** A plain mail with the headers that mail programs set. */
export function letter(mail: Letter): Buffer {
  const { from, to, subject = 'A question', text = 'Hello, I have a question.', headers = {} } = mail
  const messageId = mail.messageId ?? `letter-${process.pid}-${++count}@customer.example`
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId}>`,
    'Date: Mon, 02 Mar 2026 09:00:00 +0000',
    ...(mail.inReplyTo === undefined
      ? []
      : [`In-Reply-To: <${mail.inReplyTo}>`, `References: <${mail.inReplyTo}>`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...text.split('\n'),
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}

type Sender = { readonly from: string; readonly to: readonly string[] }

/** Hands a mail to an SMTP server, byte by byte as it is, and returns its last answer. */
export async function post(port: number, raw: Uint8Array, envelope: Sender): Promise<string> {
  const connection = await openPost(port)
  return connection.post(raw, envelope).finally(connection.end)
}

/** A connection for mail after mail. */
export async function openPost(port: number) {
  const socket = connect(port, '127.0.0.1')
  // Otherwise each mail's last line waits 40 ms for the server's system to confirm what stands before it.
  socket.setNoDelay(true)
  const answers = lines(socket)
  const say = async (line: string) => {
    socket.write(`${line}\r\n`)
    return answer(answers)
  }
  await answer(answers)
  await say('EHLO customer.example')
  return {
    post: async (raw: Uint8Array, envelope: Sender) => {
      await say(`MAIL FROM:<${envelope.from}>`)
      for (const to of envelope.to) await say(`RCPT TO:<${to}>`)
      const ready = await say('DATA')
      if (!ready.startsWith('354')) return ready
      const text = Buffer.from(raw).toString('latin1').replace(/^\./gm, '..')
      socket.write(Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1'))
      return say('.')
    },
    // Nobody reads the farewell, and what is unread keeps a connection open.
    end: () => socket.end('QUIT\r\n', () => socket.destroy()),
  }
}

async function* lines(socket: ReturnType<typeof connect>): AsyncGenerator<string> {
  let rest = ''
  await once(socket, 'connect')
  for await (const chunk of socket) {
    rest += String(chunk)
    for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
      yield rest.slice(0, end)
      rest = rest.slice(end + 2)
    }
  }
}

async function answer(answers: AsyncGenerator<string>): Promise<string> {
  for (;;) {
    const { value, done } = await answers.next()
    if (done === true) throw new Error('The server hung up')
    if (/^\d{3} /.test(value)) return value
  }
}
