/** All that is said of one photo: beside it, in its attributes, in the page's data. */
import type { PagePhoto } from '#src/articles/page-photos.ts';
import { nameIn, type Owner } from '#src/articles/photo-caption.ts';
import { photoKey } from '#src/articles/photo-key.ts';
import type { ImageSource } from '#src/articles/photo-source.ts';
import { plain } from '#src/articles/plain.ts';
import type { Photo } from '#src/core/article.ts';
import { type Caption, readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll } from '#src/markup/html.ts';

export interface PhotoRules {
  profile: Profile;
  /** What the page says of its photos elsewhere. */
  known: readonly PagePhoto[];
  /** The article's: repeated in a picture's title or alt it says nothing. */
  headline?: string | null;
  /** In small letters: in brackets after a caption the site's own name is a credit. */
  siteNames?: ReadonlySet<string>;
  /** Below it photos may be files. */
  folder?: string | null;
}

/** `line`: the caption as printed with it; `owner`: printed apart from it. */
export function describePhoto(
  image: HtmlElement,
  source: ImageSource,
  { line, owner }: { line: string | null; owner: Owner | null },
  { known, profile, headline = null, siteNames }: PhotoRules,
): Photo {
  const said = saidOf(source.url, known);
  const fallback = said?.caption ?? attributeOf(image, headline);
  const caption = creditedToSite(readCaption(line ?? fallback, profile.credit), siteNames);
  const alt = tidy(image.getAttribute('alt') ?? '');
  return {
    url: source.url,
    caption: caption.caption,
    credit: owner?.name ?? caption.credit ?? nameIn(said?.credit ?? creditOf(image), profile.credit),
    alt: isText(alt, headline) ? alt : (said?.alt ?? null),
    width: said?.width ?? source.width,
    height: said?.height ?? source.height,
  };
}

/** `The square at dawn (The Courier)` */
function creditedToSite(said: Caption, siteNames: ReadonlySet<string> = new Set()): Caption {
  const [whole = '', name = ''] = /\s*[(（]([^()（）]{2,60})[)）]\.?$/u.exec(said.caption ?? '') ?? [];
  if (said.credit !== null || !siteNames.has(tidy(name).toLowerCase())) return said;
  return { caption: said.caption?.slice(0, -whole.length) || null, credit: tidy(name) };
}

/** What a click does, in the title of a link around a picture. */
const offersMore =
  /^\s*(?:click|tap|view|see|preview|enlarge|open|zoom|full|xem|phóng to|nhấn|bấm|nhấp|agrandir|voir|cliquez|ampliar|ver|clique|klick|vergrößern|クリック|拡大|点击|查看)(?!\p{L})/iu;

/** For lightboxes and those who hover. */
function attributeOf(image: HtmlElement, headline: string | null): string {
  const link = image.closest('a');
  const texts = [
    image.getAttribute('data-caption'),
    link?.getAttribute('data-caption'),
    image.closest('figure')?.getAttribute('data-caption'),
    boxed(image)?.getAttribute('data-caption'),
    image.getAttribute('data-title'),
    image.getAttribute('title'),
    offersMore.test(link?.getAttribute('title') ?? '') ? null : link?.getAttribute('title'),
  ];
  const label = image.closest('figure')?.getAttribute('aria-label') ?? null;
  if (!offersMore.test(label ?? '')) texts.push(label);
  return texts.map((text) => tidy(plain(text ?? null) ?? '')).find((text) => isText(text, headline)) ?? '';
}

function creditOf(image: HtmlElement): string {
  const places = [image, image.closest('figure')];
  const names = ['data-credit', 'data-photo-credit', 'data-copyright', 'data-photographer'];
  return (
    places.flatMap((each) => names.map((name) => each?.getAttribute(name) ?? '')).find((name) => name !== '') ?? ''
  );
}

/** The box around this picture alone that carries its caption. */
function boxed(image: HtmlElement): HtmlElement | null {
  const box = image.closest('[data-caption]');
  return box && selectAll(box, 'img').length === 1 ? box : null;
}

function saidOf(url: string, known: readonly PagePhoto[]): PagePhoto | undefined {
  const key = photoKey(url);
  const exact = known.find((photo) => photo.url === url);
  const other = exact ?? known.find((photo) => photoKey(photo.url) === key);
  // The size is that of the other file.
  return other && other !== exact ? { ...other, width: null, height: null } : other;
}

/** File names, counters (`Headline - Ảnh 1.`) and the headline itself describe nothing. */
function isText(text: string, headline: string | null): boolean {
  const folded = text.toLowerCase().replace(/^[▲▼△▽\s]+/u, '');
  const told = tidy(headline ?? '').toLowerCase();
  return (
    text !== '' &&
    !/\.(?:jpe?g|png|webp|gif|avif)$/i.test(text) &&
    !/^(?:img|dsc|image|photo|picture|ảnh|hình|foto|bild)?[\s_-]*\d*$/iu.test(text) &&
    !/\s[-–]\s*(?:Ảnh|Photo|Hình)\s*\d+\.?$/iu.test(text) &&
    !(told !== '' && folded.startsWith(told) && folded.length <= told.length + 15)
  );
}
