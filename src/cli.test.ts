import assert from 'node:assert/strict'
import { test } from 'node:test'
import { output } from '../bench/bench.ts'

test('every command can be loaded, and the list says in a whole sentence what each does', async () => {
  const lines = (await output(['help'], process.env)).split('\n')
  const usages = lines.filter((line) => line.startsWith('  ./docket '))
  const abouts = lines.filter((line) => line.startsWith('      '))
  assert.ok(usages.length > 60, `${usages.length} commands`)
  assert.equal(abouts.length, usages.length)
  assert.deepEqual(
    abouts.filter((line) => !line.endsWith('.')),
    [],
  )
})
