/** Who wrote it, and who took the photos. */
import { outlet } from '#src/articles/authors-of.ts';
import { isNobody, type PageFacts } from '#src/articles/extract.ts';
import type { Photo } from '#src/core/article.ts';
import { type Byline, readNames } from '#src/core/byline.ts';
import type { Profile } from '#src/core/profile.ts';
import { type HtmlElement, selectAll } from '#src/markup/html.ts';

export interface PrintedBylines {
  /** Above the story. */
  top: Byline | null;
  /** Under it. */
  end: Byline | null;
}

/**
 * The source's names, else those printed with the story, else the page's.
 * The page's win over a printed line that lacks one of them: then the line names somebody else.
 */
export function settleByline(
  hinted: readonly string[] | undefined,
  { authors, bylinePrinted, siteNames }: Pick<PageFacts, 'authors' | 'bylinePrinted' | 'siteNames'>,
  bylines: PrintedBylines,
  profile: Profile,
): { byline: string[]; bylinePrinted: string | null } {
  const read = (names: readonly string[]) => [...new Set(names.flatMap((name) => readNames(name, profile.byline)))];
  const hints = read((hinted ?? []).filter((name) => !isNobody(name)));
  const page = read(authors);
  const signature = joined(bylines);
  const signed = (signature?.names ?? []).filter((name) => !isNobody(name));
  // Beside people the paper's own name says where they work.
  const people = signed.filter((name) => !siteNames.has(name.toLowerCase()));
  const printed = people.length > 0 ? people : signed;
  // A paper's name says less than a person's.
  const covers = page.every((name) => outlet.test(name) || printed.some((other) => isSame(name, other)));
  const names = hints.length > 0 ? hints : printed.length > 0 && covers ? printed : page.length > 0 ? page : printed;
  const isOurs = printed.some((name) => names.some((other) => isSame(name, other)));
  return {
    byline: names,
    bylinePrinted:
      (isOurs ? signature?.printed : bylinePrinted) ??
      signature?.printed ??
      bylinePrinted ??
      (hinted?.join(', ') || authors.join(', ') || null),
  };
}

/** The line under the story counts beside one above it where it names the same people, or photographers. */
function joined({ top, end }: PrintedBylines): Byline | null {
  if (!top || !end) return top ?? end;
  const more = end.names.filter((name) => !top.names.some((other) => isSame(name, other)));
  if (more.length === end.names.length && end.photographers.length === 0) return top;
  return {
    names: [
      ...top.names,
      ...(end.photographers.length > 0 ? end.photographers.filter((name) => more.includes(name)) : more),
    ],
    photographers: [...new Set([...top.photographers, ...end.photographers])],
    printed: `${top.printed} ${end.printed}`,
  };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The byline's photographers own the photos that name nobody. */
export function creditPhotos(photos: Photo[], photographers: readonly string[], body: HtmlElement): void {
  if (photographers.length === 0) return;
  const credit = photographers.join(', ');
  for (const photo of photos) {
    if (photo.credit !== null) continue;
    photo.credit = credit;
    const figure = selectAll(body, 'figure[data-photo]').find(
      (each) => each.querySelector('img')?.getAttribute('src') === photo.url,
    );
    const caption = figure?.querySelector('figcaption');
    if (caption) caption.append(` (${credit})`);
  }
}
