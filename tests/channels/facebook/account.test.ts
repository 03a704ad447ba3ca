import { describe, expect, it } from 'vitest';
import { facebook } from '#src/channels/facebook/channel.ts';
import { facebookBench, pageId, secret, token } from '#tests/channels/facebook/bench.ts';
import { startFacebook } from '#tests/fakes/facebook-server.ts';

describe('Facebook, set up', () => {
  const bench = facebookBench();
  const { settings, tools } = bench;

  it('says which Page it is, and when its token ends', async () => {
    expect(await facebook.check(settings(), tools())).toEqual({ account: `Báo Thử (${pageId})`, facts: {} });
    await bench.server.close();
    bench.server = await startFacebook({ token, pageId, now: bench.clock.now, app: { id: '900', secret } });
    const signed = settings({ appId: 900, appSecret: secret });
    expect((await facebook.check(signed, tools())).expiresAt).toBeUndefined();
    bench.server.debug.data_access_expires_at = Date.parse('2027-01-20T08:00:00Z') / 1000;
    expect((await facebook.check(signed, tools())).expiresAt).toBe('2027-01-20T08:00:00.000Z');
    bench.server.debug.scopes.pop();
    await expect(facebook.check(signed, tools())).rejects.toThrow(/lacks pages_manage_posts/);
    bench.server.debug.is_valid = false;
    await expect(facebook.check(signed, tools())).rejects.toThrow(/not valid any more/);
    await expect(facebook.check(settings({ accessToken: 'another-token' }), tools())).rejects.toThrow(
      /refuses the Page’s token/,
    );
    await expect(facebook.check(settings({ ...signed, pageId: '5' }), tools())).rejects.toThrow(
      /does not show the Page 5/,
    );
  });

  it('takes settings as people write them, and says what is wrong', () => {
    expect(facebook.settings.parse({ pageId: 104900000000001, accessToken: token })).toMatchObject({
      pageId,
      version: 'v25.0',
      baseUrl: 'https://graph.facebook.com',
    });
    for (const wrong of [
      { pageId: 'baothu', accessToken: token },
      { pageId: 1e17, accessToken: token },
      { pageId },
      { pageId, accessToken: token, appId: '1' },
      { pageId, accessToken: token, version: '25' },
    ]) {
      expect(facebook.settings.safeParse(wrong).success).toBe(false);
    }
  });
});
