import { describe, expect, it } from 'vitest';
import type { Sending } from '#src/channels/channel.ts';
import { telegram } from '#src/channels/telegram/channel.ts';
import type { Post } from '#src/core/post.ts';
import { photos, telegramBench } from '#tests/channels/telegram/bench.ts';
import { somePost } from '#tests/fakes/posts.ts';
import { telegramRefusal } from '#tests/fakes/telegram-server.ts';

describe('Telegram, changing what stands', () => {
  const bench = telegramBench();
  const { settings, tools, published, only } = bench;

  it('changes a text, a caption and the one photo, and takes an equal edit for done', async () => {
    const segments = [{ kind: 'text', text: 'Cầu treo thông xe sau ba năm' } as const];
    const text = await published();
    const edit = (one: Sending<any>, change: Partial<Post>, style = 'photo') =>
      telegram.edit!({ ...one, post: { ...one.post, ...change } }, settings({ style }), tools());
    for (let times = 0; times < 2; times++) expect((await edit(text, { segments })).kind).toBe('sent');
    expect(only().text).toBe('Cầu treo thông xe sau ba năm');

    const photo = await published({ photos: photos.slice(0, 1) });
    expect((await edit(photo, { segments })).kind).toBe('sent');
    bench.files.set(photos[1]!.file, new Uint8Array(9));
    expect((await edit(photo, { segments, photos: [photos[1]!] })).kind).toBe('sent');
    expect(bench.server.messages.get(102)).toMatchObject({ photos: [9], text: segments[0]!.text });

    const album = await published({ photos }, 'album');
    expect(await edit(album, { segments }, 'album')).toMatchObject({ kind: 'sent', id: '103,104,105' });
    expect(bench.server.messages.get(103)!.text).toBe(segments[0]!.text);
    const rich = await published({ photos }, 'rich');
    expect((await edit(rich, { segments }, 'rich')).kind).toBe('sent');
  });

  it('corrects the words below each photo of an album, and leaves those of photos that are not in the article any more', async () => {
    const two = [photos[1]!, photos[0]!, photos[2]!];
    const album = await published({ photos: two }, 'album');
    const words = () => [...bench.server.messages.values()].slice(1).map(({ text }) => text);
    expect(words()).toEqual(['Người dân qua cầu <treo> & chợ (Thu An)', '']);
    const mended = { ...photos[0]!, caption: 'Người dân qua cầu treo', credit: 'Minh Châu' };
    const edited = { ...album, post: somePost({ photos: [photos[1]!, mended, photos[2]!] }) };
    for (let times = 0; times < 2; times++) {
      expect((await telegram.edit!(edited, settings({ style: 'album' }), tools())).kind).toBe('sent');
    }
    expect(words()).toEqual(['Người dân qua cầu treo (Minh Châu)', '']);
    expect(bench.server.record.filter(({ op }) => op === 'edit')).toHaveLength(1);
    const without = { ...album, post: somePost({ photos: [photos[1]!] }) };
    expect((await telegram.edit!(without, settings({ style: 'album' }), tools())).kind).toBe('sent');
    expect(words()).toEqual(['Người dân qua cầu treo (Minh Châu)', '']);
  });

  it('puts no words below a photo that may be another one', async () => {
    const refused = 'Bad Request: failed to send message #1 with the error message "PHOTO_INVALID_DIMENSIONS"';
    bench.server.misbehave(telegramRefusal(400, refused));
    const album = await published({ photos: [photos[1]!, photos[2]!, photos[0]!] }, 'album');
    expect(bench.server.messages.size).toBe(2);
    const renamed = { ...photos[2]!, caption: 'Bến đò' };
    const edited = { ...album, post: somePost({ photos: [photos[1]!, renamed, photos[0]!] }) };
    expect((await telegram.edit!(edited, settings({ style: 'album' }), tools())).kind).toBe('sent');
    expect([...bench.server.messages.values()][1]!.text).toBe('Người dân qua cầu <treo> & chợ (Thu An)');
  });

  it('leaves no words of an album standing that Telegram does not delete any more', async () => {
    const album = await published({ photos: [photos[1]!, photos[0]!] }, 'album');
    bench.server.rights.can_delete_messages = false;
    bench.clock.advance(49 * 3_600_000);
    expect((await telegram.withdraw!(album, settings({ style: 'album' }), tools())).kind).toBe('sent');
    const texts = [...bench.server.messages.values()].map(({ text }) => text);
    expect(texts).toEqual(['Bài viết này đã được gỡ.', '']);
  });

  it('changes a post whose kind it does not know, as one adopted by hand', async () => {
    const { earlier: _, ...photo } = await published({ photos: photos.slice(0, 1) });
    const edited = { ...photo, post: somePost({ segments: [{ kind: 'text', text: 'mới' }] }) };
    expect((await telegram.edit!(edited, settings({ style: 'message' }), tools())).kind).toBe('sent');
    expect(only()).toMatchObject({ kind: 'photo', text: 'mới' });
    bench.server.messages.clear();
    const gone = await telegram.edit!(edited, settings(), tools());
    expect(gone).toMatchObject({
      kind: 'permanent',
      scope: 'item',
      reason: expect.stringMatching(/not there any more/),
    });
  });

  it('takes messages back, and says so in their place when Telegram does not delete them any more', async () => {
    const album = await published({ photos }, 'album');
    for (let times = 0; times < 2; times++) {
      expect((await telegram.withdraw!(album, settings(), tools())).kind).toBe('sent');
    }
    expect(bench.server.messages.size).toBe(0);
    for (const style of ['message', 'photo', 'rich']) {
      const old = await published({ photos: photos.slice(0, 1) }, style);
      bench.server.rights.can_delete_messages = false;
      bench.clock.advance(49 * 3_600_000);
      expect((await telegram.withdraw!(old, settings({ style }), tools())).kind).toBe('sent');
      expect([...bench.server.messages.values()].at(-1)!.text).toBe('Bài viết này đã được gỡ.');
    }
    const gone = await published();
    bench.server.messages.clear();
    expect((await telegram.withdraw!(gone, settings(), tools())).kind).toBe('sent');
  });

  it('touches no message of another chat that has the same number', async () => {
    const one = await published({ photos: photos.slice(0, 1) });
    const other = settings({ chatId: '@baokhac' });
    for (const act of [telegram.edit!, telegram.withdraw!, telegram.reply!]) {
      expect(await act(one, other, tools())).toMatchObject({
        kind: 'permanent',
        scope: 'item',
        reason: expect.stringMatching(/stands in @baothu, .* @baokhac now\. Do it by hand at https:/),
      });
    }
    expect(await telegram.withdraw!(one, settings({ chatId: '@BaoThu' }), tools())).toMatchObject({ kind: 'sent' });
  });

  it('answers below the post', async () => {
    const one = await published();
    const result = await telegram.reply!(one, settings(), tools());
    expect(result).toMatchObject({ kind: 'sent', id: '102' });
    expect(bench.server.messages.get(102)!.replyTo).toBe(101);
  });
});
