/** The words of a WebP or AVIF file: an XMP packet, UTF-8, with what `exif-segment.ts` writes into a JPEG. */
import type { WrittenText } from '#src/photos/request.ts';

/** Description, creator and rights in Dublin Core (XMP part 1, §8.3); null when there is nothing to say. */
export function xmpPacket({ description, artist, copyright }: WrittenText): string | null {
  const fields = [
    description !== null && `<dc:description>${inAnyLanguage(description)}</dc:description>`,
    artist !== null && `<dc:creator><rdf:Seq><rdf:li>${xmlText(artist)}</rdf:li></rdf:Seq></dc:creator>`,
    copyright !== null && `<dc:rights>${inAnyLanguage(copyright)}</dc:rights>`,
  ].filter((field) => field !== false);
  if (fields.length === 0) return null;
  return (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${fields.join('')}</rdf:Description>` +
    '</rdf:RDF></x:xmpmeta>'
  );
}

function inAnyLanguage(text: string): string {
  return `<rdf:Alt><rdf:li xml:lang="x-default">${xmlText(text)}</rdf:li></rdf:Alt>`;
}

/** What XML cannot hold at all goes too: one such character and no reader takes the packet. */
function xmlText(text: string): string {
  return text
    .replace(/[\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
