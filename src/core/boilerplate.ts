/** What a page prints around its article: related stories, share buttons, forms. */
import { compileOnce } from '#src/core/compile-once.ts';
import { endsSentence, phrasePattern, readsAsSentence, tidy } from '#src/core/text.ts';

export interface Block {
  text: string;
  /** It is a heading, or (nearly) all of it is links: the way a page sets its own furniture. */
  furniture: boolean;
  /** (Nearly) all of it, a label before a colon aside, is links. */
  linked?: boolean;
  /** A photo: it stands for nothing here. */
  photo?: boolean;
}

/** No article says all in its first third; a phrase there is part of the story. */
const safeShare = 0.3;
const longestOpener = 120;
const prose = 60;
const sentence = 8;

/**
 * Which blocks to cut: one that a phrase opens, and what follows it unless the article goes on there. A line of a phrase
 * and a link (`Read more: …`) goes wherever it stands, and so does a phrase right above links.
 */
export function boilerplateBlocks(blocks: readonly Block[], phrases: readonly string[]): Set<number> {
  const cut = new Set<number>();
  const opener = openerPattern(phrases);
  if (!opener) return cut;
  const total = blocks.reduce((sum, block) => sum + block.text.length, 0);
  let before = 0;
  for (const [index, block] of blocks.entries()) {
    const late = before >= total * safeShare;
    before += block.text.length;
    if (cut.has(index) || !isOpener(block, opener)) continue;
    const links = linksFrom(blocks, index + 1);
    if (!late && !block.linked && links === index + 1) continue;
    const alone = !late || (block.linked && !/[:：]$/.test(block.text));
    const end = alone ? links : (articleGoesOn(blocks, index + 1, opener) ?? blocks.length);
    for (let each = index; each < end; each += 1) cut.add(each);
  }
  return cut;
}

/** Whether a line alone reads like boilerplate: for what is left after the byline. */
export function isBoilerplate(text: string, phrases: readonly string[]): boolean {
  return openerPattern(phrases)?.test(tidy(text)) ?? false;
}

function isOpener(block: Block, opener: Openers): boolean {
  const text = tidy(block.text);
  if (text.length > longestOpener && !block.furniture) return false;
  return opener.test(text) && (block.furniture || !endsSentence(text) || /[:…]$/.test(text));
}

interface Openers {
  test(text: string): boolean;
}

/** `Các tin khác`, `The latest news`. */
const articles = /^(?:các|những|một số|the|les|nos|las|los|i|le|die|weitere)\s+/iu;
const signs = /^[\s>»•*#|▶►–—-]+/u;

/**
 * A phrase opens boilerplate as the whole line, before a colon, or before little else; `$` wants the whole line. Every
 * line of every page is asked, and there are hundreds of phrases: only those with its first letter are tried.
 */
const openerPattern = compileOnce((phrases: readonly string[]): Openers | null => {
  if (phrases.length === 0) return null;
  const groups = Map.groupBy(phrases, (phrase) => firstLetter(tidy(phrase)));
  const patterns = new Map(
    [...groups].map(([letter, some]) => [letter, new RegExp(`^(?:${openingPatterns(some)})`, 'iu')]),
  );
  return {
    test(text) {
      const line = text.replace(signs, '');
      const bare = line.replace(articles, '');
      return [line, bare].some((each) => (patterns.get(firstLetter(each)) ?? patterns.get('…'))?.test(each) ?? false);
    },
  };
});

function firstLetter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0).toLowerCase();
}

/** What may follow is said once for all phrases of a kind: a class of letters takes long to compile. */
function openingPatterns(phrases: readonly string[]): string {
  const kinds = Map.groupBy(phrases, afterPhrase);
  return [...kinds]
    .map(([after, some]) => `(?:${some.map((phrase) => phrasePattern(phrase.replace(/\$$/, ''))).join('|')})${after}`)
    .join('|');
}

function afterPhrase(phrase: string): string {
  if (phrase.endsWith('$')) return '[\\s\\d:：()（）.…–—-]*$';
  // Other scripts set words without spaces, and after a sign a word may follow at once.
  const isWord = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}\p{N}]$/u.test(phrase);
  return isWord ? '(?![\\p{L}\\p{M}\\p{N}])' : '';
}

/** Where the links that stand right there end. */
function linksFrom(blocks: readonly Block[], from: number): number {
  let end = from;
  for (let index = from; blocks[index]?.linked || blocks[index]?.photo; index += 1) {
    if (blocks[index]?.linked) end = index + 1;
  }
  return end;
}

/** Where the article starts again; null when what follows is teasers between links, or a form's few words. */
function articleGoesOn(blocks: readonly Block[], from: number, opener: Openers): number | null {
  const links = linksFrom(blocks, from);
  // Under links that have ended a short sentence is enough; a form's own sentences are short too.
  const start = blocks.findIndex((block, index) => index >= links && isProse(block, links > from ? sentence : prose));
  if (start < 0) return null;
  const next = blocks.findIndex((block, index) => index > start && isOpener(block, opener));
  const rest = blocks.slice(start, next < 0 ? blocks.length : next).filter((block) => !block.photo);
  if (rest.filter((block) => block.linked).length * 3 >= rest.length) return null;
  // A label with nothing of its own under it: an advertisement stood there.
  const between = blocks.slice(links, start);
  if (links === from && !between.some((block) => block.linked || isOpener(block, opener))) return from;
  // The heading right above it is its own.
  const above = blocks[start - 1];
  return start - 1 >= links && above?.furniture && !above.linked && !isOpener(above, opener) ? start - 1 : start;
}

function isProse(block: Block, enough: number): boolean {
  return !block.furniture && block.text.length >= enough && readsAsSentence(block.text);
}
