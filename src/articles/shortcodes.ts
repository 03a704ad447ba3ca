/** WordPress's own notation, where a feed or API hands it out unexpanded. */

// The parts are bounded: an unclosed one must not be looked for through the whole text again and again.
const caption =
  /\[caption\b[^\]]{0,300}\](\s*(?:<a\b[^<>]*>)?\s*<img\b[^<>]*>\s*(?:<\/a>)?)([\s\S]{0,1000}?)\[\/caption\]/gi;

/** `[caption …]<img> text[/caption]` as a figure; other shortcodes stay. */
export function expandCaptions(html: string): string {
  return html.replace(caption, '<figure>$1<figcaption>$2</figcaption></figure>');
}
