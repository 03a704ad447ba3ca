import { email } from '#src/channels/email/channel.ts';
import { createConnect } from '#src/net/guarded-socket.ts';
import type { ChannelBench } from '#tests/contracts/channel-contract.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import type { ManualClock } from '#tests/fakes/manual-clock.ts';
import { startSmtp } from '#tests/fakes/smtp-server.ts';

export async function openEmail(clock: ManualClock): Promise<ChannelBench> {
  const account = { user: 'tin', password: 'canary-of-the-password' };
  const server = await startSmtp(account);
  const settings = email.settings.parse({
    ...{ host: '127.0.0.1', port: server.port, ...account },
    ...{ from: 'tin@bao.example', to: ['doc.gia@hop-thu.example'] },
  });
  const connect = createConnect({ allow: ['127.0.0.0/8'] });
  const { http, board } = fakeChannelTools();
  return {
    ...{ channel: email, settings, http, board, clock },
    secrets: [account.password, Buffer.from(`\0tin\0${account.password}`).toString('base64')],
    tools: { connect: (to) => connect(to, new AbortController().signal) },
    visible: async () => server.record.map(({ subject, text }) => `${subject}\n${text}`),
    trouble(what) {
      if (what === 'too many') server.misbehave({ reader: 450, text: '4.7.1 too many mails' });
      if (what === 'refuses us') server.refuseSignIn();
      if (what === 'fails after taking it') server.misbehave('answer lost');
      if (what === 'never answers') server.misbehave('hang');
      return true;
    },
    close: () => server.close(),
  };
}
