// Text made safe for HTML and XML.

/** Text for HTML, in elements and in quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** Text for XML 1.0, in elements and in quoted attributes; what it has no way to say is left out. */
export function escapedXml(text: string): string {
  return escaped(sayableXml(text))
}

/** Text without what XML 1.0 has no way to say. */
export function sayableXml(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}
