/** The mail as programs with pictures show it: tables and inline style, since many of them know nothing newer. */
import { altOf, captionOf, isWebAddress, paragraphsOf, previewOf } from '#src/channels/email/content.ts';
import { fill, mailWords } from '#src/channels/email/words.ts';
import { directionOf } from '#src/core/direction.ts';
import { escapeHtml } from '#src/core/escape-html.ts';
import type { Post, PostPhoto, Segment } from '#src/core/post.ts';
import { oneLine } from '#src/core/post-text.ts';

export interface Surroundings {
  /** Whose list it is. */
  sender: string;
  /** Leads out of the list: https or mailto. */
  leave: string;
}

const width = 600;
const font = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif";

/** `sourceOf` gives a photo's address: on the web, or inside the mail. */
export function htmlOf(post: Post, { sender, leave }: Surroundings, sourceOf: (photo: PostPhoto) => string): string {
  const words = mailWords(post.language);
  const direction = directionOf(post.language);
  const [first = [], ...rest] = paragraphsOf(post.segments);
  const headline = oneLine(post.article.headline);
  const isHeadline = oneLine(first.map(({ text }) => text).join('')) === headline;
  const [photo, ...photos] = post.photos.map((one) => figure(one, sourceOf(one)));
  const rows = [
    `<p style="margin:0 0 16px;font-size:14px;color:#666666">${escapeHtml(sender)}</p>`,
    isHeadline ? `<h1 style="margin:0 0 16px;font-size:24px;line-height:1.3">${escapeHtml(headline)}</h1>` : '',
    photo ?? '',
    ...(isHeadline ? rest : [first, ...rest]).map(paragraph),
    ...photos,
  ];
  const footer = [
    `<p style="margin:0 0 8px">${escapeHtml(fill(words.why, { name: sender }))}</p>`,
    `<p style="margin:0"><a href="${escapeHtml(leave)}" style="color:#666666">${escapeHtml(words.leave)}</a></p>`,
  ];
  return `<!doctype html>
<html lang="${escapeHtml(post.language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(headline)}</title>
</head>
<body style="margin:0;padding:0;background-color:#f4f4f4">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(previewOf(post))}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" dir="${direction}" style="background-color:#f4f4f4">
<tr><td align="center" style="padding:16px">
<table role="presentation" width="${width}" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:${width}px;background-color:#ffffff">
<tr><td style="padding:24px;${font};font-size:16px;line-height:1.6;color:#1a1a1a">
${rows.filter(Boolean).join('\n')}
</td></tr>
<tr><td lang="${words.language}" dir="${words.direction}" style="padding:16px 24px;${font};font-size:13px;line-height:1.5;color:#666666;border-top:1px solid #dddddd">
${footer.join('\n')}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function paragraph(segments: readonly Segment[]): string {
  return `<p style="margin:0 0 16px">${segments.map(inline).join('')}</p>`;
}

function inline(segment: Segment): string {
  if (segment.kind !== 'link' || !isWebAddress(segment.url)) return escapeHtml(segment.text).replaceAll('\n', '<br>\n');
  const text = segment.text === segment.url ? shortAddress(segment.url) : segment.text;
  return `<a href="${escapeHtml(segment.url)}" style="color:#0b57d0;word-break:break-word">${escapeHtml(text)}</a>`;
}

/** As people say it: without protocol and campaign. */
function shortAddress(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`.replace(/\/$/, '');
}

function figure(photo: PostPhoto, source: string): string {
  const shown = Math.min(width - 48, photo.width);
  const image = `<img src="${escapeHtml(source)}" alt="${escapeHtml(altOf(photo))}" width="${shown}" style="display:block;width:100%;max-width:${shown}px;height:auto;border:0">`;
  const caption = captionOf(photo);
  const below =
    caption && `<p style="margin:8px 0 0;font-size:13px;line-height:1.4;color:#666666">${escapeHtml(caption)}</p>`;
  return `<div style="margin:0 0 16px">${image}${below}</div>`;
}
