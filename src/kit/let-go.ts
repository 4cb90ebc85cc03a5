// Memory of large buffers, given back at once: the collector counts them late, and of forty that came one after the other several
// would lie beside each other.

/** Frees the memory behind bytes that nobody reads again. Those that share it with others are left alone. */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
