// Two readers of address headers by other hands, against ours: what we take for an address, they must read as that and nothing else.
import addressparser from 'nodemailer/lib/addressparser'
import { addressParser } from 'postal-mime'
import { canonicalAddress, domainOf, localPartOf } from '#mail/address.ts'
import { spellings } from './addresses.ts'

type Found = { readonly address?: string | undefined; readonly group?: readonly Found[] | undefined }

const readers: Readonly<Record<string, (text: string) => readonly Found[]>> = {
  'postal-mime': (text) => addressParser(text) as readonly Found[],
  nodemailer: (text) => addressparser(text) as readonly Found[],
}

/** Compares on so many spellings; tells how many we took, and those that somebody reads as anything else. */
export function compareReaders(count: number, seed: number): { taken: number; disagreed: readonly string[] } {
  let taken = 0
  const disagreed: string[] = []
  for (const text of spellings(count, seed)) {
    const ours = canonicalAddress(text)
    if (ours === null) continue
    taken++
    for (const [name, read] of Object.entries(readers)) {
      const found = read(text).flatMap((each) => (each.group === undefined ? [each] : [...each.group, each]))
      const theirs = found.map(({ address }) => address ?? '')
      if (theirs.length !== 1 || !isSame(theirs[0] ?? '', ours))
        disagreed.push(`${name}: ${JSON.stringify(text)} is ${JSON.stringify(theirs)}, to us ${ours}`)
    }
  }
  return { taken, disagreed }
}

function isSame(theirs: string, ours: NonNullable<ReturnType<typeof canonicalAddress>>): boolean {
  const again = canonicalAddress(theirs)
  return again !== null && localPartOf(again) === localPartOf(ours) && domainOf(again) === domainOf(ours)
}
