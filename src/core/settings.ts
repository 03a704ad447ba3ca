/** The operator's settings as the program sees them: parsed, complete, frozen. Durations are milliseconds. */
import type { PhotoFormat } from '#src/core/rendition.ts';

export interface SiteSettings {
  name: string;
  url: string;
  /** BCP 47. */
  language: string;
  /** IANA zone of the newsroom. */
  timezone: string;
}

/** Which articles; a value list matches when any of its values is the article's. */
export interface Only {
  section?: string[];
  tag?: string[];
  source?: string[];
  language?: string[];
  not?: Omit<Only, 'not'>;
}

export interface SourceSettings {
  id: string;
  kind: string;
  /** Name of a profile in `config/profiles/` or path of one. */
  profile: string;
  /** Milliseconds between polls, or `auto`. */
  poll: number | 'auto';
  /** Everything else the kind's own settings define, parsed by them: `url`, `path` … */
  settings: unknown;
}

export interface FeedSettings {
  id: string;
  title: string;
  description: string;
  /** Null: the site's. */
  language: string | null;
  items: number;
  content: 'full' | 'summary';
  only: Only | null;
}

export interface ComposeSettings {
  template: string;
  /** Most photos in a post; the channel's own limit still holds. */
  photos: number;
  utm: { source: string; medium: string; campaign?: string } | null;
  /** Template of the reply that tells a correction or a withdrawal; null: plain words in the article's language. */
  correction: string | null;
  withdrawal: string | null;
}

export interface PaceSettings {
  settle: number;
  gap: number;
  perHour: number | null;
  /** Minutes of the day in the newsroom's zone; null: off. */
  quiet: { from: number; to: number } | null;
  maxAge: number;
  maxAgeTotal: number;
}

export interface ChannelSettings {
  id: string;
  kind: string;
  /** Parsed by the kind's own schema. */
  settings: unknown;
  only: Only | null;
  compose: ComposeSettings;
  pace: PaceSettings;
  /** Articles that go at once: no settling, no quiet hours, no gap. A section or a tag is enough. */
  breaking: Pick<Only, 'section' | 'tag'> | null;
  approval: 'none' | 'required';
  corrections: 'edit' | 'reply' | 'ignore';
  withdrawals: 'delete' | 'reply' | 'ignore';
  onUnknown: 'park' | 'resend';
}

/** A language model that writes the posts' summaries, by the OpenAI-compatible chat completions call. */
export interface SummarizerSettings {
  kind: 'http';
  /** Up to and with `/v1`. */
  url: string;
  model: string;
  apiKey: string | null;
  /** Milliseconds; then our own summary is used. */
  timeout: number;
}

export interface PhotoSettings {
  /** Pixels, ascending. */
  widths: number[];
  formats: PhotoFormat[];
}

/** One Redis or Valkey server. */
export interface RedisAddress {
  host: string;
  port: number;
  /** A socket on this machine instead of host and port. */
  path: string | null;
  db: number;
  username: string | null;
  password: string | null;
}

interface RedisSettings {
  tls: boolean;
  /** PEM; null: the public ones. */
  ca: string | null;
  /** First part of every key. */
  prefix: string;
}

/** Where the job queue is: beside the ledger, or on Redis. */
export type QueueSettings =
  | { kind: 'database' }
  | ({ kind: 'redis'; server: RedisAddress } & RedisSettings)
  | ({ kind: 'cluster'; servers: RedisAddress[] } & RedisSettings)
  | ({
      kind: 'sentinels';
      sentinels: RedisAddress[];
      /** What they call the set of servers. */
      name: string;
      /** At the servers. */
      username: string | null;
      password: string | null;
    } & RedisSettings);

export interface Settings {
  site: SiteSettings;
  /** Without a slash at the end. */
  publicUrl: string;
  listen: { host: string; port: number };
  /** Absolute path. */
  data: string;
  database: string;
  queue: QueueSettings;
  files: string;
  sources: SourceSettings[];
  feeds: FeedSettings[];
  photos: PhotoSettings;
  channels: ChannelSettings[];
  /** Null: off, the summary is made of the article's own sentences. */
  summarizer: SummarizerSettings | null;
  alerts: { channel: string | null };
  network: { allow: string[]; trustedProxies: string[] };
  guards: { burst: number; goneGrace: number; deskWindow: number };
  keep: { originals: number; jobs: number; backups: number };
}
