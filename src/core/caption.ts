/** Captions: the owner's name is told apart from what the photo shows. */
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';

/** What an editing system prints where nobody wrote a caption. */
const placeholder = /^\[?\s*(?:nhập chú thích|chú thích ảnh|enter caption|add a caption|caption|no caption)\s*\]?$/iu;
const longestCredit = 80;

export interface Caption {
  /** What the photo shows; null when nothing is said. */
  caption: string | null;
  credit: string | null;
}

/** `Hội nghị sáng nay. (Ảnh: Thu Hà)` -> caption `Hội nghị sáng nay.`, credit `Thu Hà`. */
export function readCaption(printed: string, rules: Profile['credit']): Caption {
  const text = tidy(printed);
  if (text === '' || placeholder.test(text)) return { caption: null, credit: null };
  for (const pattern of creditPatterns(rules.prefixes)) {
    const match = pattern.exec(text);
    const credit = match?.groups?.['name'] ? trimSigns(match.groups['name']) : '';
    if (!match || credit === '' || credit.length > longestCredit) continue;
    return { caption: trimEnd(text.slice(0, match.index)) || null, credit };
  }
  return { caption: text, credit: null };
}

const compiled = new Map<string, RegExp[]>();

// In brackets, after a sentence or dash, or as the whole text; a bare word needs its colon, so that
// "Nguồn nước sạch" stays a sentence.
function creditPatterns(prefixes: readonly string[]): RegExp[] {
  const key = prefixes.join('\u0000');
  const known = compiled.get(key);
  if (known) return known;
  const words = [...prefixes]
    .sort((a, b) => b.length - a.length)
    .map((word) => RegExp.escape(word))
    .join('|');
  if (words === '') return [];
  const patterns = [
    new RegExp(`[(\\[（]\\s*(?:${words})\\s*[:：.]?\\s+?(?<name>[^()\\[\\]（）]+)[)\\]）]\\s*\\.?$`, 'iu'),
    new RegExp(`[(\\[（]\\s*(?:${words})\\s*[:：.]\\s*(?<name>[^()\\[\\]（）]+)[)\\]）]\\s*\\.?$`, 'iu'),
    new RegExp(`(?:^|(?<=[\\s.!?…|/–—-]))(?:${words})\\s*[:：]\\s*(?<name>[^:：]+)$`, 'iu'),
    /(?:^|(?<=[\s.!?…|/–—-]))©\s*(?<name>[^©]+)$/u,
  ];
  compiled.set(key, patterns);
  return patterns;
}

function trimEnd(text: string): string {
  return text.replace(/[\s|/–—-]+$/u, '').replace(/^[\s|/–—-]+/u, '');
}

function trimSigns(text: string): string {
  return text.replace(/^[\s:.|–—-]+|[\s.;,|–—-]+$/gu, '');
}
