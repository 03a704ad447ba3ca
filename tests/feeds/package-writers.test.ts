import { expect, test } from 'vitest';
import { atom } from '#src/feeds/atom.ts';
import { buildDocument } from '#src/feeds/document.ts';
import { jsonFeed } from '#src/feeds/json-feed.ts';
import { rss } from '#src/feeds/rss.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';
import { readXml, type XmlElement } from '#tests/fakes/read-xml.ts';
import { renderFeed } from '#tests/fakes/render-feed.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

const article = storedArticle({ headline: 'Mở lại đường đèo', url: 'https://bao.example/deo' });
const document = buildDocument({
  feed: feedSettings({ description: 'Tin trong ngày' }),
  site,
  publicUrl: 'https://loa.example',
  entries: [{ article, photos: photoRecords(article) }],
  hubs: ['https://hub.example/'],
});

document.items = document.entries.map((entry) => entry.build());

/** Every text and attribute value with the element it stands in. */
function facts(element: XmlElement): string[] {
  const own = [element.text.trim(), ...Object.values(element.attributes)].filter((value) => value !== '');
  return [...own.map((value) => `${element.name}: ${value}`), ...element.children.flatMap(facts)];
}

/** What we write in another way on purpose. */
function isOurs(fact: string): boolean {
  return (
    // Namespaces are declared as needed; an author in RSS must be a mail address, so names are dc:creator;
    /^rss: http|^author: |^docs: /.test(fact) ||
    // a category's label repeats its term, plain text needs no type;
    /^title: html|^summary: html/.test(fact) ||
    // the package prints the subtype from the file's ending, which is no MIME type.
    fact.includes('image/jpg')
  );
}

test('ours hold everything that the package writes in RSS', () => {
  const ours = facts(readXml(renderFeed(rss, document)));
  expect(facts(readXml(document.rss2())).filter((fact) => !isOurs(fact) && !ours.includes(fact))).toEqual([]);
});

test('ours hold everything that the package writes in Atom', () => {
  const ours = facts(readXml(renderFeed(atom, document)));
  expect(facts(readXml(document.atom1())).filter((fact) => !isOurs(fact) && !ours.includes(fact))).toEqual([]);
});

test('ours hold everything that the package writes in JSON Feed, in its newer version', () => {
  const ours = JSON.parse(renderFeed(jsonFeed, document));
  const { version: _, icon: __, author, items, ...top } = JSON.parse(document.json1());
  expect(ours).toMatchObject(top);
  expect(ours.authors).toContainEqual(author);
  const { author: first, ...item } = items[0];
  expect(ours.items[0]).toMatchObject(item);
  expect(ours.items[0].authors).toContainEqual(first);
});
