/** Tables that hold photos and their captions, and nothing else. */
import { type Holder, linesIn, longestCaption } from '#src/articles/photo-caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

/** More rows than any table of photos has. */
const mostRows = 400;
/** A table that is none is asked about for every picture in it. */
const others = new WeakSet<HtmlElement>();

export function isPhotoTable(table: HtmlElement): boolean {
  if (others.has(table)) return false;
  const is = holdsPhotosAlone(table);
  if (!is) others.add(table);
  return is;
}

// Every row holds only pictures, or a short text without links: rows of data and page layouts are left alone.
function holdsPhotosAlone(table: HtmlElement): boolean {
  const rows = selectAll(table, 'tr');
  if (rows.length > mostRows) return false;
  const isPicture = (row: HtmlElement) => selectAll(row, 'img').length > 0;
  const isShort = (row: HtmlElement) =>
    tidy(textOf(row)).length <= longestCaption && !selectAll(row, 'a[href]').some((link) => tidy(textOf(link)) !== '');
  if (!rows.every(isShort)) return false;
  if (isOneCell(table)) return true;
  return (
    rows.some((row) => isPicture(row) && tidy(textOf(row)) === '') &&
    rows.filter((row) => !isPicture(row)).length <= rows.filter(isPicture).length
  );
}

/** Picture and caption in one cell. */
function isOneCell(table: HtmlElement): boolean {
  const cells = selectAll(table, 'td, th').filter(
    (cell) => tidy(textOf(cell)) !== '' || selectAll(cell, 'img').length > 0,
  );
  const [cell] = cells;
  return cells.length === 1 && cell?.localName === 'td' && selectAll(cell, 'img').length === 1;
}

export function tabled(table: HtmlElement, profile: Profile): Holder {
  const photos = selectAll(table, 'img').length;
  const cells = selectAll(table, 'td, th, caption').filter((cell) => tidy(textOf(cell)) !== '');
  if (photos === 1 && cells.length === 1) {
    const [cell] = cells as [HtmlElement];
    cell.setAttribute('class', `${cell.getAttribute('class') ?? ''} caption`.trim());
    return { element: table, ...linesIn(table, profile.credit), consumed: [] };
  }
  const texts = cells.map((cell) => tidy(textOf(cell)));
  const captions = texts.length === photos ? texts : [texts.join(' ')];
  return { element: table, captions: captions.filter(Boolean), owner: null, consumed: [] };
}
