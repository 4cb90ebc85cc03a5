// `secrets rotate`: seals every stored credential again under the DOCKET_SECRET of today.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withStore } from '#commands/with-database.ts'
import { rotateSecrets } from '#channels/account-store.ts'
import { rotateHookSecrets } from '#channels/hook-store.ts'
import { rotateProofs } from '#channels/inbound-source-store.ts'
import { rotateWebhookSecrets } from '#channels/webhook-store.ts'
import { rotateLookUpSecrets } from '#assistant/look-up-store.ts'
import { rotateModelKeys } from '#assistant/provider-store.ts'
import { assertMarked } from '#desk/backup-place.ts'
import { rotateImports } from '#imports/asked.ts'
import { rotateTotpSecrets } from '#people/factor-store.ts'
import { rotateProviderSecrets } from '#people/provider-store.ts'
import { readPlan } from '#setup/backup-plan-store.ts'
import { rotateWidgetKeys } from '#setup/widget-store.ts'
import { openPlace } from '#store/backup/place.ts'
import { createSeal } from '#store/seal.ts'

/** Everything that lies sealed; what is not in this list is lost with the old secret. */
const kept = [
  rotateSecrets,
  rotateWebhookSecrets,
  rotateTotpSecrets,
  rotateProofs,
  rotateHookSecrets,
  rotateImports,
  rotateWidgetKeys,
  rotateProviderSecrets,
  rotateModelKeys,
  rotateLookUpSecrets,
]

export const secretsRotate: Command = {
  usage: 'secrets rotate [--json]',
  about:
    'Seals stored credentials under the new DOCKET_SECRET; the earlier ones stand in DOCKET_OLD_SECRETS until then.\nRun it after changing DOCKET_SECRET, then take the old secret out of the environment.',
  run: async (args) => {
    const { values } = readArguments(secretsRotate, args, { json: { type: 'boolean' } })
    const rotated = await withStore(async ({ database, secret }, config) => {
      const seal = createSeal(secret, config.oldSecrets)
      const { place } = await readPlan(database)
      // Its mark is of the secret, too.
      if (place !== '')
        await assertMarked(openPlace(place, config.s3, null), [secret, ...config.oldSecrets]).catch(
          ({ message }: Error) =>
            console.error(
              `${message}\nLeave the earlier secret in DOCKET_OLD_SECRETS until a backup was made there.`,
            ),
        )
      return database
        .transaction(async (tx) => {
          let count = 0
          for (const rotate of kept) count += await rotate(tx, seal)
          return count
        })
        .catch((error: Error) => {
          throw new Stop(78, error.message)
        })
    })
    if (values.json === true) return console.log(JSON.stringify({ rotated }))
    console.log(
      rotated === 0
        ? 'Every credential is sealed with the secret of today.'
        : `${rotated} credentials sealed anew.`,
    )
  },
}
