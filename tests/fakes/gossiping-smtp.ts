import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A mail server that says again all it was told, when it is told what `from` begins with. */
export async function startGossipingSmtp(from: 'AUTH' | 'MAIL' | 'DATA'): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.write('220 ready\r\n');
    const heard: string[] = [];
    socket.on('data', (chunk: Buffer) => {
      heard.push(...chunk.toString('latin1').split('\r\n').slice(0, 20));
      const last = heard.findLast((line) => line !== '') ?? '';
      const all = heard.join(' ').slice(0, 5000);
      if (last.toUpperCase().startsWith(from)) return void socket.write(`554 5.7.1 you said ${all}\r\n`);
      if (/^EHLO/i.test(last)) return void socket.write('250-hi\r\n250 AUTH PLAIN LOGIN\r\n');
      socket.write(/^AUTH/i.test(last) ? '235 welcome\r\n' : '250 go on\r\n');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
