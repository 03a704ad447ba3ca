/** HTML by template: whatever is put in is text, unless it came from a template itself. */
import { escapeHtml } from '#src/core/escape-html.ts';

export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Part = string | number | Html | null | false | readonly Part[];

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((markup, text, index) => markup + write(parts[index - 1] ?? null) + text));
}

function write(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (Array.isArray(part)) return part.map(write).join('');
  return escapeHtml(String(part));
}

/** An address for a link; null for one that is not a web address, such as `javascript:`. */
export function linkTo(address: string | null): string | null {
  const url = address === null ? null : URL.parse(address);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
