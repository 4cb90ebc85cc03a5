// An address as people and programs give it: refused with what is wrong, or mended where it is clear what was meant.
import { z } from 'zod'
import { addressFault, mendedAddress } from '#mail/address.ts'

export const addressShape = z
  .string()
  .superRefine((text, context) => {
    const message = addressFault(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
  .overwrite((text) => mendedAddress(text) ?? text)
