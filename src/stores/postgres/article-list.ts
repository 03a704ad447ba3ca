import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { StoredArticle } from '#src/core/article.ts';
import type { Only } from '#src/core/settings.ts';
import type { ArticleQuery } from '#src/stores/articles.ts';
import { articleColumns, toStoredArticle } from '#src/stores/postgres/article-rows.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { fold } from '#src/stores/postgres/values.ts';

type Filter = Omit<ArticleQuery, 'limit' | 'offset'>;
type Tables = ExpressionBuilder<Database, 'articles' | 'revisions'>;

/** Newest publication first. With `ready`, each as of its ready revision. */
export async function listArticles(loa: Kysely<Database>, query: ArticleQuery): Promise<StoredArticle[]> {
  const rows = await ordered(loa, query).select(articleColumns).execute();
  return rows.map(toStoredArticle);
}

/** Their ids alone. */
export async function listArticleIds(loa: Kysely<Database>, query: ArticleQuery): Promise<string[]> {
  const rows = await ordered(loa, query).select('articles.id').execute();
  return rows.map(({ id }) => id);
}

/** How many `listArticles` would give without a limit. */
export async function countArticles(loa: Kysely<Database>, filter: Filter): Promise<number> {
  const row = await filtered(loa, filter)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function ordered(loa: Kysely<Database>, query: ArticleQuery) {
  return filtered(loa, query)
    .orderBy(query.ready ? 'ready_sort_at' : 'sort_at', 'desc')
    .orderBy('first_seen_at', 'desc')
    .orderBy('id')
    .limit(query.limit)
    .offset(query.offset ?? 0);
}

function filtered(loa: Kysely<Database>, { state, only, ready }: Filter) {
  return loa
    .selectFrom('articles')
    .innerJoin('revisions', (join) =>
      join
        .onRef('revisions.article_id', '=', 'articles.id')
        .onRef('revisions.revision', '=', ready ? 'articles.ready_revision' : 'articles.revision'),
    )
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'live'))
    .$if(ready === true, (query) => query.where('state', '=', 'live').where('ready_revision', '>', 0))
    .$if(Boolean(only), (query) => query.where((eb) => passes(eb, only ?? {})));
}

/** As `matches` in the core says it: every list that is given must meet, and none of `not` may. */
function passes(eb: Tables, only: Only): Expression<SqlBool> {
  const wanted = keys.flatMap((key) => (only[key] ? [meets(eb, key, only[key])] : []));
  const refused = keys.flatMap((key) => (only.not?.[key] ? [meets(eb, key, only.not[key])] : []));
  return eb.and([...wanted, ...refused.map((met) => sql<boolean>`(${met}) is not true`)]);
}

const keys = ['section', 'tag', 'source', 'language'] as const;

function meets(eb: Tables, key: (typeof keys)[number], values: string[]): Expression<SqlBool> {
  const folded = values.map(fold);
  switch (key) {
    case 'section':
      return sql<boolean>`${eb.ref('section_key')} = any(${folded}::text[])`;
    case 'tag':
      return sql<boolean>`jsonb_exists_any(${eb.ref('tag_keys')}, ${folded}::text[])`;
    case 'source':
      return sql<boolean>`lower(${eb.ref('source_id')}) = any(${folded}::text[])`;
    case 'language':
      return eb.or(
        folded.map((value) =>
          eb.or([eb('language_key', '=', value), sql<boolean>`starts_with(${eb.ref('language_key')}, ${`${value}-`})`]),
        ),
      );
  }
}
