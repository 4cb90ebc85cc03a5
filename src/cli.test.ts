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

test('a word that begins several commands lists those', async () => {
  const usagesOf = async (...words: string[]) =>
    (await output(words, process.env)).split('\n').filter((line) => line.startsWith('  ./docket '))
  const family = await usagesOf('import')
  assert.ok(
    family.length > 10 && family.every((line) => line.startsWith('  ./docket import ')),
    family.join(),
  )
  assert.deepEqual(await usagesOf('import', '--help'), family)
  assert.deepEqual(await usagesOf('help', 'import'), family)
  await assert.rejects(output(['import', 'pigeon'], process.env), /ended with 64/)
})
