// Real peers on loopback: customers with swaks and mutt, a Postfix between them and the desk in both directions.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startDesk, until } from '../support/desk.ts'
import { startPostfix, withoutPeers } from '../support/postfix.ts'
import { startSink } from '../support/sink.ts'

/** Runs a program and gives what it said; input goes to its standard input. */
function run(
  command: string,
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; said: string }> {
  const child = spawn(command, args, { env: { ...process.env, HOME: tmpdir() } })
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  child.stdin.end(input)
  return new Promise((done) => child.once('exit', (code) => done({ code, said })))
}

test(
  'swaks and mutt write through a Postfix, are answered through it, and their replies come back to the same ticket',
  { skip: withoutPeers() },
  async (t) => {
    const customers = await startSink()
    const desk = await startDesk()
    const postfix = await startPostfix({
      'docket.localhost': desk.smtpPort,
      'customer.example': customers.port,
    })
    const folder = mkdtempSync(join(tmpdir(), 'docket-mutt-'))
    t.after(async () => {
      await desk.close()
      await postfix.close()
      await customers.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const support = 'support@docket.localhost'
    const { body } = await desk.api('GET', '/mailboxes')
    const smtp = { host: '127.0.0.1', port: postfix.port, security: 'none', user: '', auth: 'none' }
    await desk.api('PATCH', `/mailboxes/${body.items[0].id}`, { smtp })

    const swaks = await run('swaks', [
      '--server',
      '127.0.0.1',
      '--port',
      String(postfix.port),
      '--from',
      'sue@customer.example',
      '--to',
      support,
      '--header',
      'Subject: From swaks',
      '--body',
      'My parcel is late.',
      '--attach-type',
      'text/csv',
      '--attach-name',
      'order.csv',
      '--attach',
      'a;b',
    ])
    assert.equal(swaks.code, 0, swaks.said + postfix.log())
    const ticket = await until(async () => (await desk.api('GET', '/tickets?q=swaks')).body.items[0], 20_000)
    const acknowledged = await until(async () => customers.mails[0], 20_000)
    assert.equal(acknowledged.from, '')
    assert.equal(acknowledged.mail.headers.get('auto-submitted')?.[0], 'auto-replied')

    await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'It is on its way.' })
    desk.clock.pass(11)
    const reply = await until(async () => customers.mails[1], 20_000)
    const { replyTo, messageId, subject } = reply.mail
    assert.match(replyTo[0]?.email ?? '', /\+r\.\d+\./)

    // Sue answers with mutt, from a draft as mutt keeps them.
    const draft = join(folder, 'draft')
    writeFileSync(
      draft,
      `From: Sue <sue@customer.example>\nTo: ${replyTo[0]?.email}\nSubject: Re: ${subject}\nIn-Reply-To: <${messageId}>\n\nThank you, but when exactly?\n\nOn Mon, Mar 02, 2026 at 09:00:00AM +0000, Support wrote:\n> It is on its way.\n`,
    )
    const set = `set smtp_url="smtp://127.0.0.1:${postfix.port}"; set ssl_starttls=no; set ssl_force_tls=no; set copy=no; set use_from=yes; set use_envelope_from=yes; set envelope_from_address="sue@customer.example"`
    const mutt = await run('mutt', ['-n', '-F', '/dev/null', '-e', set, '-H', draft])
    assert.equal(mutt.code, 0, mutt.said)
    const messages = async () => (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body.items
    const last = await until(async () => {
      const found = await messages()
      return found.length === 3 ? found[2] : null
    }, 20_000)
    assert.equal(last.text, 'Thank you, but when exactly?')
    assert.match(last.quotedText, /It is on its way/)
    const [first] = await messages()
    assert.deepEqual(
      first.attachments.map(({ name }: { name: string }) => name),
      ['order.csv'],
    )
  },
)
