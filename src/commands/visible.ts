/**
 * Signs that a terminal would obey instead of showing, as JSON writes them: titles and addresses are other people's text.
 * JSON stays what it says.
 */
export function visible(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
