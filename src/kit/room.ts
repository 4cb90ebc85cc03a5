// Room for so many bytes at once, for what strangers choose the size of.

export type Room = {
  /** Takes room, or says that there is none left. */
  readonly take: (bytes: number) => boolean
  readonly giveBack: (bytes: number) => void
}

/** Room for so many bytes. */
export function createRoom(most: number): Room {
  let left = most
  return {
    take: (bytes) => {
      if (bytes > left) return false
      left -= bytes
      return true
    },
    giveBack: (bytes) => void (left += bytes),
  }
}
