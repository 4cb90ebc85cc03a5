// Where a secret may travel in the open: on the machine itself, or within the company's own names.
import ipaddr from 'ipaddr.js'
import { declineInput } from '#api/http/problem.ts'

const NEAR: ReadonlySet<string> = new Set(['loopback', 'private', 'linkLocal', 'uniqueLocal'])

/** Refuses an address that begins with http:// where a secret would be sent far with it. */
export function refusePlain(field: string, address: string, hasSecret: boolean): void {
  const { protocol, hostname } = new URL(address)
  const bare = hostname.replace(/^\[|\]$/g, '')
  const isNear = ipaddr.isValid(bare)
    ? NEAR.has(ipaddr.process(bare).range())
    : !hostname.includes('.') || /\.(?:localhost|local|internal|lan)$/.test(hostname)
  if (hasSecret && protocol === 'http:' && !isNear)
    declineInput(field, 'must begin with https:// where a key is sent')
}
