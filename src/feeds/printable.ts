/** Text as feeds may hold it. */

/**
 * Composed letters, and only what XML 1.0 allows (production 2, `Char`); C1 controls and U+FFFE, U+FFFF are refused or
 * warned of by validators and mean nothing in a text.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g, '')
    .normalize('NFC');
}

export function printableOrNull(text: string | null): string | null {
  return text === null ? null : printable(text);
}
