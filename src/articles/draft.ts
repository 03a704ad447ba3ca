/** An article half understood: what the page or the text gives, before dates, lead and headline are settled. */
import type { Attachment, Photo } from '#src/core/article.ts';
import type { Profile } from '#src/core/profile.ts';
import type { SiteSettings } from '#src/core/settings.ts';

export interface ReadContext {
  profile: Profile;
  site: SiteSettings;
  /** Milliseconds. */
  now: number;
  /** Folder below which `file:` photos are let through; without one none is. */
  folder?: string | null;
}

/** How a page was read, for whoever watches that its layout still is the known one. Stored nowhere. */
export interface ReadingSigns {
  /**
   * `configured`: a body selector of the profile matched; `likeness`: the part that reads like a story; `marked`: what
   * the page itself marks as its story; `whole page`: none could be told apart; `given`: the source brought the body.
   */
  body: 'configured' | 'likeness' | 'marked' | 'whole page' | 'given';
}

export interface Draft {
  url: string | null;
  headline: string | null;
  /** The sapo as printed; null: the first paragraph is the lead. */
  sapo: string | null;
  byline: string[];
  bylinePrinted: string | null;
  /** As the markup claims it. */
  language: string | null;
  section: string | null;
  tags: string[];
  /** As printed or in any standard's form. */
  publishedAt: string | null;
  updatedAt: string | null;
  photos: Photo[];
  attachments: Attachment[];
  /** Sanitised. */
  html: string;
  /** The body without captions, byline and boilerplate. */
  paragraphs: string[];
  removed: string[];
  doubts: string[];
  signs: ReadingSigns;
  /** As it was made fit for this article. */
  profile: Profile;
}
