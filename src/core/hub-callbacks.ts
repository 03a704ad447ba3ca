/** What hubs ask and bring to `/websub/SOURCE-ID/TOKEN`, as the server hands it on. */

export interface HubCallbacks {
  /** Whether this is where a hub was asked to send. */
  knows(sourceId: string, token: string): Promise<boolean>;
  /** A hub's GET: what it is answered, exactly; null: nobody here asked for that. */
  verify(sourceId: string, token: string, query: Readonly<Record<string, unknown>>): Promise<string | null>;
  /** A hub's delivery. What it brings is in the ledger when this resolves; what is not signed as agreed is ignored. */
  take(
    sourceId: string,
    token: string,
    delivery: { headers: Readonly<Record<string, string>>; body: Uint8Array },
  ): Promise<void>;
}
