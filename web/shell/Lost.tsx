// What is shown at an address where nothing is, and where a page broke.
import { Link } from '@tanstack/react-router'

import { Empty } from '../parts/Empty.tsx'
import { reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'

export function NotFound() {
  return (
    <main>
      <Empty title={say('page.notFound')}>
        <Link to="/">{say('page.home')}</Link>
      </Empty>
    </main>
  )
}

export function Broken({ error }: { error: unknown }) {
  return (
    <main>
      <Empty title={say('page.broken')}>
        <p>{reasonOf(error)}</p>
        <a href="/">{say('page.home')}</a>
      </Empty>
    </main>
  )
}
