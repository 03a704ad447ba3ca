/** What happened how often since the ledger was made, by any process. */

export interface Count {
  /** `polls`, `photos` … */
  name: string;
  /** Few values each: the ids of the settings, and outcomes. */
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface CountStore {
  /** Each grows by its value. */
  add(counts: readonly Count[]): Promise<void>;
  all(): Promise<Count[]>;
}
