/** `/board/CHANNEL-ID`: the posts of a `board` channel, as a reader of a real one would see them. */

import { type Html, html, linkTo } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import type { Looking } from '#src/console/looking.ts';
import { time, timeAgo } from '#src/console/moments.ts';
import type { Words } from '#src/console/words-en.ts';
import { fill } from '#src/core/fill.ts';
import type { PageAnswer } from '#src/core/page.ts';
import type { Post, PostPhoto, Segment } from '#src/core/post.ts';
import type { BoardPost } from '#src/stores/board.ts';

export function boardPage(channelId: string, posts: readonly BoardPost[], looking: Looking): PageAnswer {
  const { words } = looking;
  const title = fill(words.board, { channel: channelId });
  const content = html`<h1>${title}</h1>
<p class="intro">${words.boardIntro}</p>
${posts.length > 0 ? html`<div class="stream board">${posts.map((post) => card(post, looking))}</div>` : empty(words)}`;
  return page({ title, looking, at: null, content, live: true });
}

function card({ id, post, postedAt, editedAt }: BoardPost, looking: Looking): Html {
  const { words, site } = looking;
  return html`<article class="card post" id="${id}">
<p class="meta"><b lang="${site.language}">${site.name}</b>${timeAgo(postedAt, looking)}${
    editedAt !== null && html`<span class="mark">${words.editedAt} ${time(editedAt, looking)}</span>`
  }</p>
<p class="text" lang="${post.language}" dir="auto">${post.segments.map(segment)}</p>
${photos(post)}
</article>`;
}

function segment(part: Segment): Html {
  if (part.kind === 'text') return html`${part.text}`;
  if (part.kind === 'hashtag' || part.kind === 'mention') return html`<span class="tag">${part.text}</span>`;
  const href = linkTo(part.url);
  return href ? html`<a href="${href}" rel="noreferrer">${part.text}</a>` : html`${part.text}`;
}

function photos({ photos: all, language }: Post): Html | null {
  if (all.length === 0) return null;
  return html`<div class="photos large">${all.map((photo) => figure(photo, language))}</div>`;
}

function figure({ file, width, height, alt, caption, credit }: PostPhoto, language: string): Html {
  const owner = credit && !caption?.includes(credit) ? html` <span class="credit">${credit}</span>` : null;
  return html`<figure>
<img src="/${file}" alt="${alt ?? ''}" width="${width}" height="${height}" loading="lazy">
${(caption || owner) && html`<figcaption lang="${language}" dir="auto">${caption}${owner}</figcaption>`}
</figure>`;
}

function empty(words: Words): Html {
  return html`<div class="card empty"><p><b>${words.boardEmpty}</b></p><p>${words.boardEmptyNext}</p></div>`;
}
