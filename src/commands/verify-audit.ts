// `verify --audit`: whether the audit log is as it was written, by its own chain and by the anchors outside of the database.
import { basename, dirname } from 'node:path'
import { Stop } from '#commands/command.ts'
import { withStore } from '#commands/with-database.ts'
import { checkAudit } from '#desk/audit-anchors.ts'
import type { AuditFault } from '#people/audit-fault.ts'

/** Looks at every entry; ends with 1 and the first that is wrong. `anchors` is a file of lines to hold the log against as well. */
export async function verifyAudit(asked: { anchors: string | undefined; json: boolean }): Promise<void> {
  const look = await withStore(({ database, secret }, { dataDir, oldSecrets }) => {
    const secrets = [secret, ...oldSecrets]
    return checkAudit(database, [
      { dataDir, secrets },
      ...(asked.anchors === undefined
        ? []
        : [{ dataDir: dirname(asked.anchors), file: basename(asked.anchors), secrets }]),
    ])
  })
  const { fault, whole, anchors } = look
  if (asked.json)
    console.log(JSON.stringify({ entries: look.entries, whole, anchors: anchors.length, fault }))
  else
    console.log(`${look.entries} entries are as they were written; ${anchors.length} anchors were looked at.`)
  if (fault !== null) throw new Stop(1, sentenceOf(fault))
  if (!asked.json) console.log(`Whole up to place ${whole.place}, hash ${whole.hash}.`)
}

function sentenceOf({ kind, place, entryId }: AuditFault): string {
  const entry = entryId === null ? `The entry at place ${place}` : `Entry ${entryId}, at place ${place},`
  switch (kind) {
    case 'altered':
      return `${entry} is not what was written there: it was altered, or changed places with another, or was put in.`
    case 'missing':
      return `${entry} is missing: it was removed.`
    case 'unchained':
      return `${entry} has no place in the chain: it was put in past Docket.`
    case 'erased':
      return `${entry} has lost its words, and no entry says that they were erased.`
    case 'cut':
      return `${entry} and what followed is not as it was: the end of the log was cut off. (A desk that was restored from a backup knows less than anchors from after it.)`
    case 'anchor':
      return `${entry} is another than an anchor knows: the log was written anew from there or before.`
    case 'unsigned':
      return `Line ${place} of the anchors is not signed by this desk. Name an earlier secret in DOCKET_OLD_SECRETS; otherwise the file was changed.`
    default:
      return kind satisfies never
  }
}
