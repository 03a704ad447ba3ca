/** A mail server and everything a list needs to send by it. */
import { onTestFinished } from 'vitest';
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { email } from '#src/channels/email/channel.ts';
import type { Mail } from '#src/channels/email/message.ts';
import type { EmailSettings } from '#src/channels/email/settings.ts';
import { createConnect } from '#src/net/guarded-socket.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { someSending } from '#tests/fakes/posts.ts';
import { type SmtpOptions, startSmtp } from '#tests/fakes/smtp-server.ts';

export const reader = 'doc.gia@hop-thu.example';

export function settingsFor(port: number, change: Record<string, unknown> = {}): EmailSettings {
  return frozen(
    email.settings.parse({
      host: '127.0.0.1',
      port,
      from: 'Báo Ví Dụ <tin@bao.example>',
      to: [reader, 'Lan@hop-thu.example'],
      ...change,
    }),
  );
}

/** As the settings of a file are. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

export async function startBench(change: Record<string, unknown> = {}, options: SmtpOptions = {}) {
  const server = await startSmtp(options);
  onTestFinished(() => server.close());
  const settings = settingsFor(server.port, change);
  const stop = new AbortController();
  const connect = createConnect({ allow: ['127.0.0.0/8'] });
  const tools = (more: Partial<ChannelTools> = {}) =>
    fakeChannelTools({ signal: stop.signal, connect: (to) => connect(to, stop.signal), ...more });
  const prepare = async (sending: Sending<Mail>, more: Partial<ChannelTools> = {}) => ({
    ...sending,
    prepared: await email.prepare!(sending, settings, tools(more)),
  });
  return {
    server,
    settings,
    stop,
    tools,
    prepare,
    publish: async (change: Partial<Sending<Mail>> = {}, more: Partial<ChannelTools> = {}) =>
      email.publish(await prepare(someSending({ part: reader, ...change }), more), settings, tools(more)),
  };
}
