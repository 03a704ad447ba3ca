/** Pictures for the tests, made on the spot. */
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export const widths = [320, 640];

/** Left half red, right half blue; the top quarter of the left half is green: every turn and mirror shows. */
export function flag(width = 800, height = 600): Sharp {
  const part = (w: number, h: number, background: string) => ({
    create: { width: w, height: h, channels: 3 as const, background },
  });
  return sharp(part(width, height, '#c81e1e')).composite([
    { input: part(width / 2, height, '#1e1ec8'), left: width / 2, top: 0 },
    { input: part(width / 2, height / 4, '#1ec81e'), left: 0, top: 0 },
  ]);
}

/** Which of the flag's colours stands at this place (0 to 1 each way). */
export async function colourAt(path: string, x: number, y: number): Promise<'red' | 'green' | 'blue' | 'other'> {
  const { data, info } = await sharp(path).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  const [red, green, blue] = [data[at]! > 128, data[at + 1]! > 128, data[at + 2]! > 128];
  if (red && !green && !blue) return 'red';
  if (green && !red && !blue) return 'green';
  return blue && !red && !green ? 'blue' : 'other';
}

/** A photo as a camera leaves it: where it was taken, with which camera, and by whom. */
export function cameraPhoto(): Promise<Buffer> {
  return flag()
    .jpeg()
    .withExif({
      IFD0: { Artist: 'Nguyen Lam', Copyright: 'Bao Binh Lang', ImageDescription: 'Ruong bac thang', Make: 'Kamera' },
      IFD2: { BodySerialNumber: 'SN-20481632', LensSerialNumber: 'LS-77' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 51/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '106/1 45/1 0/1' },
    })
    .toBuffer();
}

/** An IPTC segment with these texts by data set, as `encode` writes them. */
export function iptcSegment(texts: Record<number, Uint8Array>, utf8 = false): Buffer {
  const dataSet = (record: number, number: number, value: Uint8Array) =>
    Buffer.concat([Buffer.from([0x1c, record, number, value.length >> 8, value.length & 255]), value]);
  const iim = Buffer.concat([
    ...(utf8 ? [dataSet(1, 90, Buffer.from('\x1b%G', 'latin1'))] : []),
    ...Object.entries(texts).map(([number, value]) => dataSet(2, Number(number), value)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(iim.length);
  const name = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0', 'latin1');
  const body = Buffer.concat([name, length, iim, Buffer.alloc(iim.length % 2)]);
  return Buffer.concat([Buffer.from([0xff, 0xed, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
}

/** A PNG of a few bytes that says it is this large. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
