/** An article's photos as small pictures with their captions, or why one is missing. */

import { type Html, html } from '#src/console/html.ts';
import { type Looking, told } from '#src/console/looking.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { fill } from '#src/core/fill.ts';
import { withWords } from '#src/core/photo-words.ts';
import { type PhotoRecord, renditionPath } from '#src/core/rendition.ts';

const smallWidth = 320;

/** Null for an article without any. Readers see those with files; whoever works here sees what became of the others. */
export function photoStrip(
  article: StoredArticle,
  records: readonly PhotoRecord[],
  looking: Looking,
  isForReaders = false,
): Html | null {
  const figures = article.photos.flatMap((photo, position) => {
    const { url } = photo;
    const record = records.find((one) => one.position === position && one.url === url) ?? null;
    const { caption, credit, alt } = withWords(photo, record?.words);
    if (isForReaders && !record?.renditions.length) return [];
    return html`<figure>
${picture(record, url, alt ?? caption, looking)}
<figcaption lang="${article.language}" dir="auto">${caption ?? (isForReaders ? null : html`<em>${looking.words.noCaption}</em>`)}${
      credit && !caption?.includes(credit) && html` <span class="credit">${credit}</span>`
    }</figcaption>
</figure>`;
  });
  return figures.length > 0 ? html`<div class="photos">${figures}</div>` : null;
}

function picture(record: PhotoRecord | null, url: string | null, alt: string | null, looking: Looking): Html {
  const files = [...(record?.renditions ?? [])]
    .filter(({ format }) => format === 'jpeg')
    .sort((a, b) => a.width - b.width);
  const file = files.find(({ width }) => width >= smallWidth) ?? files.at(-1);
  if (record?.hash && file) {
    const src = `/${renditionPath(record.hash, file)}`;
    return html`<img src="${src}" alt="${alt ?? ''}" width="${file.width}" height="${file.height}" loading="lazy">`;
  }
  const { words } = looking;
  const failure = record?.failure ?? null;
  const why = url === null ? words.noPicture : failure === null ? words.photoWaits : told(failure, looking);
  return html`<p class="missing${url === null || failure !== null ? ' bad' : ''}">${fill(words.photo, { why })}</p>`;
}
