import { type Kysely, type Selectable, sql } from 'kysely';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { PhotoStore } from '#src/stores/photos.ts';
import type { Database, PhotosTable } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull, toJson } from '#src/stores/postgres/values.ts';

/** Photo records by article and place. `loa` goes through the ledger's schema, as in all stores of this folder. */
export function createPhotoStore(loa: Kysely<Database>): PhotoStore {
  return {
    async save(record) {
      const content = {
        url: clean(record.url),
        hash: record.hash,
        width: record.width,
        height: record.height,
        renditions: toJson(record.renditions),
        card_bytes: record.cardBytes ?? null,
        words: record.words ? toJson(record.words) : null,
        failure: cleanOrNull(record.failure),
      };
      await loa
        .insertInto('photos')
        .values({ article_id: record.articleId, position: record.position, ...content })
        .onConflict((conflict) => conflict.columns(['article_id', 'position']).doUpdateSet(content))
        .execute();
    },

    async addRenditions({ articleId, position, hash }, renditions) {
      const added = sql`${toJson(renditions)}::jsonb`;
      const kept = sql`(
        select coalesce(jsonb_agg(old), '[]'::jsonb) from jsonb_array_elements(photos.renditions) old
        where not exists (
          select from jsonb_array_elements(${added}) new
          where new -> 'width' = old -> 'width' and new -> 'format' = old -> 'format'
        )
      )`;
      const result = await loa
        .updateTable('photos')
        .set({ renditions: sql`${kept} || ${added}` })
        .where('article_id', '=', articleId)
        .where('position', '=', position)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },

    async forArticles(articleIds) {
      if (articleIds.length === 0) return [];
      const rows = await loa
        .selectFrom('photos')
        .selectAll()
        .where('article_id', 'in', articleIds)
        .orderBy('article_id')
        .orderBy('position')
        .execute();
      return rows.map(toPhotoRecord);
    },

    async find(articleId, url) {
      const row = await loa
        .selectFrom('photos')
        .selectAll()
        .where('article_id', '=', articleId)
        .where('url', '=', clean(url))
        .where('hash', 'is not', null)
        .orderBy('position')
        .limit(1)
        .executeTakeFirst();
      return row ? toPhotoRecord(row) : null;
    },

    async trim(articleId, count) {
      await loa.deleteFrom('photos').where('article_id', '=', articleId).where('position', '>=', count).execute();
    },
  };
}

function toPhotoRecord(row: Selectable<PhotosTable>): PhotoRecord {
  return {
    articleId: row.article_id,
    position: row.position,
    url: row.url,
    hash: row.hash,
    width: row.width,
    height: row.height,
    renditions: row.renditions,
    ...(row.card_bytes !== null && { cardBytes: row.card_bytes }),
    ...(row.words !== null && { words: row.words }),
    failure: row.failure,
  };
}
