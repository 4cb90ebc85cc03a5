// What customers meet, in Firefox and in WebKit: the chat on another company's page under a strict policy, the help center, a form.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildApp } from '../support/browser.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { startHostPage, type HostPage } from '../support/host-page.ts'
import { keys, otherBrowsers } from '../support/other-browser.ts'

let desk: TestDesk
let host: HostPage
let widget: { id: number; key: string }
before(async () => {
  buildApp()
  desk = await startDesk()
  host = await startHostPage(desk.url)
  widget = (await desk.api('POST', '/widgets', { name: 'Shop', brand: 1, origins: [host.origin] })).body
})
after(async () => {
  host?.close()
  await desk?.close()
})

const inside = (selector: string) =>
  `return document.querySelector('docket-chat')?.shadowRoot.querySelector(${JSON.stringify(selector)})`
const has = (text: string) =>
  `return document.querySelector('docket-chat').shadowRoot.querySelector('[role=log]')?.textContent.includes(${JSON.stringify(text)})`
/** Runs on the host's page before anything of ours. */
const heard = `window.said = []
addEventListener('error', ({ message }) => said.push(message))
addEventListener('unhandledrejection', ({ reason }) => said.push(String(reason)))
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  blockedURI.endsWith('/favicon.ico') || said.push(violatedDirective))`

for (const { name, missing, start } of otherBrowsers)
  test(
    `${name}: a visitor writes, is answered, comes back, fits a narrow window, and sends a form with a file; nothing breaks the page’s policy`,
    {
      skip: missing,
    },
    async () => {
      const browser = await start()
      try {
        const { go, sees, run, type, press, axe, resize } = browser
        await go(host.with(widget.key, { script: heard }))
        await sees(inside('[part=opener]'))
        await press(inside('[part=opener]'))
        await sees(`${inside('textarea')} === document.querySelector('docket-chat').shadowRoot.activeElement`)
        await type(`Hello from ${name}${keys.enter}`)
        await sees(has('· Sent'))
        const ticket = async () => (await desk.api('GET', '/tickets?sort=newest&limit=1')).body.items[0]
        const { id, subject } = await until(ticket)
        assert.equal(subject, `Hello from ${name}`)
        const answer = (body: string) =>
          desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, sendAnyway: true })
        await answer('Heard at once')
        await sees(has('Heard at once'))
        await until(async () => (await desk.api('GET', `/tickets/${id}/chat`)).body.readSeq >= 2)
        await run(`${inside('textarea')}.focus()`)
        await type(
          'A line that is so long that it needs more than one row of the narrow field in which it is written',
        )
        assert.ok((await run(`${inside('textarea')}.clientHeight`)) > 60, 'the field grows')
        assert.deepEqual(await axe(), [])
        await type(keys.escape)
        await sees(
          `return document.querySelector('docket-chat').shadowRoot.activeElement?.part.contains('opener')`,
        )
        // They come back, on a window as narrow as the browser makes it.
        await resize(360, 640)
        await go(host.with(widget.key, { script: heard }))
        await sees(inside('[part=opener]'))
        await press(inside('[part=opener]'))
        await sees(has('Heard at once'))
        await answer('Heard after coming back')
        await sees(has('Heard after coming back'))
        assert.equal(await run(`return document.documentElement.scrollWidth <= innerWidth`), true)
        assert.equal(
          await run(
            `const { left, right } = ${inside('.panel').slice(7)}.getBoundingClientRect(); return left >= 0 && right <= innerWidth`,
          ),
          true,
        )
        assert.deepEqual(await run('return said'), [])
        // A form with a file, which its script sends.
        await go(`${desk.url}/forms/contact`)
        const field = (named: string) => `document.querySelector('[name=${named}]')`
        await run(`${field('email')}.value = 'ida@customer.example'
        ${field('subject')}.value = 'A form in ${name}'
        const carried = new DataTransfer()
        carried.items.add(new File(['a,b'], 'list.csv'))
        ${field('files')}.files = carried.files`)
        await press(`return ${field('message')}`)
        await type('It has a file')
        await press(`return document.querySelector('form button')`)
        await sees(`return document.querySelector('[data-sent]') !== null`)
        const sent = await ticket()
        assert.equal(sent.subject, `A form in ${name}`)
        const { items } = (await desk.api('GET', `/tickets/${sent.id}/messages`)).body
        assert.equal(items[0].attachments[0].name, 'list.csv')
      } finally {
        await browser.close()
      }
    },
  )
