import { Parser } from 'htmlparser2';

export interface PageTag {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

/** The `link`, `meta` and `script` tags of a page, by which its software shows itself; attribute names in lower case. */
export function pageTags(html: string): PageTag[] {
  const found: PageTag[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'link' || name === 'meta' || name === 'script') found.push({ name, attributes });
    },
  });
  parser.write(html);
  parser.end();
  return found;
}

/** What names the software: `WordPress 6.9`; null where the page does not say. */
export function generatorOf(tags: readonly PageTag[]): string | null {
  const tag = tags.find(({ name, attributes }) => name === 'meta' && attributes['name']?.toLowerCase() === 'generator');
  return tag?.attributes['content']?.trim() || null;
}
