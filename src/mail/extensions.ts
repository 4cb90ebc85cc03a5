// The ending for a file that came without a name: by its type, else by its first bytes.

const ooxml = 'application/vnd.openxmlformats-officedocument'
const office = 'application/vnd.ms'
const odf = 'application/vnd.oasis.opendocument'

const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'text/rfc822-headers': 'txt',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/markdown': 'md',
  'text/calendar': 'ics',
  'application/ics': 'ics',
  'text/csv': 'csv',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'application/json': 'json',
  'text/x-vcard': 'vcf',
  'text/vcard': 'vcf',
  'text/rtf': 'rtf',
  'application/rtf': 'rtf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/tiff': 'tif',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
  'application/x-pdf': 'pdf',
  'application/postscript': 'ps',
  'application/zip': 'zip',
  'application/x-zip-compressed': 'zip',
  'application/x-7z-compressed': '7z',
  'application/vnd.rar': 'rar',
  'application/x-rar-compressed': 'rar',
  'application/gzip': 'gz',
  'application/pkcs7-signature': 'p7s',
  'application/x-pkcs7-signature': 'p7s',
  'application/pkcs7-mime': 'p7m',
  'application/x-pkcs7-mime': 'p7m',
  'application/pgp-signature': 'asc',
  'application/pgp-keys': 'asc',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/amr': 'amr',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'application/msword': 'doc',
  'application/vnd.ms-word.document.macroenabled.12': 'docm',
  [`${office}-excel`]: 'xls',
  [`${office}-excel.sheet.macroenabled.12`]: 'xlsm',
  [`${office}-excel.sheet.binary.macroenabled.12`]: 'xlsb',
  [`${office}-powerpoint`]: 'ppt',
  [`${office}-powerpoint.presentation.macroenabled.12`]: 'pptm',
  [`${office}-outlook`]: 'msg',
  [`${office}-project`]: 'mpp',
  [`${office}-visio`]: 'vsd',
  'application/vnd.visio': 'vsd',
  'application/x-msg': 'msg',
  'application/onenote': 'one',
  [`${ooxml}.wordprocessingml.document`]: 'docx',
  [`${ooxml}.wordprocessingml.template`]: 'dotx',
  [`${ooxml}.spreadsheetml.sheet`]: 'xlsx',
  [`${ooxml}.spreadsheetml.template`]: 'xltx',
  [`${ooxml}.presentationml.presentation`]: 'pptx',
  [`${ooxml}.presentationml.slideshow`]: 'ppsx',
  [`${ooxml}.presentationml.template`]: 'potx',
  [`${odf}.text`]: 'odt',
  [`${odf}.spreadsheet`]: 'ods',
  [`${odf}.presentation`]: 'odp',
  [`${odf}.graphics`]: 'odg',
}

/** The ending that goes with a type; null for a type that says nothing. */
export function extensionOf(type: string): string | null {
  return extensions[type] ?? null
}

/** The type that goes with an ending. */
export function typeOfExtension(ending: string): string {
  const known = ending === 'jpeg' ? 'jpg' : ending
  return Object.entries(extensions).find(([, each]) => each === known)?.[0] ?? 'application/octet-stream'
}

const beginnings: readonly (readonly [string, string])[] = [
  ['%PDF-', 'pdf'],
  ['\x89PNG', 'png'],
  ['\xff\xd8\xff', 'jpg'],
  ['GIF8', 'gif'],
  ['{\\rtf', 'rtf'],
]

/** The ending that goes with a file's first bytes; `bin` when they say nothing. */
export function extensionOfBytes(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 2000)).toString('latin1')
  if (start.startsWith('PK\x03\x04')) return zipped.find(([folder]) => start.includes(folder))?.[1] ?? 'zip'
  return beginnings.find(([beginning]) => start.startsWith(beginning))?.[1] ?? 'bin'
}

// Office files are archives with a folder of their own.
const zipped = [
  ['word/', 'docx'],
  ['xl/', 'xlsx'],
  ['ppt/', 'pptx'],
] as const
