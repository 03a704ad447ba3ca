/** The byline that stands in the body itself, at its end. */
import type { BodyBlock } from '#src/articles/blocks.ts';
import { type Byline, readByline } from '#src/core/byline.ts';
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { selectAll, textOf } from '#src/markup/html.ts';

const last = 3;
const longestLeftover = 80;

export interface Signature {
  byline: Byline;
  /** The blocks that are the byline. */
  own: BodyBlock[];
  /** Short lines after it, which belong to the page. */
  after: BodyBlock[];
}

/** Looks at the last three blocks of text; null without one. */
export function findSignature(blocks: readonly BodyBlock[], rules: Profile['byline']): Signature | null {
  const texts = blocks.filter((block) => !block.photo);
  // A whole text of one line is no byline.
  for (let index = texts.length - 1; index >= Math.max(1, texts.length - last); index -= 1) {
    const block = texts[index];
    const byline = block && signatureIn(block, rules);
    if (!block || !byline) continue;
    const after = texts.slice(index + 1);
    if (after.some((each) => each.text.length > longestLeftover || endsSentence(each.text))) return null;
    return withLineBefore({ byline, own: [block], after }, texts[index - 1], rules);
  }
  return null;
}

function signatureIn(block: BodyBlock, rules: Profile['byline']): Byline | null {
  if (/^(?:h[1-6]|li|tr)$/.test(block.element.localName)) return null;
  return readByline(block.text, rules, {
    bare: rules.bareNames || isSetApart(block),
    desk: isSignedRight(block),
  });
}

/** `Bài: …` and `Ảnh: …` on lines of their own are one byline. */
function withLineBefore(signature: Signature, before: BodyBlock | undefined, rules: Profile['byline']): Signature {
  const byline = before && signatureIn(before, rules);
  if (!byline) return signature;
  return {
    ...signature,
    own: [before, ...signature.own],
    byline: {
      names: [...new Set([...byline.names, ...signature.byline.names])],
      photographers: [...byline.photographers, ...signature.byline.photographers],
      printed: `${byline.printed} ${signature.byline.printed}`,
    },
  };
}

function isSignedRight({ element }: BodyBlock): boolean {
  const style = `${element.getAttribute('style') ?? ''};${element.getAttribute('align') ?? ''};${element.getAttribute('class') ?? ''}`;
  return /right|author|tac-?gia|byline/i.test(style);
}

/** Right-aligned, or bold or slanted as a whole. */
function isSetApart(block: BodyBlock): boolean {
  if (isSignedRight(block)) return true;
  const { element, text } = block;
  const marked = selectAll(element, 'strong, b, em, i').map((each) => tidy(textOf(each)));
  return marked.some((each) => each.length >= text.length * 0.9);
}
