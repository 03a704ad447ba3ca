import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { bothEnds } from '#tests/e2e/backends.ts';
import { benchOn } from '#tests/e2e/newsroom-bench.ts';

const text = `---
id: den-long
title: Đèn lồng bên sông Nà Hin
images:
  - { src: den.jpg, caption: Đêm hội đèn lồng., credit: Lê An }
---
Tối 25/11, hơn hai trăm đèn lồng được thả trên sông Nà Hin.
`;

test.for(bothEnds)(
  'on $name an article goes out with JPEG photos; WebP, AVIF and the card are served, and the feeds offer them',
  (backend) =>
    benchOn(backend)([], async (bench) => {
      const settings = join(bench.folder, 'my.yaml');
      const all = (await readFile(settings, 'utf8')).replace(/^photos:.*/m, 'photos: { widths: [64, 96] }');
      await writeFile(settings, all);
      const picture = sharp({ create: { width: 90, height: 60, channels: 3, background: '#a63' } });
      await writeFile(join(bench.folder, 'inbox', 'den.jpg'), await picture.jpeg().toBuffer());
      await writeFile(join(bench.folder, 'inbox', 'den.md'), text);
      await bench.start();
      const entry = await bench.until(async () => {
        const { items } = (await (await bench.get('/feeds/latest.json')).json()) as any;
        return items.find((item: any) => item.content_html?.includes('<picture>'));
      });

      const html: string = entry.content_html;
      expect(html).toContain('</picture><figcaption>Đêm hội đèn lồng. (Lê An)</figcaption></figure>');
      const kinds = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' };
      for (const [ending, type] of Object.entries(kinds)) {
        const files = [...new Set(html.match(new RegExp(`http[^" ]+\\.${ending}`, 'g')))];
        expect(files.map((file) => file.split('/').at(-1)).sort()).toEqual([`64.${ending}`, `90.${ending}`]);
        for (const file of files) {
          const answer = await fetch(file);
          expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
        }
      }
      const card = await fetch(entry.banner_image);
      expect(card.headers.get('content-type')).toBe('image/jpeg');
      expect(await sharp(await card.arrayBuffer()).metadata()).toMatchObject({ width: 1200, height: 630 });
    }),
);
