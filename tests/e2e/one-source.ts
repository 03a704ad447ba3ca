/** A worker that watches one source, and ways to look at what it made. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#src/ops/clock.ts';
import { freePort, inFolder, type Running, startLoa } from '#tests/e2e/loa.ts';

export interface OneSource {
  folder: string;
  /** The worker's address. */
  url: string;
  start(): Promise<Running>;
  /** Of the feed, as JSON Feed has them. */
  entries(): Promise<any[]>;
  until(look: () => Promise<boolean>): Promise<void>;
}

/** `source`: as it stands between the braces of the settings' list. */
export async function withOneSource(
  { site, language = 'vi', source }: { site: string; language?: string; source: string },
  work: (bench: OneSource) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const settings = `
site: { name: Báo Thử, url: "${site}", language: ${language}, timezone: Asia/Ho_Chi_Minh }
listen: 127.0.0.1:${port}
publicUrl: ${url}
sources: [{ ${source} }]
feeds: [{ id: latest, title: Tin mới }]
photos: { widths: [320], formats: [jpeg] }
channels: [{ id: board, kind: board, pace: { settle: 0s, gap: 0s } }]
network: { allow: ["127.0.0.0/8"] }
`;
    await writeFile(join(folder, 'my.yaml'), settings);
    await work({
      folder,
      url,
      async start() {
        const running = startLoa(['start', '--config', 'my.yaml'], { cwd: folder });
        await running.printed(/watching/);
        return running;
      },
      entries: async () => ((await (await fetch(`${url}/feeds/latest.json`)).json()) as any).items,
      async until(look) {
        while (!(await look().catch(() => false))) await systemClock.sleep(150);
      },
    });
  });
}
