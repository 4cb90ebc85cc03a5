// What administrators paste into pages elsewhere.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snippetOf } from './snippet.ts'

test('a title stays inside its attribute', () => {
  const snippet = snippetOf({
    url: 'https://help.example/forms/contact',
    title: 'Ask "Bo" & <script>alert(1)</script>',
  })
  assert.match(snippet, /title="Ask &#34;Bo&#34; &#38; &#60;script&#62;alert\(1\)&#60;\/script&#62;"/)
  assert.match(snippet, /<iframe src="https:\/\/help\.example\/forms\/contact\?embed"/)
  assert.match(snippet, /<script src="https:\/\/help\.example\/forms-embed\.js" async><\/script>$/)
})
