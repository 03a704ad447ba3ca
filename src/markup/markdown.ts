import { Marked } from 'marked';

const marked = new Marked({ gfm: true, async: false });

export interface MarkdownText {
  /** The text's first heading, when it opens the text; cut from `html`. */
  headline: string | null;
  html: string;
}

/** Markdown as HTML; not sanitised. */
export function readMarkdown(text: string): MarkdownText {
  const heading = /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r?\n|$)/.exec(text);
  const body = heading ? text.slice(heading[0].length) : text;
  return { headline: heading?.[1] ?? null, html: marked.parse(body) as string };
}
