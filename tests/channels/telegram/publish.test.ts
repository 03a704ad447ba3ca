import { describe, expect, it } from 'vitest';
import { telegram } from '#src/channels/telegram/channel.ts';
import { postLength, postText } from '#src/core/length.ts';
import { photos, telegramBench } from '#tests/channels/telegram/bench.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';
import { telegramRefusal } from '#tests/fakes/telegram-server.ts';

describe('Telegram, posting', () => {
  const bench = telegramBench();
  const { settings, tools, publish, only } = bench;

  it('sends text as it was composed, its link visible and with a card', async () => {
    const { result } = await publish();
    expect(result).toEqual({ kind: 'sent', id: '101', url: 'https://t.me/baothu/101' });
    const { segments, link } = somePost();
    expect(only()).toMatchObject({ kind: 'text', text: postText(segments), links: [link], preview: link });
  });

  it('escapes what looks like markup, and lets nothing of a headline act', async () => {
    const hostile = '<b>Lũ</b> & "mưa" </a> @everyone {{x}} &nbsp; {% raw %}';
    await publish({ segments: [{ kind: 'text', text: hostile }] });
    expect(only().text).toBe(hostile);
    const link = 'https://bao.example/a?x="><b>&y=1';
    await publish({ segments: [{ kind: 'link', text: 'Đọc <tiếp>', url: link }] });
    expect([...bench.server.messages.values()][1]).toMatchObject({ text: 'Đọc <tiếp>', links: [link] });
  });

  it('counts as Telegram counts', async () => {
    for (const text of [
      'Sáng 29/11, Đắk Lắk mưa lớn',
      'ฝนตกหนัก',
      'أمطار غزيرة',
      '大雨で峠が',
      '👩‍👩‍👧 🇻🇳 👍🏽',
      'a<b&c>"d"',
    ]) {
      const segments = [{ kind: 'text', text } as const];
      await publish({ segments });
      expect(postLength(segments, telegram.limits(settings(), {}))).toBe(
        [...[...bench.server.messages.values()].at(-1)!.text].length,
      );
    }
  });

  it('sends the first photo with the text below, or an album, by its style', async () => {
    await publish({ photos: photos.slice(0, 1) });
    expect(only()).toMatchObject({ kind: 'photo', photos: [4], text: postText(somePost().segments) });
    bench.server.messages.clear();
    const { result } = await publish({ photos }, 'album');
    expect(result).toMatchObject({ kind: 'sent', id: '102,103,104', url: 'https://t.me/baothu/102' });
    const album = [...bench.server.messages.values()];
    expect(album.map(({ group }) => group)).toEqual([102, 102, 102]);
    expect(album.map(({ text }) => text)).toEqual([postText(somePost().segments), '', '']);
    expect(bench.server.record.at(-1)).toMatchObject({ op: 'create', ids: [102, 103, 104] });
    bench.server.messages.clear();
    await publish({ photos: [photos[1]!, photos[0]!] }, 'album');
    const [, captioned] = bench.server.messages.values();
    expect(captioned!.text).toBe('Người dân qua cầu <treo> & chợ (Thu An)');
  });

  it('keeps the words below an album’s photos within what Telegram takes, and calls nobody by them', async () => {
    const caption = `Ảnh của @phongvien: ${'mưa lớn trên đèo '.repeat(200)}`;
    await publish({ photos: [photos[1]!, postPhoto('cau', { caption, credit: 'Thu An' })] }, 'album');
    const [, second] = bench.server.messages.values();
    expect(second!.text).toMatch(/^Ảnh của @\u200Bphongvien: .*… \(Thu An\)$/su);
    expect([...second!.text].length).toBeLessThanOrEqual(1024);
    const { result } = await publish({ photos: [postPhoto('cau', { caption })] }, 'rich');
    expect(result.kind).toBe('sent');
    expect([...bench.server.messages.values()].at(-1)!.text).not.toContain('@p');
  });

  it('puts each photo with its caption and credit into a rich message', async () => {
    await publish({ photos: photos.slice(0, 2) }, 'rich');
    expect(only()).toMatchObject({ kind: 'rich', photos: [4, 4], links: [somePost().link] });
    expect(only().text).toContain('Người dân qua cầu <treo> & chợThu An');
    expect(only().isRtl).toBe(false);
    const long = postPhoto('cau', { caption: 'mưa lớn '.repeat(500), credit: 'Thu An' });
    const { result } = await publish({ photos: Array(10).fill(long), language: 'ar-EG' }, 'rich');
    expect(result.kind).toBe('sent');
    expect([...bench.server.messages.values()].at(-1)!.isRtl).toBe(true);
  });

  it('leaves out photos that are gone or refused, and posts all the same', async () => {
    bench.files.delete(photos[1]!.file);
    const { prepared } = await publish({ photos }, 'album');
    expect(prepared.notes).toEqual(['photo 2 of 3 left out: its file is gone']);
    expect(bench.server.messages.size).toBe(2);
    const refused = 'Bad Request: failed to send message #1 with the error message "PHOTO_INVALID_DIMENSIONS"';
    bench.server.misbehave(telegramRefusal(400, refused));
    await publish({ photos }, 'album');
    expect([...bench.server.messages.values()].at(-1)).toMatchObject({ kind: 'photo', photos: [4] });
    bench.server.misbehave({ status: 413, body: 'Request Entity Too Large' });
    const { result } = await publish({ photos: photos.slice(0, 1) });
    expect(result).toMatchObject({ notes: [expect.stringMatching(/^Telegram does not take every photo: .*413/)] });
    expect([...bench.server.messages.values()].at(-1)!.kind).toBe('text');
    expect(bench.log.lines.filter(({ level }) => level === 'warn').length).toBeGreaterThanOrEqual(3);
  });

  it('waits while the file store fails, and sends nothing', async () => {
    const failing = { ...tools(), photo: () => Promise.reject(new Error('the disk is gone')) };
    const sending = someSending({ post: somePost({ photos }) });
    const result = await telegram.publish(sending, settings(), failing);
    expect(result).toMatchObject({ kind: 'notSent', reason: expect.stringMatching(/the disk is gone/) });
    expect(bench.server.requests).toEqual([]);
  });

  it('follows a group that became a supergroup, and says that the setting is old', async () => {
    bench.server.moveTo(-1009876543210);
    const { result } = await publish();
    expect(result.kind).toBe('sent');
    expect(JSON.stringify(bench.log.lines)).toContain('set chatId of the channel to \\"-1009876543210\\"');
    await expect(telegram.check(settings(), tools())).rejects.toMatchObject({ next: 'Set chatId: "-1009876543210".' });
  });
});
