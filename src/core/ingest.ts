/** Signed requests to sources, as the server hands them on. */

export interface Ingest {
  /** Whether there is a source with this id that takes any. */
  takes(sourceId: string): boolean;
  /** What it tells is on the disk when this resolves. Rejects while the ledger is away. */
  take(
    sourceId: string,
    request: {
      /** Names in lower case. */
      headers: Readonly<Record<string, string>>;
      body: Uint8Array;
      /** The sender's address, for the log. */
      from: string;
    },
  ): Promise<IngestAnswer>;
}

export type IngestAnswer =
  /** `repeated`: it was taken before, and nothing changed. */
  | { kind: 'taken'; articles: number; repeated: boolean }
  | { kind: 'unsigned' }
  | { kind: 'refused'; reason: string; next: string | null };
