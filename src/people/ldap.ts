// How a directory (LDAP) is asked about its people. Its own password lies sealed beside it. It imports nothing.

export type Ldap = {
  /** `ldaps://host:port`, or `ldap://` on this machine alone. */
  readonly url: string
  /** The certificates (PEM) that vouch for the server's, where the public ones do not. */
  readonly authority: string | null
  /** As whom people are looked for; empty where the directory lets anybody look. */
  readonly bindDn: string
  readonly baseDn: string
  /** Which entry is whose; `{login}` is what they typed. */
  readonly filter: string
  /** Groups that are in groups count, too, by Active Directory's own rule. */
  readonly nestedGroups: boolean
  /** Hours between two comparisons; null compares never. */
  readonly syncHours: number | null
}
