/** Whom a page names as the authors of its article. */
import { type JsonObject, listOf, textOfValue } from '#src/articles/json-ld.ts';
import { markedAuthors } from '#src/articles/marked.ts';
import { metaContents, selected } from '#src/articles/meta-tags.ts';
import type { HtmlDocument } from '#src/markup/html.ts';

/** Names as they stand in the first place that names anybody. */
export function authorsOf(
  document: HtmlDocument,
  data: JsonObject,
  selectors: readonly string[],
  isNobody: (name: string) => boolean,
): string[] {
  const places = [
    () => [...listOf(data['author']), ...listOf(data['creator'])].flatMap((author) => textOfValue(author) ?? []),
    () =>
      metaContents(document, [
        'article:author',
        'author',
        'byl',
        'dc.creator',
        'parsely-author',
        'sailthru.author',
        'twitter:creator',
      ]),
    () => markedAuthors(document),
    () => {
      const printed = selected(document, selectors);
      return printed === null ? [] : [printed];
    },
  ];
  for (const place of places) {
    const names = place().filter((name) => !/^(?:https?:|@)/i.test(name) && !isNobody(name));
    if (names.length > 0) return [...new Set(names)];
  }
  return [];
}
