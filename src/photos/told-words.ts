/** Of an original's metadata what readers may be told. */
import { readCaption } from '#src/core/caption.ts';
import type { PhotoWords } from '#src/core/photo-words.ts';
import type { EmbeddedText } from '#src/photos/request.ts';

/** Longer is a press release. */
const longest = 1000;
/** What cameras and programs write where nobody wrote anything. */
const unwritten =
  /^(?:olympus digital camera|sony dsc|digital camera|kodak .{0,20}|samsung .{0,20}|minolta .{0,20}|default|untitled|screenshot|caption|description|image description|unknown|user|owner|none|n\/a|picasa.*|adobe photoshop.*|created with .*|[\w-]+\.(?:jpe?g|png|tiff?|webp)|(?:img|dsc|dscn|dscf|pict|image|photo)?[\s_-]*\d*)$/i;

/** Null where nothing is told. */
export function toldWords({ caption, byline, credit, alt }: EmbeddedText): PhotoWords | null {
  const told = readCaption(written(caption) ?? '', { prefixes: [] });
  const owners = [...new Set([byline, credit].map(written).filter((name) => name !== null))];
  const words = { caption: told.caption, credit: owners.join('/') || told.credit, alt: written(alt) };
  return Object.values(words).every((word) => word === null) ? null : words;
}

function written(text: string | null): string | null {
  const plain = text
    ?.toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (!plain || unwritten.test(plain)) return null;
  return [...plain].slice(0, longest).join('');
}
