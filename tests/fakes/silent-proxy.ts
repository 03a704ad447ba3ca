import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SilentProxy {
  port: number;
  /** From now on nothing comes through, in either direction. Resolves once somebody has asked in vain. */
  fallSilent(): Promise<void>;
  close(): void;
}

/** Stands before a server, for one that hangs: a machine asleep, a firewall that drops what it does not like. */
export async function startSilentProxy(port: number): Promise<SilentProxy> {
  const sockets = new Set<Socket>();
  const inVain = Promise.withResolvers<void>();
  let isSilent = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    near.on('data', () => isSilent && inVain.resolve());
    if (isSilent) return;
    const far = keep(connect(port, '127.0.0.1'));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      isSilent = true;
      for (const socket of sockets) socket.unpipe().resume();
      return inVain.promise;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
