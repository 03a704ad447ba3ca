/** Names and labels of a post, out of what is embedded in it. */
import { z } from 'zod';
import { tidy } from '#src/core/text.ts';
import { htmlText } from '#src/markup/html-text.ts';
import { plainTitle } from '#src/markup/plain-title.ts';

/** More than any post has. */
const most = 200;

const named = z.union([
  z.object({ display_name: z.string() }).transform(({ display_name }) => display_name),
  z.object({ name: z.string() }).transform(({ name }) => name),
]);

/** One that may not be told stands there as an error, without a name. */
export function authorsOf(embedded: readonly unknown[]): string[] {
  return embedded.slice(0, most).flatMap((value) => plainTitle(named.safeParse(value).data) ?? []);
}

const term = z.object({
  name: z.string(),
  slug: z.string().catch(''),
  taxonomy: z.string().catch(''),
});
type Term = z.output<typeof term>;

/**
 * The section is the category that stands in the post's address, the deepest one, else the first; all others and the
 * tags are tags.
 */
export function labelsOf(
  embedded: readonly (readonly unknown[])[],
  url: string | null,
): { section: string | null; tags: string[] } {
  const terms = embedded
    .flat()
    .slice(0, most)
    .flatMap((value) => term.safeParse(value).data ?? []);
  const categories = terms.filter((each) => each.taxonomy === 'category' && !isNoCategory(each));
  const path = (URL.parse(url ?? '')?.pathname ?? '').split('/');
  const depths = categories.map(({ slug }) => (slug === '' ? -1 : path.lastIndexOf(slug)));
  const deepest = Math.max(-1, ...depths);
  const primary = deepest > 0 ? categories[depths.indexOf(deepest)] : categories[0];
  const others = categories.filter((each) => each !== primary);
  const tags = [...others, ...terms.filter(({ taxonomy }) => taxonomy === 'post_tag')];
  return {
    section: primary ? plainTitle(primary.name) : null,
    tags: [...new Set(tags.flatMap(({ name }) => plainTitle(name) ?? []))],
  };
}

// What WordPress calls the category of posts that were given none, in the languages it is set up in.
const noCategory = new Set([
  'uncategorized',
  'uncategorised',
  'chưa phân loại',
  'chưa được phân loại',
  'không phân loại',
  'ไม่มีหมวดหมู่',
  'غير مصنف',
  'غير مصنفة',
  '未分類',
  '未分类',
  '미분류',
  'non classé',
  'sin categoría',
  'sem categoria',
  'senza categoria',
  'nicht kategorisiert',
  'geen categorie',
  'без рубрики',
  'bez kategorii',
]);

function isNoCategory({ name, slug }: Term): boolean {
  return noCategory.has(tidy(name).toLowerCase()) || /^uncategori[sz]ed(?:-\w+)?$/.test(slug);
}

/**
 * The excerpt, where somebody wrote it. One that WordPress made ends in `[…]`, or is the story's own beginning
 * (https://developer.wordpress.org/reference/functions/wp_trim_excerpt/).
 */
export function excerptOf(excerptHtml: string, bodyHtml: string): string | null {
  if (/class=["'][^"']*\b(?:more-link|read-more|readmore)\b/i.test(excerptHtml)) return null;
  const excerpt = htmlText(excerptHtml);
  if (excerpt === '' || /(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.|[→»])$/u.test(excerpt)) return null;
  const said = letters(excerpt);
  const opening = letters(htmlText(bodyHtml.slice(0, 20_000))).slice(0, said.length + 500);
  return said === '' || opening.includes(said) ? null : excerpt;
}

const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
