/** The fields of a pushed article: what each is called, what it holds, and what a sender is told of a wrong one. */
import { z } from 'zod';
import { readDate } from '#src/core/date.ts';
import { UserError } from '#src/core/errors.ts';
import { nearest } from '#src/core/nearest.ts';

const text = z.union([z.string(), z.number()]).transform((value) => String(value).replaceAll('\0', '').trim());
const person = z.union([text, z.object({ name: text }).transform(({ name }) => name)]);
const listOf = (item: z.ZodType<string, unknown>) =>
  z.union([item.transform((one) => [one]), z.array(item)]).transform((items) => items.filter(Boolean));
const address = z.string().trim().min(1).max(4000);
const date = text.refine((value) => value === '' || readDate(value, 'UTC') !== null);
const pixels = z.int().positive().max(1_000_000);

const photoNames = ['url', 'src', 'caption', 'credit', 'alt', 'width', 'height'];
const photo = z.union([
  address.transform((url) => ({ url })),
  z
    .object({ url: address, src: address, caption: text, credit: text, alt: text, width: pixels, height: pixels })
    .partial()
    .refine(({ url, src }) => url ?? src)
    .transform(({ src, url, ...rest }) => ({ ...rest, url: (url ?? src)! })),
]);

const attachmentNames = ['url', 'title', 'type', 'bytes'];
const attachment = z.object({
  url: address,
  title: text.optional(),
  type: text.optional(),
  bytes: z.int().nonnegative().optional(),
});

interface Field {
  schema: z.ZodType;
  /** For whoever gave something else. */
  holds: string;
  /** Other names it is known by. */
  also?: readonly string[];
  /** Keys of its entries, where these are objects. */
  keys?: readonly string[];
}

const fields = {
  id: {
    schema: text.refine((id) => id !== ''),
    holds: 'text that stays the same when the article is edited',
    also: ['externalId'],
  },
  url: { schema: address, holds: 'the address of its page, https://…', also: ['canonicalUrl', 'canonical'] },
  title: { schema: text, holds: 'text', also: ['headline'] },
  summary: { schema: text, holds: 'text', also: ['lead'] },
  html: { schema: z.string(), holds: 'the article’s text as HTML', also: ['contentHtml'] },
  text: { schema: z.string(), holds: 'the article as plain text', also: ['contentText'] },
  lang: { schema: text.refine(isLanguage), holds: 'a language such as `vi` or `en-GB`', also: ['language'] },
  authors: {
    schema: listOf(person),
    holds: 'a list of names',
    also: ['author', 'byline'],
    keys: ['name', 'url', 'email'],
  },
  sections: { schema: listOf(person), holds: 'a list of names', also: ['section'], keys: ['name', 'url'] },
  tags: { schema: listOf(person), holds: 'a list of words', also: ['tag'], keys: ['name', 'url'] },
  published: { schema: date, holds: 'a date such as 2026-11-29T08:30:00+07:00', also: ['publishedAt', 'date'] },
  updated: { schema: date, holds: 'a date such as 2026-11-29T08:30:00+07:00', also: ['modifiedAt', 'updatedAt'] },
  images: {
    schema: z.array(photo),
    holds: 'a list of addresses, or of {url, caption, credit, alt, width, height}',
    also: ['photos'],
    keys: photoNames,
  },
  attachments: { schema: z.array(attachment), holds: 'a list of {url, title, type, bytes}', keys: attachmentNames },
  deleted: { schema: z.boolean(), holds: '`true` when the article is to be withdrawn', also: ['withdrawn'] },
} as const satisfies Readonly<Record<string, Field>>;

/** What a sender may say beside, and nothing here needs. */
const unused = ['sourceId', 'raw', 'fetchedAt', 'rank'];

export type PushedFields = { -readonly [K in keyof typeof fields]?: z.output<(typeof fields)[K]['schema']> };

const byName = new Map<string, keyof typeof fields>(
  (Object.entries(fields) as [keyof typeof fields, Field][]).flatMap(([field, { also = [] }]) =>
    [field, ...also].map((name) => [name, field] as const),
  ),
);
/** The page's one true address says more than the one it was found at. */
const later = new Set(['url']);
const known = [...byName.keys()];

/** Throws a `UserError` naming `place`, the field, what is wrong and what should stand there. */
export function readFields(value: unknown, place: string): PushedFields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UserError(`${place} is not an article`, {
      next: 'Send an object with fields such as "id", "title" and "contentHtml".',
    });
  }
  const read: Record<string, unknown> = {};
  const entries = Object.entries(value).sort(([a], [b]) => Number(later.has(a)) - Number(later.has(b)));
  for (const [name, content] of entries) {
    const field = byName.get(name);
    if (field) {
      if (content === null || read[field] !== undefined) continue;
      read[field] = readField(content, fields[field], `${place}: "${name}"`);
    } else if (!unused.includes(name)) throw unknownField(`${place}: "${name.slice(0, longestName)}"`, name, known);
  }
  return read as PushedFields;
}

function readField(content: unknown, { schema, holds, keys }: Field, place: string): unknown {
  for (const [index, entry] of (keys && Array.isArray(content) ? content : []).entries()) {
    const strange = Object.keys(Object(entry)).find((key) => typeof entry === 'object' && !keys!.includes(key));
    if (strange !== undefined)
      throw unknownField(`${place}, entry ${index + 1}: "${strange.slice(0, longestName)}"`, strange, keys!);
  }
  const parsed = schema.safeParse(withoutNulls(content));
  if (parsed.success) return parsed.data;
  const index = parsed.error.issues[0]?.path[0];
  const where = typeof index === 'number' ? `${place}, entry ${index + 1},` : place;
  throw new UserError(`${where} is not understood`, { next: `It must be ${holds}.` });
}

/** Of a name that nobody knows, as it is told and logged. */
const longestName = 60;

function unknownField(place: string, name: string, names: readonly string[]): UserError {
  const near = nearest(name, names);
  return new UserError(`${place} is not known here`, {
    next: near ? `Did you mean "${near}"?` : `Leave it out; known are ${names.join(', ')}.`,
  });
}

/** Many senders write null for what they do not have. No field holds a list of lists. */
function withoutNulls(content: unknown, isEntry = false): unknown {
  if (Array.isArray(content) && !isEntry)
    return content.filter((entry) => entry !== null).map((entry) => withoutNulls(entry, true));
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null));
}

function isLanguage(tag: string): boolean {
  try {
    return tag === '' || Intl.getCanonicalLocales(tag.replaceAll('_', '-')).length === 1;
  } catch {
    return false;
  }
}
