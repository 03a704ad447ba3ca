import { describe, expect, it } from 'vitest';
import { facebook } from '#src/channels/facebook/channel.ts';
import { postText } from '#src/core/length.ts';
import { NotPrepared } from '#src/core/send-result.ts';
import { facebookBench, pageId, photos } from '#tests/channels/facebook/bench.ts';
import { facebookRefusal, usedUp } from '#tests/fakes/facebook-server.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

const minute = 60_000;

describe('Facebook, posting', () => {
  const bench = facebookBench();
  const { settings, tools, prepare, publish, withPhotos, published, only } = bench;

  it('posts the text with a card of the article', async () => {
    const result = await publish();
    expect(result).toMatchObject({ kind: 'sent', id: only().id, url: `https://www.facebook.com/${only().id}` });
    const { segments, link } = somePost();
    expect(only()).toMatchObject({ message: postText(segments), link, photos: [] });
  });

  it('goes slowly when most of what the Page may use is used up', async () => {
    bench.server.use(74);
    expect(await publish()).not.toHaveProperty('restUntil');
    bench.server.use(75);
    const other = someSending({ post: somePost({ segments: [{ kind: 'text', text: 'Bản tin khác' }] }) });
    expect(await publish(other)).toMatchObject({ kind: 'sent', restUntil: bench.clock.now() + 5 * minute });
  });

  it('posts photos in their order with alt texts, captions and credits', async () => {
    expect((await publish(withPhotos())).kind).toBe('sent');
    expect(only()).toMatchObject({ link: null, message: expect.stringContaining(somePost().link) });
    expect(only().photos.map(({ alt, caption }) => [alt, caption])).toEqual([
      ['Cầu treo', 'Người dân qua cầu (Thu An)'],
      [null, null],
    ]);
    expect(bench.server.record).toHaveLength(1);
  });

  it('tells no Page of a photo whose caption names it', async () => {
    const named = postPhoto('cau', { caption: 'Cầu treo @[104900000000002]' });
    await publish(someSending({ post: somePost({ photos: [named] }) }));
    expect(only().photos[0]!.caption).toBe('Cầu treo @\u200B[104900000000002]');
  });

  it('uploads again what was cleaned up while the post waited', async () => {
    const one = await prepare(withPhotos());
    bench.server.purge();
    const result = await facebook.publish(one, settings(), tools());
    expect(result).toMatchObject({ kind: 'notSent', prepareAgain: true });
    expect((await publish(withPhotos())).kind).toBe('sent');
    const other = (message: string, subcode?: number) => facebookRefusal(100, message, subcode ? { subcode } : {});
    const again = { kind: 'notSent', prepareAgain: true };
    bench.server.misbehave(
      other(`Object with ID '${one.prepared.photos[0]!.id}' does not exist`, 33),
      other('Invalid parameter'),
    );
    expect(await facebook.publish(one, settings(), tools())).toMatchObject(again);
    expect(await facebook.publish(one, settings(), tools())).toMatchObject({ ...again, tries: 5 });
    bench.server.misbehave(other('too fast', 1390008), other(`Object with ID '${pageId}' does not exist`, 33));
    expect(await facebook.publish(one, settings(), tools())).not.toHaveProperty('prepareAgain');
    expect(await facebook.publish(one, settings(), tools())).toMatchObject({
      kind: 'permanent',
      scope: 'channel',
    });
  });

  it('takes photos that are posted already for a sign that the post stands', async () => {
    const one = await prepare(withPhotos());
    bench.server.misbehave('500');
    expect((await facebook.publish(one, settings(), tools())).kind).toBe('ambiguous');
    expect((await facebook.publish(one, settings(), tools())).kind).toBe('ambiguous');
    expect(bench.server.posts.size).toBe(1);
  });

  it('takes the same text twice for a post that stands already', async () => {
    await publish();
    expect(await publish()).toMatchObject({ kind: 'ambiguous', reason: expect.stringMatching(/506/) });
  });

  it('leaves out a photo that the Page will not take, and waits for a service that fails', async () => {
    bench.server.refuseMedia(facebookRefusal(100, 'Photos should be under 4 MB', { subcode: 1366046 }));
    expect((await prepare(withPhotos())).prepared).toMatchObject({
      photos: [{ file: photos[1]!.file }],
      notes: [expect.stringMatching(/^photo 1 of 2 left out: .*1366046/)],
    });
    for (const answer of [facebookRefusal(2, 'later', { isTransient: true }), { status: 503 }]) {
      bench.server.refuseMedia(answer);
      const failed = await prepare(withPhotos()).catch((error) => error);
      expect(failed).toBeInstanceOf(NotPrepared);
      expect(failed.result.kind).toBe('notSent');
    }
    bench.server.refuseMedia(usedUp(pageId, 25));
    const failingSince = new Date(bench.clock.now() - 11 * minute).toISOString();
    const limited = await prepare({ ...withPhotos(), failingSince }).catch((error) => error);
    expect(limited.result).toMatchObject({ kind: 'notSent', retryAt: bench.clock.now() + 25 * minute });
    bench.server.refuseMedia({ status: 503, headers: { 'retry-after': '60' } });
    expect((await prepare({ ...withPhotos(), failingSince })).prepared.photos).toHaveLength(1);
  });

  it('changes the text, answers below, takes back, and finds nothing to take back for done', async () => {
    const one = await published();
    const edited = { ...one, post: somePost({ segments: [{ kind: 'text', text: 'Đã sửa' }] }) };
    expect(await facebook.edit!(await prepare(edited), settings(), tools())).toMatchObject({
      kind: 'sent',
      ...one.remote,
    });
    expect(only().message).toBe('Đã sửa');
    const reply = await facebook.reply!(edited, settings(), tools());
    const [comment] = only().comments;
    const url = `https://www.facebook.com/${only().id}?comment_id=${comment!.id.split('_')[1]}`;
    expect(reply).toMatchObject({ kind: 'sent', id: comment!.id, url });
    for (let times = 0; times < 2; times++) {
      expect((await facebook.withdraw!(one, settings(), tools())).kind).toBe('sent');
    }
    expect(bench.server.record.map(({ op }) => op)).toEqual(['create', 'edit', 'comment', 'delete']);
    const gone = await facebook.edit!(edited, settings(), tools());
    expect(gone).toMatchObject({ kind: 'permanent', scope: 'item', reason: expect.stringMatching(/by hand at https/) });
  });

  it('blames one post, not the channel, when it may not change that', async () => {
    const one = await published();
    bench.server.misbehave(facebookRefusal(200, '(#200) not made by this app'), facebookRefusal(190, 'expired'));
    expect(await facebook.edit!(one, settings(), tools())).toMatchObject({ kind: 'permanent', scope: 'item' });
    expect(await facebook.edit!(one, settings(), tools())).toMatchObject({ kind: 'permanent', scope: 'channel' });
  });
});
