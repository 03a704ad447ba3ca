import type { Kysely } from 'kysely';
import { addressKey } from '#src/core/address-key.ts';
import { storyMarks, uniqueAddress } from '#src/core/identity.ts';
import { insertMarks } from '#src/stores/postgres/article-marks.ts';
import { selectArticles, toStoredArticle } from '#src/stores/postgres/article-rows.ts';
import { indexKey } from '#src/stores/postgres/values.ts';

const batch = 200;

/** For articles that have no marks, because they were written before there were any. */
export async function fillMarks(loa: Kysely<any>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await selectArticles(loa)
      .where('id', '>', after)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('story_marks').select('mark').whereRef('story_marks.article_id', '=', 'articles.id'))),
      )
      .orderBy('id')
      .limit(batch)
      .execute();
    for (const row of rows) {
      // An old backup's content may lack what articles have by now.
      const {
        id,
        url = null,
        headline = '',
        lead = '',
        text = '',
        publishedAt = null,
        firstSeenAt,
      } = toStoredArticle(row);
      const key = url === null ? null : addressKey(url);
      // The newsroom's zone is not known here; stories of these days are found by everything else.
      const day = (publishedAt ?? firstSeenAt).slice(0, 10);
      const addresses = key ? [key] : [];
      await insertMarks(loa, id, storyMarks({ addresses, headline, text: `${lead}\n${text}`, day }));
      for (const one of addresses) {
        await loa
          .insertInto('article_addresses')
          .values({ canonical_url: indexKey(uniqueAddress(one, headline, day)), article_id: id })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
