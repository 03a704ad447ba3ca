/** Sources and channels: the common keys by our schema, the rest by the kind's own, handed in. */
import { isAbsolute, resolve } from 'node:path';
import type { z } from 'zod';
import { parseBy } from '#config/explain.ts';
import type { Findings } from '#config/mistakes.ts';
import { type SettingsFile, sourceFrame } from '#config/schema.ts';
import { nearest } from '#src/core/nearest.ts';
import type { ChannelSettings, Only, SourceSettings } from '#src/core/settings.ts';

export interface SourceKind {
  kind: string;
  settings: z.ZodType;
}

export interface ChannelKind extends SourceKind {
  /** Default age limit where it differs from the common one, milliseconds. */
  maxAge?: number;
  /** Read by machines: no gap and no hourly limit unless the settings name one. */
  unpaced?: boolean;
  /** What can be done to a post that stands, where it can. */
  edit?: unknown;
  withdraw?: unknown;
  reply?: unknown;
}

export interface Kinds {
  sources: readonly SourceKind[];
  channels: readonly ChannelKind[];
}

type Entry = Record<string, unknown>;

const commonSourceKeys = Object.keys(sourceFrame.shape);
const common = { maxAge: 6 * 3_600_000, maxAgeTotal: 24 * 3_600_000, gap: 5 * 60_000, perHour: 10 };

/** `folder`: where a source's `path` and the path of a profile begin. */
export function parseSources(
  written: unknown,
  kinds: readonly SourceKind[],
  options: { folder: string; findings: Findings },
): SourceSettings[] {
  return entries(written).flatMap(([entry, index]) => {
    const path = ['sources', index];
    const kind = findKind(entry, kinds, path, options.findings);
    if (!kind) return [];
    const own = Object.fromEntries(Object.entries(entry).filter(([key]) => !commonSourceKeys.includes(key)));
    if (typeof own['path'] === 'string' && !isAbsolute(own['path'])) own['path'] = resolve(options.folder, own['path']);
    const settings = parseBy(kind.settings, own, { path, findings: options.findings, otherKeys: commonSourceKeys });
    const frame = sourceFrame.safeParse(entry);
    if (!frame.success) return [];
    const { id, profile, poll } = frame.data;
    const isPath = /[/\\]|\.ya?ml$/.test(profile);
    return [{ id, kind: kind.kind, profile: isPath ? resolve(options.folder, profile) : profile, poll, settings }];
  });
}

/** `file`: the parsed frame; undefined when it holds mistakes, and then only these are looked for. */
export function parseChannels(
  written: unknown,
  file: SettingsFile | undefined,
  kinds: readonly ChannelKind[],
  findings: Findings,
): ChannelSettings[] {
  return entries(written).flatMap(([entry, index]) => {
    const kind = findKind(entry, kinds, ['channels', index], findings);
    if (!kind) return [];
    const own = entry['settings'] ?? {};
    const settings = parseBy(kind.settings, own, { path: ['channels', index, 'settings'], findings });
    const frame = file?.channels[index];
    if (frame) checkReplies(frame, kind, index, findings);
    return frame ? [complete(frame, kind, settings)] : [];
  });
}

/** Nothing can be told below a post where posts have no replies. */
function checkReplies(frame: SettingsFile['channels'][number], kind: ChannelKind, index: number, findings: Findings) {
  const told = [
    { key: 'corrections', template: 'correction', other: kind.edit ? 'edit' : null },
    { key: 'withdrawals', template: 'withdrawal', other: kind.withdraw ? 'delete' : null },
  ] as const;
  for (const { key, template, other } of told) {
    if (frame[key] !== 'reply') {
      if (frame.compose[template] === null) continue;
      const unused = `\`compose.${template}\` is only used with \`${key}: reply\``;
      findings.warning(['channels', index, 'compose', template], unused);
    } else if (!kind.reply) {
      const fix = other ? `Write \`${key}: ${other}\` or \`${key}: ignore\`` : `Write \`${key}: ignore\``;
      findings.mistake(
        ['channels', index, key],
        `\`${key}\` cannot be \`reply\`: a post of the kind \`${kind.kind}\` has no replies`,
        fix,
      );
    }
  }
}

function complete(frame: SettingsFile['channels'][number], kind: ChannelKind, settings: unknown): ChannelSettings {
  const { pace, compose } = frame;
  const maxAge = pace.maxAge ?? kind.maxAge ?? common.maxAge;
  const perHour = kind.unpaced ? null : common.perHour;
  return {
    ...frame,
    settings,
    only: (frame.only as Only | undefined) ?? null,
    breaking: (frame.breaking as ChannelSettings['breaking'] | undefined) ?? null,
    compose: compose as ChannelSettings['compose'],
    pace: {
      settle: pace.settle,
      gap: pace.gap ?? (kind.unpaced ? 0 : common.gap),
      perHour: pace.perHour === undefined ? perHour : pace.perHour,
      quiet: pace.quiet,
      maxAge,
      maxAgeTotal: pace.maxAgeTotal ?? Math.max(maxAge, common.maxAgeTotal),
    },
  };
}

function entries(written: unknown): [Entry, number][] {
  if (!Array.isArray(written)) return [];
  return written.flatMap((entry, index) =>
    entry !== null && typeof entry === 'object' && !Array.isArray(entry)
      ? [[entry as Entry, index] as [Entry, number]]
      : [],
  );
}

function findKind<K extends SourceKind>(
  entry: Entry,
  kinds: readonly K[],
  path: (string | number)[],
  findings: Findings,
): K | null {
  const name = entry['kind'];
  if (typeof name !== 'string') return null;
  const found = kinds.find((kind) => kind.kind === name);
  if (found) return found;
  const names = kinds.map((kind) => kind.kind);
  const near = nearest(name, names);
  const cause = near ? `unknown kind \`${name}\`: did you mean \`${near}\`?` : `unknown kind \`${name}\``;
  findings.mistake([...path, 'kind'], cause, near ? null : `Kinds: ${names.join(', ')}`);
  return null;
}
