import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '#src/core/reading-identity.ts';
import { fillMarks } from '#src/stores/postgres/fill-marks.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { newArticle, sampleArticle, start } from '#tests/contracts/ledger/samples.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { toldStories } from '#tests/fakes/stories.ts';

let memory: MemoryDatabase;
beforeAll(async () => {
  memory = await openMemoryDatabase();
});
afterAll(() => memory.close());

test('articles from before there were marks are found by address, number, headline and text', async () => {
  let ids = 0;
  const { articles } = createLedger(memory.db, { newId: () => `row${ids++}` });
  const url = 'https://bao.example/cau-moi-qua-song-ky-vy-781204.html';
  const { text } = toldStories[0]!;
  const article = sampleArticle({ url, text });
  for (let n = 0; n < 3; n++) {
    const keys = { sourceId: 'portal', externalId: `guid-${n}`, canonicalUrl: null };
    const own = { ...article, url: n === 1 ? url : null, headline: n === 1 ? article.headline : `Tin khác ${n}` };
    await articles.create(newArticle(`a${n}`, { keys, article: { ...own, text: n === 1 ? text : '' } }));
  }
  await fillMarks(memory.db.withSchema('loa'));
  await fillMarks(memory.db.withSchema('loa'));

  const clues = async (change: object, found: string | null) => {
    const told = { sourceId: 'desk', externalId: 'x', found: [found] };
    const asked = identify({ ...article, url: null, ...change }, told, 'UTC', start);
    const known = await articles.candidates({ keys: asked.keys, marks: asked.clues, limit: 9 });
    return known.map(({ stored }) => stored.id);
  };
  const other = { headline: 'Một tiêu đề khác hẳn', text: '' };
  expect(await clues(other, url)).toEqual(['a1']);
  expect(await clues(other, 'https://bao.example/ten-moi-781204.html')).toEqual(['a1']);
  expect(await clues({ text: '' }, null)).toEqual(['a1']);
  expect(await clues({ headline: other.headline }, null)).toEqual(['a1']);
  expect(await clues(other, null)).toEqual([]);
});
