// What is asked of Zammad's database for its text modules and its knowledge base, as far as they are there.
import type { Entry, OldDatabase } from '#imports/old-store.ts'

/** Text modules behind a number, with the groups that they are for. */
export async function textModulesAfter(db: OldDatabase, after: number, limit: number): Promise<Entry[]> {
  if (!db.has('text_modules', 'id', 'user_id', 'name', 'content', 'active')) return []
  const groups = db.has('groups_text_modules', 'group_id', 'text_module_id')
    ? `(select array_agg(g.group_id order by g.group_id) from groups_text_modules g where g.text_module_id = t.id)`
    : 'null'
  return db.rows(
    `select t.id, t.user_id, t.name, t.content, t.active, ${groups} as groups from text_modules t
      where t.id > $1 order by t.id limit $2`,
    [after, limit],
  )
}

/** Whether there is a knowledge base. */
export function hasKnowledge(db: OldDatabase): boolean {
  return (
    db.has('knowledge_base_answers', 'id', 'category_id', 'archived_at', 'internal_at', 'published_at') &&
    db.has('knowledge_base_answer_translations', 'id', 'title', 'kb_locale_id', 'answer_id', 'content_id') &&
    db.has('knowledge_base_answer_translation_contents', 'id', 'body') &&
    db.has('knowledge_base_category_translations', 'title', 'kb_locale_id', 'category_id') &&
    db.has('knowledge_base_categories', 'id', 'parent_id', 'position') &&
    db.has('knowledge_base_locales', 'id', 'system_locale_id') &&
    db.has('locales', 'id', 'locale')
  )
}

/** Categories with their names in each language, those that stand first before; and which only some roles may read. */
export async function categoriesOf(db: OldDatabase): Promise<Entry[]> {
  const limited = db.has('knowledge_base_permissions', 'permissionable_type', 'permissionable_id')
    ? `exists (select from knowledge_base_permissions p where p.permissionable_type = 'KnowledgeBase::Category' and p.permissionable_id = c.id)`
    : 'false'
  return db.rows(
    `select c.id, c.parent_id, t.title, l.locale, ${limited} as limited from knowledge_base_categories c
      join knowledge_base_category_translations t on t.category_id = c.id
      join knowledge_base_locales k on k.id = t.kb_locale_id join locales l on l.id = k.system_locale_id
      order by c.position, c.id, t.id`,
  )
}

/** Answers, each in a language, behind a number. */
export function answersAfter(db: OldDatabase, after: number, limit: number): Promise<Entry[]> {
  const isOn =
    db.has('knowledge_bases', 'id', 'active') && db.has('knowledge_base_locales', 'knowledge_base_id')
      ? '(select w.active from knowledge_bases w where w.id = k.knowledge_base_id)'
      : 'true'
  return db.rows(
    `select t.id, ${isOn} as is_on, t.answer_id, t.title, t.created_by_id, t.created_at, t.updated_at, b.body, l.locale,
        a.category_id, a.archived_at, a.internal_at, a.published_at
      from knowledge_base_answer_translations t join knowledge_base_answers a on a.id = t.answer_id
      join knowledge_base_answer_translation_contents b on b.id = t.content_id
      join knowledge_base_locales k on k.id = t.kb_locale_id join locales l on l.id = k.system_locale_id
      where t.id > $1 order by t.id limit $2`,
    [after, limit],
  )
}

/** Files that stand beside some answers, and those that texts call by their numbers. */
export function knowledgeFilesOf(
  db: OldDatabase,
  answers: readonly number[],
  inside: readonly number[],
): Promise<Entry[]> {
  return db.rows(
    `select s.id, s.o_id, o.name as object, s.filename, s.preferences, f.sha, f.provider from stores s
      join store_objects o on o.id = s.store_object_id join store_files f on f.id = s.store_file_id
      where o.name = 'KnowledgeBase::Answer' and s.o_id = any($1)
        or o.name = 'KnowledgeBase::Answer::Translation::Content' and s.id = any($2) order by s.id`,
    [answers, inside],
  )
}
