import { telegram } from '#src/channels/telegram/channel.ts';
import { createHttp } from '#src/net/http-client.ts';
import type { ChannelBench } from '#tests/contracts/channel-contract.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import type { ManualClock } from '#tests/fakes/manual-clock.ts';
import { startTelegram, telegramRefusal } from '#tests/fakes/telegram-server.ts';

export async function openTelegram(clock: ManualClock): Promise<ChannelBench> {
  const secret = 'AAcanary-of-the-bot';
  const token = `123456:${secret}`;
  const server = await startTelegram({ token, now: clock.now });
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  return {
    channel: telegram,
    settings: telegram.settings.parse({ token, chatId: '@baothu', apiRoot: server.url }),
    secrets: [token, secret, encodeURIComponent(token)],
    http,
    board: fakeChannelTools().board,
    clock,
    visible: async () => [...server.messages.values()].map(({ text }) => text),
    trouble(what) {
      if (what === 'too many') {
        server.misbehave(telegramRefusal(429, 'Too Many Requests: retry after 30', { retry_after: 30 }));
      }
      if (what === 'refuses us') server.misbehave(telegramRefusal(401, `Unauthorized: /bot${token}/sendMessage`));
      if (what === 'fails after taking it') server.misbehave('proxy page');
      if (what === 'never answers') server.misbehave('hang');
      return true;
    },
    async close() {
      await http.close();
      await server.close();
    },
  };
}
