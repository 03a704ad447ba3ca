import { facebook } from '#src/channels/facebook/channel.ts';
import { createHttp } from '#src/net/http-client.ts';
import type { ChannelBench } from '#tests/contracts/channel-contract.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { facebookRefusal, startFacebook, usedUp } from '#tests/fakes/facebook-server.ts';
import type { ManualClock } from '#tests/fakes/manual-clock.ts';

export async function openFacebook(clock: ManualClock): Promise<ChannelBench> {
  const [token, secret, pageId] = ['EAAcanary-of-the-page', 'canary-of-the-app', '104900000000001'];
  const server = await startFacebook({ token, pageId, now: clock.now, app: { id: '900', secret } });
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  const given = { pageId, accessToken: token, appId: '900', appSecret: secret, baseUrl: server.url };
  return {
    channel: facebook,
    settings: facebook.settings.parse(given),
    secrets: [token, secret],
    http,
    board: fakeChannelTools().board,
    clock,
    visible: async () => [...server.posts.values()].map(({ message }) => message),
    trouble(what) {
      if (what === 'too many') server.misbehave(usedUp(pageId, 30));
      if (what === 'refuses us') server.misbehave(facebookRefusal(190, `not ${token}`, { subcode: 460 }));
      if (what === 'fails after taking it') server.misbehave('500');
      if (what === 'never answers') server.misbehave('hang');
      return true;
    },
    async close() {
      await http.close();
      await server.close();
    },
  };
}
