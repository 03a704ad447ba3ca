/** The fields of front matter and of JSON files: one list, under each name they are known by. */
import { z } from 'zod';
import { UserError } from '#src/core/errors.ts';
import type { Hints } from '#src/core/raw-article.ts';

// The ledger holds no U+0000: an id with one would not be known again.
const text = z.union([z.string(), z.number()]).transform((value) => String(value).replaceAll('\0', '').trim());
const named = z.union([text, z.object({ name: text }).transform(({ name }) => name)]);
const list = (item: z.ZodType<string, unknown>) =>
  z.union([item.transform((one) => [one]), z.array(item)]).transform((items) => items.filter(Boolean));
const pixels = z.number().int().positive();

const photo = z.union([
  z.string().transform((url) => ({ url })),
  z
    .object({
      src: z.string().optional(),
      url: z.string().optional(),
      caption: text.nullish(),
      credit: text.nullish(),
      alt: text.nullish(),
      width: pixels.nullish(),
      height: pixels.nullish(),
    })
    .transform(({ src, url, ...rest }, context) => {
      const address = src ?? url;
      if (address === undefined) context.addIssue({ code: 'custom', message: 'a photo needs "src"' });
      return { url: address ?? '', ...rest };
    }),
]);

const fieldShapes = {
  id: text,
  title: text,
  summary: text,
  date: text,
  updated: text,
  author: list(named),
  section: list(named),
  tags: list(named),
  lang: text,
  images: z.array(photo),
  url: z.url({ protocol: /^https?$/ }),
  deleted: z.boolean(),
  html: z.string(),
  text: z.string(),
};

const otherNames: Record<string, keyof typeof fieldShapes> = {
  externalId: 'id',
  headline: 'title',
  lead: 'summary',
  publishedAt: 'date',
  modifiedAt: 'updated',
  updatedAt: 'updated',
  authors: 'author',
  byline: 'author',
  sections: 'section',
  tag: 'tags',
  language: 'lang',
  photos: 'images',
  canonicalUrl: 'url',
  canonical: 'url',
  withdrawn: 'deleted',
  contentHtml: 'html',
  contentText: 'text',
};

const shape = z.object(fieldShapes).partial();

export type Fields = z.output<typeof shape>;

/** Known fields, checked; others are left aside. Throws `UserError` naming `place` and the field. */
export function readFields(value: unknown, place: string): Omit<Fields, 'id'> & { id: string | null } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`${place}: expected one article with fields such as "title" and "date"`);
  }
  const fields: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    const field = otherNames[name] ?? name;
    if (Object.hasOwn(fieldShapes, field) && content !== null) fields[field] ??= content;
  }
  const parsed = shape.safeParse(fields);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${place}: "${issue?.path.join('.')}" is not understood: ${issue?.message}`);
  }
  return { ...parsed.data, id: parsed.data.id || null };
}

export function fieldsToHints(fields: Partial<Fields>): Hints {
  const { title, summary, author, lang, section, tags, date, updated, url, images } = fields;
  const [first, ...more] = section ?? [];
  const labels = [...more, ...(tags ?? [])];
  return {
    ...(title && { headline: title }),
    ...(summary && { lead: summary }),
    ...(author?.length && { byline: author }),
    ...(lang && { language: lang }),
    ...(first && { section: first }),
    ...(labels.length > 0 && { tags: labels }),
    ...(date && { publishedAt: date }),
    ...(updated && { updatedAt: updated }),
    ...(url && { url }),
    ...(images?.length && { photos: images.map(dropEmpty) }),
  };
}

type PhotoHint = NonNullable<Hints['photos']>[number];

function dropEmpty(photo: NonNullable<Fields['images']>[number]): PhotoHint {
  const entries = Object.entries(photo).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return { url: photo.url, ...Object.fromEntries(entries) };
}
