/** The events a receiver gets, serialised once: what is signed, sent and repeated is the same text. */
import { createHash } from 'node:crypto';
import type { Sending } from '#src/channels/channel.ts';
import type { Post } from '#src/core/post.ts';

export interface WebhookEvent {
  id: string;
  body: string;
}

/** An article's event. Its id depends on the delivery's key alone: a job that is built anew keeps it. */
export function articleEvent(
  type: 'published' | 'updated' | 'retracted',
  { key, post, at }: Sending<unknown>,
): WebhookEvent {
  const id = `msg_${createHash('sha256').update(`${key} ${type}`).digest('hex').slice(0, 32)}`;
  const data = type === 'retracted' ? retraction(post) : content(post);
  return { id, body: serialise(`article.${type}`, at, data) };
}

/** What `check` sends. */
export function pingEvent(id: string, at: string, message: string): WebhookEvent {
  return { id, body: serialise('ping', at, { message }) };
}

function content(post: Post) {
  const { article } = post;
  return {
    id: article.id,
    revision: article.revision,
    url: post.link,
    canonicalUrl: article.url,
    title: article.headline,
    summary: article.summary,
    language: post.language,
    authors: article.byline.map((name) => ({ name })),
    categories: [...(article.section === null ? [] : [article.section]), ...article.tags],
    publishedAt: article.publishedAt,
    updatedAt: article.updatedAt,
    images: post.photos.map(({ url, width, height, type, alt, caption, credit }) => {
      return { url, width, height, type, alt, caption, credit };
    }),
  };
}

function retraction({ article }: Post) {
  return { id: article.id, revision: article.revision, canonicalUrl: article.url, title: article.headline };
}

function serialise(type: string, timestamp: string, data: object): string {
  return JSON.stringify({ type, timestamp, data }).toWellFormed().normalize('NFC');
}
