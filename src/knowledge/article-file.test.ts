import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileAddress, filesIn, placeOfFile, withOwnPlaces } from '#knowledge/article-file.ts'

const sha256 = 'ab'.repeat(32)

test('a file has an address that bodies name, and nothing else is one', () => {
  const place = placeOfFile({ sha256, name: 'Größe & "Maß"/x.png' })
  assert.equal(fileAddress(place), place)
  for (const name of ['..', '測'.repeat(100)])
    assert.equal(placeOfFile({ sha256, name }), `/help/files/${sha256}/file`)
  for (const other of [
    `/help/files/${sha256}`,
    `//evil.example${place}`,
    `https://x.example${place}`,
    `${place}?x`,
    '/help/en/x',
  ])
    assert.equal(fileAddress(other), null, other)
  assert.deepEqual(filesIn(`<img src="${place}" alt="" /><p><a href="${place}">x</a> ${place}</p>`), [sha256])
  assert.deepEqual(filesIn(`<p>Write src="${place}" there, or href="${place}"</p>`), [])
  const whole = `<p>https://desk.example${place} <img alt="" src='https://desk.example${place}'></p>`
  assert.equal(
    withOwnPlaces(whole, 'https://desk.example/'),
    `<p>https://desk.example${place} <img alt="" src='${place}'></p>`,
  )
  assert.equal(withOwnPlaces(whole, 'https://other.example'), whole)
  assert.deepEqual(filesIn('<p>/help/files/</p><a href="/help/files/../x">x</a>'), [])
})
