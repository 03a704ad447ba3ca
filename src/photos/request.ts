/** What goes to a photo child and what comes back: plain data, paths instead of bytes. */
import type { PhotoLimits } from '#src/core/post.ts';
import type { PhotoFormat, Rendition } from '#src/core/rendition.ts';

export interface RenderRequest {
  /** Path of the original. */
  original: string;
  /** Path of the folder its renditions go to; must exist. */
  folder: string;
  /** Pixels. */
  widths: number[];
  /** Those to be made. */
  formats: PhotoFormat[];
  /** Those that another request makes; what stands of them is told. */
  otherFormats: PhotoFormat[];
  /** Whether the card is made too. */
  card: boolean;
  /** Written into every file. */
  credit: WrittenText;
}

/** One file made to fit a service's limits. */
export interface FitRequest {
  /** Paths; the target's folder must exist. */
  source: string;
  target: string;
  limits: PhotoLimits;
  keepWhole: boolean;
}

export type ChildRequest = RenderRequest | FitRequest;

/** What a rendition says of itself. Where one is null, what the original carries stands instead. */
export interface WrittenText {
  description: string | null;
  artist: string | null;
  copyright: string | null;
}

/** What the original carries of words, as its maker wrote them: XMP before IPTC before EXIF. */
export interface EmbeddedText {
  headline: string | null;
  caption: string | null;
  /** The photographer. */
  byline: string | null;
  credit: string | null;
  copyright: string | null;
  /** For those who cannot see it; never a caption. */
  alt: string | null;
}

export type RenderResult =
  | {
      kind: 'rendered';
      width: number;
      height: number;
      renditions: Rendition[];
      /** Null when none was asked for. */
      cardBytes: number | null;
      embedded: EmbeddedText;
    }
  | Refused
  | Lost;

export type FitResult = { kind: 'fitted'; width: number; height: number; bytes: number } | Refused;

/** The photo is no good; the reason is for the desk. */
export interface Refused {
  kind: 'refused';
  reason: string;
}

/** The child ended or ran out of time over this photo. */
export interface Lost {
  kind: 'lost';
  cause: 'ended' | 'timeout';
  reason: string;
}

/** A child's answer; `broken` is thrown in the parent. */
export type ChildAnswer =
  | Exclude<RenderResult, Lost>
  | FitResult
  | { kind: 'broken'; message: string; code: string | null };
