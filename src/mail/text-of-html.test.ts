import { equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { textOfHtml } from '#mail/text-of-html.ts'

test('paragraphs, lists, tables and breaks read as text', () => {
  equal(
    textOfHtml(
      '<p>Hello <b>there</b></p><p>Two<br>lines</p><ul><li>one<li>two</ul><table><tr><td>a<td>b</table>',
    ),
    'Hello there\n\nTwo\nlines\n\n- one\n- two\n\na b',
  )
})

test('scripts, styles and the head say nothing; images say what they show', () => {
  equal(
    textOfHtml('<head><title>x</title></head><style>p{}</style><script>1</script><img alt="A lamp">'),
    'A lamp',
  )
})

test('C6: HTML made to be slow is read within a second', () => {
  const begun = process.cpuUsage()
  for (const piece of ['<', '< ', '<blockquote>', '<a b="', '<!--', '&#', '<td>'])
    textOfHtml(piece.repeat(300_000))
  ok(process.cpuUsage(begun).user < 3e6, 'by the clock of the processor')
  ok(textOfHtml(`${'<div>'.repeat(10_000)}deep`).includes('deep'))
})
