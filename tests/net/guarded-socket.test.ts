import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HttpFailure } from '#src/core/errors.ts';
import { createConnect } from '#src/net/guarded-socket.ts';
import { makeCertificate } from '#tests/fakes/certificate.ts';

const never = new AbortController().signal;
const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

const failure = (error: unknown) => error as HttpFailure;

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket) => sockets.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

const greeting = () => createServer((socket) => socket.end('220 ready\r\n'));

describe('a guarded connection', () => {
  it('reaches an address that is allowed, and what is said first is not lost', async () => {
    const port = await listen(greeting());
    const socket = await createConnect({ allow: ['127.0.0.0/8'] })({ host: '127.0.0.1', port, tls: false }, never);
    sockets.push(socket);
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toBe('220 ready\r\n');
  });

  it.each(['127.0.0.1', '[::1]', '10.0.0.7', '169.254.169.254', '[::ffff:127.0.0.1]'])(
    'refuses %s, which nobody has allowed',
    async (host) => {
      const port = await listen(greeting());
      const seen = vi.fn();
      servers[0]!.on('connection', seen);
      const error = await createConnect({ allow: [] })({ host, port, tls: false }, never).catch(failure);
      expect(error).toMatchObject({ kind: 'blocked', sent: false });
      expect(seen).not.toHaveBeenCalled();
    },
  );

  it('refuses a name when one of its addresses is private', async () => {
    const port = await listen(greeting());
    const lookup = async () => [
      { address: '192.0.9.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const connect = createConnect({ allow: [], lookup });
    await expect(connect({ host: 'mail.example', port, tls: false }, never)).rejects.toMatchObject({ kind: 'blocked' });
  });

  it('asks for a name once: a second answer could lead elsewhere', async () => {
    const port = await listen(greeting());
    const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '127.0.0.2', family: 4 }]];
    const lookup = vi.fn(async () => answers.shift()!);
    const connect = createConnect({ allow: ['127.0.0.1'], lookup });
    const socket = await connect({ host: 'mail.example', port, tls: false }, never);
    sockets.push(socket);
    expect(socket.remoteAddress).toBe('127.0.0.1');
    expect(lookup).toHaveBeenCalledOnce();
  });

  it('goes on to the next address when the first does not take it', async () => {
    const port = await listen(greeting());
    const lookup = async () => [
      { address: '127.0.0.9', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const connect = createConnect({ allow: ['127.0.0.0/8'], lookup });
    const socket = await connect({ host: 'mail.example', port, tls: false }, never);
    sockets.push(socket);
    expect(socket.remoteAddress).toBe('127.0.0.1');
  });

  it('says that nobody listens, and that nothing was sent', async () => {
    const server = greeting();
    const port = await listen(server);
    server.close();
    const connect = createConnect({ allow: ['127.0.0.0/8'] });
    const error = await connect({ host: '127.0.0.1', port, tls: false }, never).catch(failure);
    expect(error).toMatchObject({ kind: 'refused', sent: false });
    expect((error as Error).message).toContain(`127.0.0.1:${port} refused the connection`);
  });

  it('does not wait for a handshake that never comes', async () => {
    const port = await listen(createServer(() => {}));
    const connect = createConnect({ allow: ['127.0.0.0/8'], timeoutMs: 50 });
    const error = await connect({ host: '127.0.0.1', port, tls: true }, never).catch(failure);
    expect(error).toMatchObject({ kind: 'timeout', sent: false });
  });

  it('does not wait for a name server that never answers', async () => {
    const connect = createConnect({ allow: [], lookup: () => new Promise(() => {}), timeoutMs: 50 });
    await expect(connect({ host: 'mail.example', port: 25, tls: false }, never)).rejects.toMatchObject({
      kind: 'timeout',
    });
  });

  it('ends when it is called off', async () => {
    const stop = new AbortController();
    const server = createServer(() => stop.abort(new Error('stopping')));
    const port = await listen(server);
    const connect = createConnect({ allow: ['127.0.0.0/8'] });
    await expect(connect({ host: '127.0.0.1', port, tls: true }, stop.signal)).rejects.toMatchObject({
      kind: 'aborted',
      sent: false,
    });
    await expect(connect({ host: '127.0.0.1', port, tls: true }, stop.signal)).rejects.toMatchObject({
      kind: 'aborted',
    });
  });
});

const certificate = makeCertificate();

describe.skipIf(certificate === null)('an encrypted one', () => {
  const trusted = tls.getCACertificates('default');
  afterEach(() => tls.setDefaultCACertificates(trusted));

  const secure = () =>
    tls.createServer({ key: certificate!.key, cert: certificate!.cert }, (socket) => socket.end('hi'));

  it('refuses a certificate that nobody has signed', async () => {
    const port = await listen(secure());
    const connect = createConnect({ allow: ['127.0.0.0/8'] });
    const error = await connect({ host: '127.0.0.1', port, tls: true }, never).catch(failure);
    expect(error).toMatchObject({ kind: 'connect', sent: false });
    expect((error as Error).message).toContain('certificate');
  });

  it('refuses a certificate for another name', async () => {
    tls.setDefaultCACertificates([...trusted, certificate!.cert]);
    const port = await listen(secure());
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    const connect = createConnect({ allow: ['127.0.0.0/8'], lookup });
    const error = await connect({ host: 'mail.example', port, tls: true }, never).catch(failure);
    expect(error).toMatchObject({ kind: 'connect', sent: false });
  });

  it('takes one that is signed and for the name', async () => {
    tls.setDefaultCACertificates([...trusted, certificate!.cert]);
    const port = await listen(secure());
    const socket = await createConnect({ allow: ['127.0.0.0/8'] })({ host: '127.0.0.1', port, tls: true }, never);
    sockets.push(socket);
    expect((socket as tls.TLSSocket).authorized).toBe(true);
  });
});
