/** An article's photos as small pictures with their captions, or why one is missing. */

import { type Html, html } from '#src/console/html.ts';
import { words } from '#src/console/words.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { type PhotoRecord, renditionPath } from '#src/core/rendition.ts';

const smallWidth = 320;

/** Null for an article without any. Readers see those with files; whoever works here sees what became of the others. */
export function photoStrip(article: StoredArticle, records: readonly PhotoRecord[], isForReaders = false): Html | null {
  const figures = article.photos.flatMap(({ url, caption, credit, alt }, position) => {
    const record = records.find((one) => one.position === position && one.url === url) ?? null;
    if (isForReaders && !record?.renditions.length) return [];
    return html`<figure>
${picture(record, url, alt ?? caption)}
<figcaption lang="${article.language}" dir="auto">${caption ?? (isForReaders ? null : html`<em>${words.noCaption}</em>`)}${
      credit && !caption?.includes(credit) && html` <span class="credit">${credit}</span>`
    }</figcaption>
</figure>`;
  });
  return figures.length > 0 ? html`<div class="photos">${figures}</div>` : null;
}

function picture(record: PhotoRecord | null, url: string | null, alt: string | null): Html {
  const files = [...(record?.renditions ?? [])]
    .filter(({ format }) => format === 'jpeg')
    .sort((a, b) => a.width - b.width);
  const file = files.find(({ width }) => width >= smallWidth) ?? files.at(-1);
  if (record?.hash && file) {
    const src = `/${renditionPath(record.hash, file)}`;
    return html`<img src="${src}" alt="${alt ?? ''}" width="${file.width}" height="${file.height}" loading="lazy">`;
  }
  const reason = url === null ? words.noPicture : (record?.failure ?? words.photoWaits);
  return html`<p class="missing${url === null || record?.failure ? ' bad' : ''}">${words.photo}: ${reason}</p>`;
}
