import { type Kysely, sql } from 'kysely';
import { fillMarks } from '#src/stores/postgres/fill-marks.ts';

/** Marks under which a story is looked for, whose text an article has, who withdrew it; what happened to each reading. */
export async function createIdentity(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  await fillMarks(db.withSchema('loa'));
}

const statements = [
  `create table loa.story_marks (
    mark text not null,
    article_id text not null references loa.articles (id),
    primary key (mark, article_id)
  )`,
  `create index story_marks_of_article on loa.story_marks (article_id)`,
  `create index article_keys_of_article on loa.article_keys (article_id)`,
  `create index article_addresses_of_article on loa.article_addresses (article_id)`,
  `alter table loa.articles add column content_from text`,
  `alter table loa.articles add column withdrawn_by text`,
  `alter table loa.readings add column found_at bigint`,
  `alter table loa.readings add column held text`,
  `alter table loa.readings add column story jsonb not null default '[]'`,
  `create index readings_held on loa.readings (source_id) where held is not null`,
];
