import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { email } from '#src/channels/email/channel.ts';
import { createConnect } from '#src/net/guarded-socket.ts';
import { reader, settingsFor, startBench } from '#tests/channels/email/bench.ts';
import { makeCertificate } from '#tests/fakes/certificate.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { someSending } from '#tests/fakes/posts.ts';

/** A server that says what it is told, line by line, whatever it is asked. */
async function startScript(talk: (socket: Socket, line: string, count: number) => void, greeting = '220 ready\r\n') {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    if (greeting) socket.write(greeting);
    let count = 0;
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) talk(socket, line, count++);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function publishTo(port: number, change: Record<string, unknown> = {}, signal = new AbortController().signal) {
  const connect = createConnect({ allow: ['127.0.0.0/8'] });
  const tools = fakeChannelTools({ signal, connect: (to) => connect(to, signal) });
  return email.publish(someSending({ part: reader }), settingsFor(port, change), tools);
}

/** As a plain server would, until it is asked what `odd` answers. */
const usual =
  (odd: Readonly<Record<string, string | ((socket: Socket) => void)>>) =>
  (socket: Socket, line: string): void => {
    const word = line.split(/[ :]/)[0]!.toUpperCase();
    const answer = odd[word];
    if (answer !== undefined) return void (typeof answer === 'string' ? socket.write(answer) : answer(socket));
    if (['EHLO', 'MAIL', 'RCPT', 'RSET'].includes(word)) socket.write('250 OK\r\n');
    if (word === 'DATA') socket.write('354 go on\r\n');
    if (word === '.') socket.write('250 OK\r\n');
  };

