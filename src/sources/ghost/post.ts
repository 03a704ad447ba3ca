/** A post as Ghost's Content API and webhooks give it (https://docs.ghost.org/content-api/posts). */
import { z } from 'zod';
import type { Hints } from '#src/core/raw-article.ts';
import { absoluteUrl, htmlText } from '#src/markup/html-text.ts';
import { plainTitle } from '#src/markup/plain-title.ts';
import type { LeftOut } from '#src/sources/cms/cms.ts';
import { type CmsPost, cleanHints, pageAddress } from '#src/sources/cms/post.ts';
import { photoStandsIn } from '#src/sources/cms/same-photo.ts';

const text = z.string().nullish().catch(null);
const named = z.object({ id: text, name: z.string(), visibility: text });
/** More names than any post has. */
const most = 100;
const list = z.array(z.unknown()).nullish().catch(null);

/** It stands in filters: `id:[…]`. */
export const postId = /^[\w-]{1,100}$/;

const shape = z.object({
  id: z.string().regex(postId),
  title: text,
  html: z.string().nullish(),
  url: text,
  status: text,
  visibility: text,
  /** Whether all of it may be read by whoever asked. */
  access: z.boolean().nullish().catch(null),
  feature_image: text,
  feature_image_alt: text,
  feature_image_caption: text,
  excerpt: text,
  custom_excerpt: text,
  published_at: text,
  updated_at: text,
  authors: list,
  primary_author: z.unknown().optional(),
  tags: list,
  primary_tag: z.unknown().optional(),
});

type WirePost = z.output<typeof shape>;

/** Null where there is not even an id. `brief`: only what names it was asked for. */
export function readGhostPost(value: unknown, brief = false): { post: CmsPost } | { leftOut: LeftOut } | null {
  const { data, error } = shape.safeParse(value);
  if (!data) {
    const { id } = (value ?? {}) as { id?: unknown };
    if (typeof id !== 'string' || !postId.test(id)) return null;
    const reason = `its field “${error.issues[0]?.path.join('.')}” is not understood`;
    return { leftOut: { id, title: null, modified: 0, reason } };
  }
  const common = { id: data.id, modified: timeOf(data.updated_at) };
  const title = plainTitle(data.title);
  if (data.status && data.status !== 'published') {
    return { leftOut: { ...common, title, reason: `its status is “${data.status}”` } };
  }
  const url = pageAddress(data.url);
  const published = timeOf(data.published_at);
  const hints = brief ? { ...(title && { headline: title }) } : hintsOf(data, title, url);
  return { post: { ...common, url, published, hints: cleanHints(hints), ...(brief && { brief }) } };
}

/** Whether all readers may read all of it; the texts of others differ by who asks. */
export function isForAll(value: unknown): boolean {
  const { visibility } = (value ?? {}) as { visibility?: unknown };
  return (visibility ?? 'public') === 'public';
}

function hintsOf(post: WirePost, title: string | null, url: string | null): Hints {
  const body = post.html ?? '';
  const excerpt = htmlText(post.custom_excerpt ?? '') || (body === '' ? htmlText(post.excerpt ?? '') : '');
  const byline = names(post.authors?.length ? post.authors.slice(0, most) : [post.primary_author]);
  const { section, tags } = labelsOf(post);
  const photo = featurePhoto(post, body, url);
  return {
    bodyHtml: body,
    ...(title && { headline: title }),
    ...(excerpt && { lead: excerpt }),
    ...(byline.length > 0 && { byline }),
    ...(section && { section }),
    ...(tags.length > 0 && { tags }),
    ...(post.published_at && { publishedAt: post.published_at }),
    ...(timeOf(post.updated_at) > timeOf(post.published_at) && { updatedAt: post.updated_at! }),
    ...(url && { url }),
    ...(photo && { photos: [photo] }),
    ...(!isForAll(post) && { doubts: [doubtOf(post)] }),
  };
}

function doubtOf({ visibility }: WirePost): string {
  const whom = visibility === 'paid' ? 'paying members' : 'members';
  return `The post is for ${whom} only: the text may not be complete.`;
}

/** Tags whose names begin with `#` are the newsroom's own; the first of the others is the section. */
function labelsOf({ tags, primary_tag }: WirePost): { section: string | null; tags: string[] } {
  const all = names((tags ?? []).slice(0, most), (tag) => tag.visibility !== 'internal' && !tag.name.startsWith('#'));
  const [primary] = names([primary_tag], (tag) => tag.visibility !== 'internal' && !tag.name.startsWith('#'));
  const section = primary ?? all[0] ?? null;
  return { section, tags: all.filter((name) => name !== section) };
}

function names(values: readonly unknown[], isWanted: (each: z.output<typeof named>) => boolean = () => true): string[] {
  const read = values.flatMap((value) => named.safeParse(value).data ?? []).filter(isWanted);
  return [...new Set(read.flatMap(({ name }) => plainTitle(name) ?? []))];
}

function featurePhoto(post: WirePost, body: string, base: string | null) {
  const url = absoluteUrl(post.feature_image, base);
  if (url === null || photoStandsIn(body, url)) return null;
  const caption = htmlText(post.feature_image_caption ?? '');
  const alt = htmlText(post.feature_image_alt ?? '');
  return { url, ...(caption && { caption }), ...(alt && { alt }) };
}

/** Milliseconds; 0 where it is not said. */
export function timeOf(date: unknown): number {
  const at = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? 0 : at;
}
