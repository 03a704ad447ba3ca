import { extname } from 'node:path';
import { UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { decodeText } from '#src/markup/charset.ts';
import { readFrontMatter } from '#src/markup/front-matter.ts';
import { readMarkdown } from '#src/markup/markdown.ts';
import { fieldsToHints, readFields } from '#src/sources/folder/fields.ts';

export const articleExtensions: ReadonlySet<string> = new Set(['.md', '.markdown', '.html', '.htm', '.json', '.txt']);

export interface ArticleFile {
  /** What the file itself says; null: its name serves. */
  id: string | null;
  raw: RawArticle;
}

const largestFile = 5 * 1024 * 1024;

/** An article out of a file's bytes, by the ending of its name. Photo addresses stay as they are written. Throws `UserError`. */
export function rawFromFile(name: string, bytes: Uint8Array): ArticleFile {
  if (bytes.length > largestFile)
    throw new UserError(`${name} is larger than 5 MiB`, { next: 'Put photos beside the file, not into it.' });
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UserError(`${name} is empty`);
  switch (extname(name).toLowerCase()) {
    case '.md':
    case '.markdown':
      return fromMarkdown(name, text);
    case '.json':
      return fromJson(name, text);
    case '.html':
    case '.htm':
      return { id: null, raw: { kind: 'page', url: null, html: text, hints: {} } };
    case '.txt':
      return { id: null, raw: { kind: 'text', text, hints: {} } };
    default:
      throw new UserError(`${name} is of no kind that holds an article`, { next: 'Use .md, .html, .json or .txt.' });
  }
}

function fromMarkdown(name: string, text: string): ArticleFile {
  const { fields, body } = readFrontMatter(text, name);
  const { id, deleted, ...article } = readFields(fields, `${name}, front matter`);
  if (deleted) return { id, raw: gone(name) };
  const { headline, html } = readMarkdown(body);
  const hints = fieldsToHints({ ...article, title: article.title ?? headline ?? undefined });
  return { id, raw: { kind: 'page', url: article.url ?? null, html: '', hints: { ...hints, bodyHtml: html } } };
}

function fromJson(name: string, text: string): ArticleFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${name} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
  const { id, deleted, ...article } = readFields(value, name);
  if (deleted) return { id, raw: gone(name) };
  const hints = fieldsToHints(article);
  if (article.html === undefined) {
    if (article.text === undefined)
      throw new UserError(`${name} holds no text`, { next: 'Give it as "contentHtml" or "text".' });
    return { id, raw: { kind: 'text', text: article.text, hints } };
  }
  return { id, raw: { kind: 'page', url: article.url ?? null, html: '', hints: { ...hints, bodyHtml: article.html } } };
}

const gone = (name: string): RawArticle => ({ kind: 'gone', certain: true, reason: `${name} says that it is deleted` });
