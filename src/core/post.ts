/** A post: what one channel shows of one article, composed by the core, serialised by the channel. */

/** `text` is what readers see: the segments' texts joined are the whole post; a hashtag's begins with `#`, a mention's with `@`. */
export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'hashtag'; text: string }
  | { kind: 'mention'; text: string };

export interface PostPhoto {
  /** Public address of the rendition. */
  url: string;
  /** Its name in the file store. */
  file: string;
  width: number;
  height: number;
  bytes: number;
  type: string;
  alt: string | null;
  caption: string | null;
  credit: string | null;
}

/** What is said, frozen in the delivery's row at the first claim, so that a retry sends the same bytes. */
export interface Post {
  article: PostArticle;
  segments: Segment[];
  /** The link readers follow, campaign parameters included. */
  link: string;
  photos: PostPhoto[];
  /** BCP 47. */
  language: string;
  /** What was shortened, left out or guessed, in plain words. */
  notes: string[];
}

/** Facts of the article for channels that send data rather than text. */
export interface PostArticle {
  id: string;
  revision: number;
  headline: string;
  summary: string;
  byline: string[];
  section: string | null;
  tags: string[];
  url: string | null;
  publishedAt: string | null;
  updatedAt: string | null;
}

export type LengthUnit = 'graphemes' | 'code points' | 'utf-16 units' | 'utf-8 bytes' | 'weighted';

/** What a service takes of one photo file. */
export interface PhotoLimits {
  bytes: number;
  /** Width times height. */
  pixels: number;
  /** Width plus height. */
  sides?: number;
  width?: number;
  /** Width through height, least and most: beyond it the photo is cropped to its focus, or padded where nothing of it may go. */
  aspect?: { least: number; most: number };
}

/** What a channel takes. */
export interface PostLimits {
  /** Longest text in `unit`; null for no limit. */
  length: number | null;
  unit: LengthUnit;
  /** A second measure that the same text must fit, where the service takes two. */
  also?: { length: number; unit: LengthUnit };
  /** What a link counts, where the service shortens it; null: as it stands. */
  linkLength: number | null;
  /** Most graphemes that readers see of a link, without `https://`, where the channel hides the address behind its text. Whole when left out. */
  linkShown?: number;
  /** Most photos in one post. */
  photos: number;
  altLength: number | null;
  /** Whose printed captions readers see: of all photos, or of all but the first, below which the text stands. Of none when left out. */
  captions?: 'all' | 'further';
  /** What a photo file must be; without it a moderate one is sent, which every service takes. */
  photo?: PhotoLimits;
  /** `folded`: hashtags without diacritics, in the letters a–z where their language has them. As written when left out. */
  hashtags?: 'folded';
  /** A stray `@name` would address somebody there: the composer puts U+200B behind its `@`, which counts as what is sent. */
  breakMentions?: true;
  /** What the service counts in place of a piece of plain text, where the channel or the service changes it. */
  counted?(text: string): string;
}
