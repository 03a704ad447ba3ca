import type { Client } from 'undici';

export interface KeptClients {
  /** The one kept for this place, unless it is at work; it is the caller's until given back. */
  take(place: string): Client | null;
  /** `client` as it was made for `place`; one that failed is not given back but destroyed. */
  giveBack(place: string, client: Client): void;
  close(): Promise<void>;
}

/** An idle connection ends after four seconds by itself; what stays of it is small, but has an end too. */
const most = 2048;

/** Connections that wait a moment for the next request to the same place, judged when they were made. */
export function createKeptClients(): KeptClients {
  const idle = new Map<string, Client>();
  return {
    take(place) {
      const client = idle.get(place);
      if (!client) return null;
      idle.delete(place);
      return client;
    },
    giveBack(place, client) {
      const oldest = idle.size >= most ? idle.entries().next().value : undefined;
      if (oldest) {
        idle.delete(oldest[0]);
        void oldest[1].destroy().catch(() => {});
      }
      if (idle.has(place)) void client.destroy().catch(() => {});
      else idle.set(place, client);
    },
    async close() {
      const clients = [...idle.values()];
      idle.clear();
      await Promise.allSettled(clients.map((client) => client.destroy()));
    },
  };
}
