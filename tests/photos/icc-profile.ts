/** Colour profiles that sharp does not bring along. */

/** Adobe RGB (1998): its primaries, adapted to D50, and a gamma of 563/256. ICC.1:2001-04, a matrix profile. */
export function adobeRgbProfile(): Buffer {
  const gamma = curve(563);
  const tags: [string, Buffer][] = [
    ['desc', described('Adobe RGB (1998)')],
    ['cprt', Buffer.concat([Buffer.from('text\0\0\0\0none\0', 'latin1')])],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.60974, 0.31111, 0.01947)],
    ['gXYZ', xyz(0.20528, 0.62567, 0.06087)],
    ['bXYZ', xyz(0.14919, 0.06322, 0.74457)],
    ['rTRC', gamma],
    ['gTRC', gamma],
    ['bTRC', gamma],
  ];
  const header = Buffer.alloc(128);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  xyz(0.9642, 1, 0.8249).copy(header, 68, 8);
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  const contents: Buffer[] = [];
  let at = header.length + table.length;
  for (const [index, [name, content]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(content.length, 12 + index * 12);
    const padded = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
    contents.push(padded);
    at += padded.length;
  }
  const profile = Buffer.concat([header, table, ...contents]);
  profile.writeUInt32BE(profile.length, 0);
  return profile;
}

function xyz(...values: number[]): Buffer {
  const content = Buffer.alloc(20);
  content.write('XYZ ', 'latin1');
  for (const [index, value] of values.entries()) content.writeInt32BE(Math.round(value * 65_536), 8 + index * 4);
  return content;
}

function curve(gammaIn256ths: number): Buffer {
  const content = Buffer.alloc(14);
  content.write('curv', 'latin1');
  content.writeUInt32BE(1, 8);
  content.writeUInt16BE(gammaIn256ths, 12);
  return content;
}

function described(text: string): Buffer {
  const content = Buffer.alloc(12 + text.length + 1 + 78);
  content.write('desc', 'latin1');
  content.writeUInt32BE(text.length + 1, 8);
  content.write(text, 12, 'latin1');
  return content;
}
