// Whether a text may be an address, so that a button lights up. What really is one, the server says (src/mail/address.ts).
export const likeAddress = (text: string): boolean => /^[^@,;<>]+@[^\s@,;<>]+$/.test(text)
