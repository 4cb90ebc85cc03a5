// How hard the small sum is that browsers work out: leading zero bits of the digest. Some thousand tries, well under a second.
export const PUZZLE_BITS = 14
