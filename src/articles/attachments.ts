/** Files a page offers with its story. */

import { typeByEnding, typeOf } from '#src/articles/file-types.ts';
import { namedAs } from '#src/articles/furniture.ts';
import type { Attachment } from '#src/core/article.ts';
import { tidy } from '#src/core/text.ts';
import { baseOf, type HtmlDocument, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

/** Every link to a document, sound or film, once. */
export function findAttachments(body: HtmlElement): Attachment[] {
  return collect(
    selectAll(body, 'a[href], audio[src], video[src], source[src], object[data], embed[src], iframe[src]'),
  );
}

const boxes =
  '[class*="attach" i], [id*="attach" i], [class*="dinh-kem" i], [class*="dinhkem" i], [class*="download" i], [class*="tai-lieu" i], [class*="file" i]';

/**
 * Documents beside the text: in boxes named after them, and in the part `around` headline and text. A page's menus and
 * foot name files of the house.
 */
export function findAttachedBoxes(document: HtmlDocument, around: HtmlElement | null): Attachment[] {
  const named = selectAll(document.body, boxes).flatMap((box) =>
    box.localName === 'a' ? [box] : selectAll(box, 'a[href]'),
  );
  const beside = around ? selectAll(around, 'a[href]') : [];
  const links = [...new Set([...beside, ...named])].filter((link) => !isFoot(link, around));
  return collect(links).filter(({ type }) => type !== null && !/^(?:audio|video)\//.test(type));
}

function isFoot(element: HtmlElement, around: HtmlElement | null): boolean {
  for (let at: HtmlElement | null = element; at && at !== around; at = at.parentElement) {
    if (at.localName === 'form') continue;
    if (/^(?:nav|footer|header|aside)$/.test(at.localName) || namedAs(at) === 'furniture') return true;
  }
  return false;
}

function collect(elements: readonly HtmlElement[]): Attachment[] {
  const [first] = elements;
  const base = first ? baseOf(first.ownerDocument) : null;
  const found = new Map<string, Attachment>();
  for (const element of elements) {
    const address = ['href', 'src', 'data'].map((name) => element.getAttribute(name)).find(Boolean);
    const url = absoluteUrl(address, base);
    if (!url || found.has(url) || !/^https?:/.test(url)) continue;
    const type = fileType(element, url);
    if (type === null) continue;
    const around =
      element.localName === 'a'
        ? (element.closest('tr, li')?.textContent ?? element.parentElement?.textContent ?? '')
        : '';
    found.set(url, {
      url,
      title: titleOf(element),
      type,
      bytes: sizeIn(textOf(element)) ?? sizeAfter(element, around),
    });
  }
  return [...found.values()];
}

/** By the address, else by what a download link is called. */
function fileType(element: HtmlElement, url: string): string | null {
  const byAddress = typeOf(url);
  if (byAddress !== null || element.localName !== 'a') return byAddress;
  const { search } = new URL(url);
  const asked = [...new URLSearchParams(search).values()].map(typeByEnding).find((type) => type !== null);
  const named =
    element.getAttribute('download') ??
    (/download|tai-?(?:ve|xuong|file)|attachment|getfile/i.test(url) ? tidy(textOf(element)) : null);
  return asked ?? (named === null ? null : typeByEnding(named));
}

const size = /(\d+(?:[.,]\d+)?)\s?([KMG]i?[Bo]|bytes?)(?!\p{L})/iu;

/** `1,2 MB` in bytes; null without a size. */
function sizeIn(text: string): number | null {
  const [, number, unit = ''] = size.exec(text) ?? [];
  if (number === undefined) return null;
  const power = { k: 1, m: 2, g: 3 }[unit[0]?.toLowerCase() ?? ''] ?? 0;
  return Math.round(Number(number.replace(',', '.')) * 1024 ** power);
}

/** The size printed behind the link, in its line or row; where several files share one line it is the next. */
function sizeAfter(element: HtmlElement, around: string): number | null {
  const text = textOf(element);
  const at = text === '' ? -1 : around.indexOf(text);
  return at < 0 ? null : sizeIn(around.slice(at + text.length).slice(0, 80));
}

const asking =
  /^(?:tải về|tải xuống|tải file|tại đây|ở đây|xem|download|here|click here|pdf|docx?|xlsx?|herunterladen|télécharger|descargar|ダウンロード|ดาวน์โหลด|تحميل)$/iu;

/** What the link says without the size; where it only asks to load the file, what its row calls it. */
function titleOf(element: HtmlElement): string | null {
  const clean = (text: string) =>
    tidy(
      text.replace(
        /\(?\s*(?:(?:pdf|docx?|xlsx?|zip|rar)\s*[,–-]?\s*)?\d+(?:[.,]\d+)?\s?(?:[KMG]i?[Bo]|bytes?)\s*\)?/giu,
        ' ',
      ),
    );
  const own = clean(textOf(element));
  if (own !== '' && !asking.test(own)) return own;
  const cells = selectAll(element.closest('tr') ?? element, 'td').map((cell) => clean(textOf(cell)));
  const named = cells.find((cell) => /\p{L}{2,}/u.test(cell) && !asking.test(cell));
  return (
    named ?? tidy(element.getAttribute('title') ?? element.getAttribute('download') ?? '') ?? (own || null) ?? null
  );
}
