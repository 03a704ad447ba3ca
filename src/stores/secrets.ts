/** Tokens that Loa got or renewed itself, encrypted by who hands them in; those of the settings are not here. */

export interface StoredSecret {
  sealed: string;
  expiresAt: number | null;
  updatedAt: number;
}

export interface SecretStore {
  read(channelId: string): Promise<StoredSecret | null>;
  all(): Promise<(StoredSecret & { channelId: string })[]>;
  /** One renews at a time, over all processes: null while another does, else the hold's number until `until`. */
  hold(channelId: string, now: number, until: number): Promise<number | null>;
  /** Durable: the new one stands before anybody uses it. Ends the hold; false when that had ended by itself and another began. */
  write(
    channelId: string,
    hold: number,
    secret: { sealed: string; expiresAt: number | null; now: number },
  ): Promise<boolean>;
  /** Ends the hold, the stored one as it was. */
  letGo(channelId: string, hold: number): Promise<void>;
}
