/** An `@name` in plain text, which on some services calls somebody. */

/** With U+200B behind every `@` that begins a name; addresses of mail and of the web stay as they are. */
export function breakMentions(text: string): string {
  return text.replace(untouchedOrAt, (found) => (/^[@＠﹫]$/.test(found) ? `${found}\u200B` : found));
}

/** `a@b.c`, `https://…/@name` and `bao.example/@name` match as a whole, and are passed over. */
const untouchedOrAt = new RegExp(
  [
    String.raw`https?:\/\/[^\s<>"]+`,
    String.raw`(?<![\p{L}\p{M}\p{N}@._-])(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,}\/[^\s<>"]*`,
    // Begins where a word begins and is no longer than such a name may be: a text without end is read once.
    String.raw`(?<![\p{L}\p{M}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{M}\p{N}._%+-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,}`,
    // A Page on Facebook is called `@[123]`.
    String.raw`[@＠﹫](?=[!&]?[\p{L}\p{M}\p{N}_]|\[\d)`,
  ].join('|'),
  'gu',
);
