import type { Kysely, Selectable } from 'kysely';
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
        failure: cleanOrNull(record.failure),
      };
      await loa
        .insertInto('photos')
        .values({ article_id: record.articleId, position: record.position, ...content })
        .onConflict((conflict) => conflict.columns(['article_id', 'position']).doUpdateSet(content))
        .execute();
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
    failure: row.failure,
  };
}
