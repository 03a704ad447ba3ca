/** A post as WordPress's API gives it (https://developer.wordpress.org/rest-api/reference/posts/). */
import { z } from 'zod';
import type { Hints } from '#src/core/raw-article.ts';
import { plainTitle } from '#src/markup/plain-title.ts';
import type { LeftOut } from '#src/sources/cms/cms.ts';
import { type CmsPost, cleanHints, pageAddress } from '#src/sources/cms/post.ts';
import { featuredPhoto } from '#src/sources/wordpress/featured-photo.ts';
import { authorsOf, excerptOf, labelsOf } from '#src/sources/wordpress/fields.ts';

const rendered = z.object({ rendered: z.string().catch('') });
const list = z.array(z.unknown()).catch([]);

const shape = z.object({
  id: z.number().int().positive(),
  date: z.string().nullish(),
  date_gmt: z.string().nullish(),
  modified: z.string().nullish(),
  modified_gmt: z.string().nullish(),
  link: z.string().nullish().catch(null),
  status: z.string().catch('publish'),
  title: rendered.nullish().catch(null),
  content: rendered.extend({ protected: z.boolean().catch(false) }).nullish(),
  excerpt: rendered.nullish().catch(null),
  featured_media: z.number().nullish().catch(null),
  /** Of plugins for several authors. */
  authors: list,
  /** Of translation plugins. */
  lang: z.string().nullish().catch(null),
  _embedded: z
    .object({
      author: list,
      'wp:featuredmedia': list,
      'wp:term': z.array(list).catch([]),
    })
    .partial()
    .catch({}),
});

export type WirePost = z.output<typeof shape>;

/** `brief`: only the fields that name it were asked for. */
export function readWirePost(value: unknown, brief: boolean): { post: CmsPost } | { leftOut: LeftOut } | null {
  const { data, error } = shape.safeParse(value);
  if (!data) {
    const { id } = (value ?? {}) as { id?: unknown };
    if (typeof id !== 'number') return null;
    const [issue] = error.issues;
    const reason = `its field “${issue?.path.join('.')}” is not understood`;
    return { leftOut: { id: String(id), title: null, modified: 0, reason } };
  }
  const common = { id: String(data.id), modified: timeOf(data.modified_gmt, data.modified) };
  const title = plainTitle(data.title?.rendered);
  const refused = data.content?.protected
    ? 'it is protected by a password'
    : data.status !== 'publish'
      ? `its status is “${data.status}”`
      : null;
  if (refused) return { leftOut: { ...common, title, reason: refused } };
  const url = pageAddress(data.link);
  const published = timeOf(data.date_gmt, data.date);
  const hints = brief ? { ...(title && { headline: title }) } : hintsOf(data, title, url);
  return { post: { ...common, url, published, hints: cleanHints(hints), ...(brief && { brief }) } };
}

function hintsOf(post: WirePost, title: string | null, url: string | null): Hints {
  const body = post.content?.rendered ?? '';
  const lead = excerptOf(post.excerpt?.rendered ?? '', body);
  const several = authorsOf(post.authors);
  const byline = several.length > 0 ? several : authorsOf(post._embedded.author ?? []);
  const { section, tags } = labelsOf(post._embedded['wp:term'] ?? [], url);
  const photo = featuredPhoto(post._embedded['wp:featuredmedia'] ?? [], body, url);
  const published = dateOf(post.date_gmt, post.date);
  const updated = dateOf(post.modified_gmt, post.modified);
  return {
    bodyHtml: body,
    ...(title && { headline: title }),
    ...(lead && { lead }),
    ...(byline.length > 0 && { byline }),
    ...(post.lang && { language: post.lang.replaceAll('_', '-') }),
    ...(section && { section }),
    ...(tags.length > 0 && { tags }),
    ...(published && { publishedAt: published }),
    // What was set for a later day was last edited before it came out.
    ...(updated && published && updated > published && { updatedAt: updated }),
    ...(url && { url }),
    ...(photo && { photos: [photo] }),
  };
}

/** ISO 8601; a time without a zone is the site's own. */
function dateOf(gmt: string | null | undefined, local: string | null | undefined): string | null {
  if (gmt && !gmt.startsWith('0000')) return /(?:Z|[+-]\d\d:?\d\d)$/.test(gmt) ? gmt : `${gmt}Z`;
  return local && !local.startsWith('0000') ? local : null;
}

function timeOf(gmt: string | null | undefined, local: string | null | undefined): number {
  const date = dateOf(gmt, local);
  const at = date === null ? Number.NaN : Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(date) ? date : `${date}Z`);
  return Number.isNaN(at) ? 0 : at;
}
