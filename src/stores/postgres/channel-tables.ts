/** What is kept of channels beside their deliveries. */
import type { ColumnType } from 'kysely';
import type { Json, MaybeTime, Time } from '#src/stores/postgres/columns.ts';

export interface ChannelsTable {
  channel_id: string;
  since: Time;
  paused: boolean;
  paused_reason: string | null;
  account: string | null;
  facts: Json<Readonly<Record<string, unknown>>>;
  failures: number;
  open_until: MaybeTime;
  expires_at: MaybeTime;
  history_at: ColumnType<string | number | null, number | null | undefined, number | null>;
}

export interface ChannelSecretsTable {
  channel_id: string;
  /** Null until the first one is written. */
  sealed: string | null;
  expires_at: MaybeTime;
  updated_at: Time;
  /** Grows with every renewal begun. */
  hold: number;
  held_until: MaybeTime;
}

export interface RatesTable {
  account: string;
  /** Left in the bucket `at` that time. */
  units: number;
  at: Time;
}

export interface OptOutsTable {
  channel_id: string;
  part: string;
  at: Time;
}