describe('a server that says odd things', () => {
  const before: [string, (socket: Socket, line: string) => void, string?][] = [
    ['closes without a greeting', (socket) => socket.end(), ''],
    ['greets with 554', () => {}, '554 no service here\r\n'],
    ['greets with 421', () => {}, '421 try later\r\n'],
    ['greets with a web page', () => {}, 'HTTP/1.1 400 Bad Request\r\n\r\n<html>'],
    ['greets with ten megabytes', () => {}, '220-'.padEnd(10 * 1024 * 1024, 'x')],
    ['knows no EHLO nor HELO', usual({ EHLO: '500 what?\r\n', HELO: '500 what?\r\n' })],
    ['answers nonsense to the sender', usual({ MAIL: 'maybe\r\n' })],
    ['breaks off at the reader', usual({ RCPT: (socket) => socket.resetAndDestroy() })],
    ['refuses the data for now', usual({ DATA: '451 later\r\n' })],
  ];
  it.each(before)('%s: nothing was sent', async (_name, talk, greeting) => {
    const port = await startScript(talk, greeting);
    expect(await publishTo(port)).toMatchObject({ kind: 'notSent' });
  });

  const after: [string, (socket: Socket) => void][] = [
    ['breaks off after the mail', (socket) => socket.resetAndDestroy()],
    ['closes after the mail', (socket) => socket.end()],
    ['answers nonsense to the mail', (socket) => socket.write('fine\r\n')],
    ['answers 354 to the mail', (socket) => socket.write('354 more\r\n')],
    ['answers ten megabytes to the mail', (socket) => socket.write('250-'.padEnd(10 * 1024 * 1024, 'x'))],
  ];
  it.each(after)('%s: nobody knows', async (_name, answer) => {
    const port = await startScript(usual({ '.': answer }));
    expect(await publishTo(port)).toMatchObject({ kind: 'ambiguous' });
  });

  it('drips its greeting: nothing was sent when its time is over', async () => {
    const stop = new AbortController();
    const port = await startScript(() => {}, '2');
    const publishing = publishTo(port, {}, stop.signal);
    setTimeout(() => stop.abort(new Error('over')), 100);
    expect(await publishing).toMatchObject({ kind: 'notSent' });
  });

  it('echoes the password: it is told to nobody', async () => {
    const password = 'canary-of-the-password';
    const echo = Buffer.from(`\0tin\0${password}`).toString('base64');
    const port = await startScript(
      usual({ EHLO: '250-hi\r\n250 AUTH PLAIN\r\n', AUTH: `535 5.7.8 ${echo} is not ${password}\r\n` }),
    );
    const result = await publishTo(port, { user: 'tin', password });
    expect(result).toMatchObject({ kind: 'permanent', scope: 'channel' });
    for (const secret of [password, echo]) expect(JSON.stringify(result)).not.toContain(secret);
  });

  it.each(['LOGIN', 'PLAIN'])('echoes half of the password, after much else (%s)', async (way) => {
    const password = 'canary-of-the-password';
    const port = await startScript((socket, line, count) => {
      if (/^EHLO/.test(line)) return void socket.write(`250-hi\r\n250 AUTH ${way}\r\n`);
      if (way === 'LOGIN' && count < 3) return void socket.write('334 VXNlcm5hbWU6\r\n');
      socket.write(`535 ${'x'.repeat(265)} ${line} ${password}\r\n`);
    });
    const result = await publishTo(port, { user: 'tin', password });
    expect(result).toMatchObject({ kind: 'permanent', scope: 'channel' });
    const { reason } = result as { reason: string };
    expect(reason).not.toMatch(/canary/);
    expect(Buffer.from(reason.split(' ').at(-1)!, 'base64').toString()).not.toMatch(/canary/);
  });

  it.each([
    ['knows no STARTTLS', '502 what?\r\n'],
    ['refuses STARTTLS for now', '454 not now\r\n'],
    ['goes on in the clear as if nothing were', '220 go\r\n250-hi\r\n250 AUTH PLAIN\r\n235 welcome\r\n'],
  ])('%s: neither password nor mail goes out', async (_name, answer) => {
    const lines: string[] = [];
    const talk = usual({ EHLO: '250-hi\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n', STARTTLS: answer });
    const port = await startScript((socket, line) => {
      lines.push(line);
      talk(socket, line);
      if (!/^(EHLO|STARTTLS)/.test(line)) socket.destroy();
    });
    const account = { startTls: true, user: 'tin', password: 'canary-of-the-password' };
    expect(await publishTo(port, account)).not.toMatchObject({ kind: 'sent' });
    expect(await publishTo(port, account)).not.toMatchObject({ kind: 'ambiguous' });
    expect(lines.join('\n')).not.toMatch(/AUTH|MAIL|canary/);
  });

  it('has a name and a sender made to be two commands: refused before a word is said', () => {
    for (const bad of ['x@y.example\r\nRCPT TO:<z@z.example>', 'x@y.example>\r\nDATA', '"x\r\ny"@y.example']) {
      expect(email.settings.safeParse({ ...settingsFor(25), from: bad }).data?.from.name ?? '').not.toMatch(/[\r\n]/);
      expect(() => settingsFor(25, { to: [bad] })).toThrow();
      expect(() => settingsFor(25, { bounceTo: bad })).toThrow();
    }
    const { from } = settingsFor(25, { from: { name: 'Báo\r\nBcc: z@z.example\u0000', address: 'x@y.example' } });
    expect(from.name).not.toMatch(/[\r\n]/);
  });

  it('offers no way to sign in: the password stays here', async () => {
    const lines: string[] = [];
    const talk = usual({});
    const port = await startScript((socket, line) => {
      lines.push(line);
      talk(socket, line);
    });
    const result = await publishTo(port, { user: 'tin', password: 'canary-of-the-password' });
    expect(result).toMatchObject({ kind: 'permanent', scope: 'channel' });
    expect(lines.join()).not.toMatch(/AUTH|MAIL/);
  });
});

describe('who is not on the list any more', () => {
  it('gets nothing, not even what was written before', async () => {
    const bench = await startBench();
    const sending = await bench.prepare(someSending({ part: reader }));
    const shorter = { ...bench.settings, to: ['lan@hop-thu.example'] };
    expect(await email.publish(sending, shorter, bench.tools())).toMatchObject({ kind: 'permanent', scope: 'item' });
    expect(bench.server.record).toEqual([]);
  });
});

const certificate = makeCertificate();

describe.skipIf(certificate === null)('a server with a certificate that holds', () => {
  const trusted = tls.getCACertificates('default');
  afterEach(() => tls.setDefaultCACertificates(trusted));

  it.each([
    ['from the first byte', { secure: true }],
    ['by STARTTLS', { startTls: true }],
  ])('gets the mail encrypted %s', async (_name, change) => {
    tls.setDefaultCACertificates([...trusted, certificate!.cert]);
    const secure = 'secure' in change;
    const account = { user: 'tin', password: 'canary-123' };
    const bench = await startBench({ ...change, ...account }, { certificate: certificate!, secure, ...account });
    expect(await bench.publish()).toMatchObject({ kind: 'sent' });
    expect(bench.server.record).toMatchObject([{ encrypted: true, user: 'tin' }]);
  });
});
