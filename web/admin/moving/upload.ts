// A file that is to be imported, on its way.
import { call } from '../../wire/call.ts'

/** Brings a file and says what it was found to be. */
export function upload<Upload>(where: string, file: FormDataEntryValue | null): Promise<Upload> {
  const body = new FormData()
  if (file !== null) body.set('file', file)
  return call<Upload>('POST', `/imports/${where}`, { body })
}
