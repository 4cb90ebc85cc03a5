// What each brand asks its customers once a ticket is resolved. Off until somebody turns it on.
import type { BrandId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type SurveySetting = {
  readonly brandId: BrandId
  readonly isOn: boolean
  /** Working time between the resolve and the question. */
  readonly delaySeconds: number
  readonly scale: 2 | 5
  /** Of a hundred tickets so many are never asked about. */
  readonly holdoutPercent: number
  /** Mailboxes whose tickets are not asked about. */
  readonly withoutMailboxes: readonly number[]
}

/** What holds for a brand that nobody has set up. */
export const defaultSurvey = {
  isOn: false,
  delaySeconds: 86_400,
  scale: 2,
  holdoutPercent: 0,
  withoutMailboxes: [],
} as const satisfies Omit<SurveySetting, 'brandId'>

const columns = sql`brand_id as "brandId", is_on as "isOn", delay_seconds as "delaySeconds", scale,
  holdout_percent as "holdoutPercent", without_mailboxes as "withoutMailboxes"`

/** What was set up, a row for each brand. */
export async function surveySettings(db: Db): Promise<SurveySetting[]> {
  return db.hot<SurveySetting>(sql`select ${columns} from survey_setting order by brand_id`)
}

/** What holds for a brand. */
export async function surveySettingOf(db: Db, brandId: BrandId): Promise<SurveySetting> {
  const row = await db.row<SurveySetting>(
    sql`select ${columns} from survey_setting where brand_id = ${brandId}`,
  )
  return row ?? { brandId, ...defaultSurvey }
}

/** Sets a brand's survey. */
export async function putSurveySetting(db: Db, setting: SurveySetting): Promise<void> {
  const { brandId, isOn, delaySeconds, scale, holdoutPercent, withoutMailboxes } = setting
  await db.rows(sql`insert into survey_setting
      (brand_id, is_on, delay_seconds, scale, holdout_percent, without_mailboxes)
    values (${brandId}, ${isOn}, ${delaySeconds}, ${scale}, ${holdoutPercent}, ${[...withoutMailboxes]}::bigint[])
    on conflict (brand_id) do update set (is_on, delay_seconds, scale, holdout_percent, without_mailboxes) =
      (excluded.is_on, excluded.delay_seconds, excluded.scale, excluded.holdout_percent, excluded.without_mailboxes)`)
}
