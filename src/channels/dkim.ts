// Signs our own mail for the domain it comes from (RFC 6376).

/** The mail with its signature in front. Throws when the key cannot sign. */
export async function signMail(
  raw: Buffer,
  key: { domain: string; selector: string; privateKey: string },
): Promise<Buffer> {
  const { dkimSign } = await import('mailauth/lib/dkim/sign.js')
  const own = { signingDomain: key.domain, selector: key.selector, privateKey: key.privateKey }
  const { signatures, errors } = await dkimSign(raw, {
    ...own,
    canonicalization: 'relaxed/relaxed',
    signatureData: [own],
  })
  if (signatures === '')
    throw new Error(`The DKIM key of ${key.domain} cannot sign: ${JSON.stringify(errors)}`)
  return Buffer.concat([Buffer.from(signatures), raw])
}
