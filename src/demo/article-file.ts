/** One sample article as it stands in `config/demo/articles/`: a few `key: value` lines, then Markdown-like blocks. */
export interface SampleArticle {
  slug: string;
  language: string;
  section: string;
  tags: string[];
  /** As printed at the end of the page. */
  byline: string;
  headline: string;
  sapo: string;
  blocks: SampleBlock[];
  /** What the desk mends later: any of the above. */
  correction: { headline?: string; replace?: [string, string] } | null;
  /** Whether the desk takes it back in the end. */
  withdrawn: boolean;
}

export type SampleBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'photo'; file: string; caption: string; credit: string | null };

/** Throws with the file's name and what is missing in it. */
export function parseSampleArticle(slug: string, source: string): SampleArticle {
  const [head = '', ...rest] = source.replaceAll('\r\n', '\n').split('\n\n');
  const fields = new Map(head.split('\n').map((line) => splitAt(line, ': ')));
  const need = (key: string): string => {
    const value = fields.get(key);
    if (!value) throw new Error(`sample article ${slug}: ${key} is missing`);
    return value;
  };
  const replace = fields.get('correct-text')?.split(' => ') ?? [];
  const headline = fields.get('correct-headline');
  const correction = {
    ...(headline ? { headline } : {}),
    ...(replace.length === 2 ? { replace: replace as [string, string] } : {}),
  };
  return {
    slug,
    language: need('language'),
    section: need('section'),
    tags: (fields.get('tags') ?? '')
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    byline: need('byline'),
    headline: need('headline'),
    sapo: need('sapo'),
    blocks: rest
      .map((block) => block.trim())
      .filter(Boolean)
      .map(parseBlock),
    correction: Object.keys(correction).length ? correction : null,
    withdrawn: fields.get('withdrawn') === 'yes',
  };
}

/** `![caption | credit](file.jpg)` stands for a photo; everything else is a paragraph. */
function parseBlock(text: string): SampleBlock {
  const photo = /^!\[(?<words>[^\]]+)\]\((?<file>[\w.-]+)\)$/.exec(text.replaceAll('\n', ' '))?.groups;
  if (!photo) return { kind: 'paragraph', text: text.replaceAll('\n', ' ') };
  const [caption, credit] = splitAt(photo['words'] ?? '', ' | ');
  return { kind: 'photo', file: photo['file'] ?? '', caption, credit: credit || null };
}

function splitAt(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + separator.length).trim()];
}
