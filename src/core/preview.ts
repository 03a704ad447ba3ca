/** A preview: the exact post per channel, as commands and the API give it. */

export interface PreviewView {
  posts: PostView[];
}

export interface PostView {
  channel: string;
  kind: string;
  text: string;
  /** As the channel counts it, in `unit`. */
  length: number;
  /** Null: no limit. */
  limit: number | null;
  unit: string;
  link: string;
  photos: {
    url: string;
    alt: string | null;
    /** Printed below it, where the channel shows that. */
    caption?: string;
    width: number | null;
    height: number | null;
    bytes: number | null;
    type: string | null;
  }[];
  language: string;
  notes: string[];
}
