import { describe, expect, it } from 'vitest';
import { telegram } from '#src/channels/telegram/channel.ts';
import { photos, secret, telegramBench, token } from '#tests/channels/telegram/bench.ts';
import { somePost } from '#tests/fakes/posts.ts';

describe('Telegram, set up', () => {
  const bench = telegramBench();
  const { settings, tools } = bench;

  it('says whose bot it is, where it posts, and which right it lacks', async () => {
    expect((await telegram.check(settings(), tools())).account).toBe('@baothu_bot in @baothu');
    bench.server.rights.can_delete_messages = false;
    expect((await telegram.check(settings(), tools())).account).toContain('without the right can_delete_messages');
    bench.server.rights.can_post_messages = false;
    await expect(telegram.check(settings(), tools())).rejects.toThrow(/can_post_messages/);
    await expect(telegram.check(settings({ chatId: '@other' }), tools())).rejects.toThrow(/cannot see @other/);
    await expect(telegram.check(settings({ token: '9:AAwrong' }), tools())).rejects.toThrow(
      /does not know the bot's token/,
    );
  });

  it('knows its own posts by the addresses people copy, and no other chat’s', () => {
    const idOf = (url: string, chatId: string) => telegram.idOf!(url, settings({ chatId }));
    expect(idOf('https://t.me/BaoThu/12', '@baothu')).toBe('12');
    expect(idOf('t.me/s/baothu/12?single', '@baothu')).toBe('12');
    expect(idOf('https://t.me/c/1234567890/12', '-1001234567890')).toBe('12');
    expect(idOf('https://t.me/c/1234567890/7/12', '-1001234567890')).toBe('12');
    for (const [url, chatId] of [
      ['https://t.me/other/12', '@baothu'],
      ['https://t.me/c/999/12', '-1001234567890'],
      ['https://t.me/baothu/12?comment=3', '@baothu'],
      ['https://t.me/baothu', '@baothu'],
      ['https://t.me/baothu/0', '@baothu'],
      ['https://t.me.evil.example/baothu/12', '@baothu'],
      ['nothing', '@baothu'],
    ] as const) {
      expect(idOf(url, chatId), url).toBeNull();
    }
  });

  it('asks for no more than a chat takes: an album costs as many as it has photos', () => {
    const [minute, second] = telegram.rates!(settings({ style: 'album' }), {});
    expect(minute).toMatchObject({ units: 20, per: 60_000 });
    expect(minute!.cost!(somePost({ photos }))).toBe(3);
    expect(second).toMatchObject({ units: 1, per: 1000 });
    expect(JSON.stringify([minute, second])).not.toContain(secret);
  });

  it('takes settings as people write them, and says what is wrong', () => {
    expect(telegram.settings.parse({ token, chatId: -1001234567890 })).toMatchObject({
      chatId: '-1001234567890',
      style: 'photo',
      apiRoot: 'https://api.telegram.org',
    });
    for (const wrong of [
      { token: 'abc', chatId: '@baothu' },
      { token, chatId: 'baothu' },
      { token },
      { token, chatId: 1.5 },
    ]) {
      expect(telegram.settings.safeParse(wrong).success).toBe(false);
    }
  });
});
