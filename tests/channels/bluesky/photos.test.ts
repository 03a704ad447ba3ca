import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bluesky } from '#src/channels/bluesky/channel.ts';
import { type BlueskyBench, openBlueskyBench, someJpeg } from '#tests/fakes/bluesky-bench.ts';
import { startBluesky } from '#tests/fakes/bluesky-server.ts';
import { somePost } from '#tests/fakes/posts.ts';

describe('photos on Bluesky', () => {
  let bench: BlueskyBench;

  beforeEach(async () => {
    bench = await openBlueskyBench();
  });
  afterEach(async () => {
    expect(JSON.stringify(bench.log.lines)).not.toMatch(/canary/);
    await bench.close();
  });

  it('shows a card with the first photo where the settings say so', async () => {
    const mine = bench.settings({ embed: 'card' });
    bench.use(mine);
    expect(bluesky.limits(mine, {})).toMatchObject({ photos: 1, photo: { bytes: 1_000_000 } });
    await bench.publish(await bench.prepare(bench.sending({ post: somePost({ photos: bench.photos.slice(0, 1) }) })));
    expect(bench.standing()[0].embed.external).toMatchObject({
      title: somePost().article.headline,
      thumb: { $type: 'blob' },
    });
  });

  it('keeps nothing of an answer that is no blob but a megabyte', async () => {
    const blob = { $type: 'blob', ref: { $link: 'bafkrei' }, filler: 'x'.repeat(1_000_000) };
    bench.server.misbehaveAt(/uploadBlob/, { status: 200, body: JSON.stringify({ blob }) });
    await expect(bench.prepare()).rejects.toMatchObject({ result: { kind: 'notSent' } });
  });

  it('brings back photos that the service forgot, the record as it was', async () => {
    const one = await bench.prepare();
    bench.clock.advance(7 * 3_600_000);
    bench.server.purge();
    expect(await bench.publish(one)).toMatchObject({ kind: 'sent' });
    expect(JSON.stringify(bench.standing()[0])).toBe(one.prepared.record);
    expect(bench.server.uploads).toHaveLength(4);
  });

  it('prepares anew, under the same key, when a forgotten photo is gone here too', async () => {
    const one = await bench.prepare();
    bench.server.purge();
    bench.files.delete(bench.photos[0]!.file);
    expect(await bench.publish(one)).toMatchObject({ kind: 'notSent', prepareAgain: true });
    const again = await bench.prepare();
    expect(again.prepared.rkey).toBe(one.prepared.rkey);
    expect(again.prepared.notes).toEqual([expect.stringMatching(/^photo 1 of 2 left out: its file is gone/)]);
    expect(await bench.publish(again)).toMatchObject({ kind: 'sent' });
  });

  it('leaves out photos that are too large here, at the upload or in the record', async () => {
    bench.files.set(bench.photos[0]!.file, someJpeg('x', 1_000_001));
    const { prepared } = await bench.prepare();
    expect(prepared.notes).toEqual([expect.stringMatching(/photo 1 of 2 left out: its file has 1000004 bytes/)]);
    bench.server.misbehaveAt(/uploadBlob/, { status: 413, body: '{"error":"PayloadTooLarge"}' });
    bench.files.set(bench.photos[0]!.file, someJpeg('x'));
    expect((await bench.prepare()).prepared.files).toHaveLength(1);

    const older = await startBluesky({ now: bench.clock.now, imageLimit: 50 });
    bench.use(bench.settings({ service: older.url }));
    const one = await bench.prepare();
    for (let times = 0; times < 2; times++) expect(await bench.publish(one)).toMatchObject({ kind: 'sent' });
    expect([...older.posts.values()][0]!.value.embed.$type).toBe('app.bsky.embed.external');
    expect(older.record).toHaveLength(1);
    await older.close();
  });

  it('waits for a provider that fails with photos, but not for ever', async () => {
    bench.server.misbehaveAt(/uploadBlob/, { status: 503 });
    await expect(bench.prepare()).rejects.toMatchObject({ result: { kind: 'notSent' } });
    const failingSince = new Date(bench.clock.now()).toISOString();
    bench.clock.advance(11 * 60_000);
    bench.server.misbehaveAt(/uploadBlob/, { status: 503 });
    expect((await bench.prepare(bench.sending({ failingSince }))).prepared.files).toHaveLength(1);
  });
});
