// /sections: what the help center lists its articles under, a tree for each brand.
import { z } from 'zod'

import { articleLanguage } from './articles.ts'
import { id, pageOf } from './shapes.ts'

const names = z
  .record(articleLanguage, z.string().trim().min(1).max(100))
  .refine((given) => Object.keys(given).length > 0, 'needs a name in one language')

export const section = z.object({
  id,
  brand: id,
  parentId: id.nullable(),
  /** 0 at the top. */
  level: z.number().int(),
  /** The end of its address: /help/LANGUAGE/sections/SLUG. */
  slug: z.string(),
  names: z.record(z.string(), z.string()),
  archived: z.boolean(),
  /** Drafts and published ones that lie in it itself. */
  articles: z.number().int(),
})
export type Section = z.infer<typeof section>
/** GET /sections: all of them, each followed by what lies in it, in the order of the help center. */
export const sectionPage = pageOf(section)

/** POST /sections: the first name makes its address; it stands last among those beside it. */
export const newSection = z.strictObject({ brand: id, parentId: id.nullable().default(null), names })
export type NewSection = z.input<typeof newSection>

/** PATCH /sections/{id}. `place` is 0 for the first of those beside it. Names are given whole. */
export const sectionPatch = z.strictObject({
  parentId: id.nullable().optional(),
  names: names.optional(),
  place: z.number().int().min(0).optional(),
  archived: z.boolean().optional(),
})
export type SectionPatch = z.input<typeof sectionPatch>
