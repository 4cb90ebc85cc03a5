// A count the way the desk shows it: exact, or "1k+" when the server stopped counting.
import type { Count } from '../../src/api/contract/shapes.ts'
import { number } from './time.ts'

export function countText({ count, capped }: Count): string {
  if (!capped) return number(count)
  return count >= 1000 ? `${Math.floor(count / 1000)}k+` : `${number(count)}+`
}

export function Counted({ value, className }: { value: Count | undefined; className?: string | undefined }) {
  if (!value) return null
  return <span className={['tabular', className].filter(Boolean).join(' ')}>{countText(value)}</span>
}
