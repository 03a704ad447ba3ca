import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  /** Without a slash at the end. */
  url: string;
  port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** A small plain HTTP server, for the demo and tests. Port 0 takes any free one. */
export async function serve(handler: RequestListener, { host = '127.0.0.1', port = 0 } = {}): Promise<Served> {
  const server = createServer(handler);
  server.listen(port, host);
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${bound}`,
    port: bound,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
