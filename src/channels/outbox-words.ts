// What is noted with a mail that no other server answered, each once: the outbox writes it, screens say it in their own language.

export const ownResponses = {
  invented: 'It was to somebody of the demo or the samples, who gets no mail.',
  discarded: 'Somebody discarded it while it was kept.',
  broken: 'The connection ended before the other server answered.',
} as const
