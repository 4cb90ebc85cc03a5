// What can be wrong with the audit log's chain. It imports nothing, so that the app takes it as it is.
export const auditFaults = ['altered', 'missing', 'unchained', 'erased', 'cut', 'anchor', 'unsigned'] as const
/** `entryId` is null where the entry is not there any more; of an anchor that is not ours, `place` is its line. */
export type AuditFault = {
  readonly kind: (typeof auditFaults)[number]
  readonly place: number
  readonly entryId: number | null
}
