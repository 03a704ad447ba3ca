/** One connection to the mail server, signed in, for one call. */

import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ChannelTools } from '#src/channels/channel.ts';
import type { EmailSettings } from '#src/channels/email/settings.ts';
import { HttpFailure, UserError } from '#src/core/errors.ts';

type Done<T> = (error?: Error | null, value?: T) => void;

/** Rejects when the connection breaks or the call is over, whatever `run` is waiting for. */
export type Step = <T>(run: (connection: SMTPConnection, done: Done<T>) => void) => Promise<T>;

/** Throws what nodemailer says of the server, an `HttpFailure` where it is not reached, a `UserError` for the settings. */
export async function withSession<T>(
  settings: EmailSettings,
  tools: ChannelTools,
  work: (step: Step) => Promise<T>,
): Promise<T> {
  const { host, port, user, password } = settings;
  const tls = settings.secure ?? port === 465;
  const socket = await tools.connect({ host, port, tls });
  const connection = connectionOver(socket, tls, settings, tools);
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  const calledOff = () =>
    broken.reject(new HttpFailure('aborted', `${host} was not waited for: its time was over`, { sent: false }));
  connection.on('error', broken.reject);
  connection.on('end', () => broken.reject(new Error('the connection has ended')));
  if (tools.signal.aborted) calledOff();
  tools.signal.addEventListener('abort', calledOff, { once: true });
  const step: Step = (run) => Promise.race([broken.promise, called(connection, run)]);
  try {
    await step((connection, done) => connection.connect(done));
    if (user !== undefined) {
      if (!connection.allowsAuth) throw noSignIn(host);
      await step((connection, done) => connection.login({ user, credentials: { user, pass: password } }, done));
    }
    const result = await work(step);
    connection.quit();
    return result;
  } finally {
    tools.signal.removeEventListener('abort', calledOff);
    connection.close();
  }
}

function called<T>(connection: SMTPConnection, run: (connection: SMTPConnection, done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run(connection, (error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

const seconds = 1000;

function connectionOver(socket: Socket, tls: boolean, settings: EmailSettings, tools: ChannelTools): SMTPConnection {
  const { host, port, startTls } = settings;
  const isHere = isLoopback(socket);
  if (startTls === false && !tls && !isHere && !isPrivate(socket)) {
    socket.destroy();
    throw new UserError(`${host} is on the internet, where nothing may go out unencrypted`, {
      next: 'Take startTls out of the settings of the channel.',
    });
  }
  const mustUpgrade = startTls ?? (!isHere || port === 587);
  return new SMTPConnection({
    host,
    port,
    secure: tls,
    secured: tls,
    connection: socket,
    requireTLS: !tls && mustUpgrade,
    ignoreTLS: !mustUpgrade,
    name: ownName(tools.publicUrl),
    connectionTimeout: 15 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 20 * seconds,
    socketCloseTimeout: seconds,
    maxResponseSize: 64 * 1024,
    logger: false,
  });
}

const isLoopback = ({ remoteAddress = '' }: Socket) => /^(::ffff:)?127\.|^::1$/.test(remoteAddress);

/** RFC 1918, RFC 4193; the guard lets nobody there whom the operator has not allowed. */
const isPrivate = ({ remoteAddress = '' }: Socket) =>
  /^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^f[cd]/i.test(remoteAddress);

/** What we call ourselves: a name, or an address in brackets. */
function ownName(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  if (hostname.startsWith('[')) return hostname.replace('[', '[IPv6:');
  return /^[\d.]+$/.test(hostname) ? `[${hostname}]` : hostname;
}

function noSignIn(host: string): UserError {
  return new UserError(`${host} offers no way to sign in`, {
    next: 'Set startTls: true where it does so on encrypted connections alone; else leave user and password out.',
  });
}
