import { describe, expect, it } from 'vitest';
import { ageVerdict, bornAt, embargoedUntil, keepWord, sentByHand } from '#src/core/age.ts';
import type { PaceSettings } from '#src/core/settings.ts';

const zone = 'Asia/Ho_Chi_Minh';
const hour = 3_600_000;
const seen = '2026-11-25T08:00:00.000Z';
const firstSeen = Date.parse(seen);
const pace: PaceSettings = { settle: 0, gap: 0, perHour: null, quiet: null, maxAge: 6 * hour, maxAgeTotal: 24 * hour };

function verdict(change: {
  now: number;
  publishedAt?: string | null;
  freeAt?: number | null;
  quiet?: PaceSettings['quiet'];
  maxAge?: number;
  reason?: string;
  op?: 'create' | 'edit';
}) {
  const { now, publishedAt = seen, freeAt = firstSeen, quiet = null, reason = null, op = 'create' } = change;
  const { maxAge = pace.maxAge } = change;
  const delivery = { op, freeAt, createdAt: firstSeen, reason };
  return ageVerdict({
    delivery,
    article: { publishedAt, firstSeenAt: seen },
    pace: { ...pace, quiet, maxAge },
    now,
    zone,
  });
}

describe('age', () => {
  it('ends after six hours of being free to go', () => {
    expect(verdict({ now: firstSeen + 6 * hour })).toBeNull();
    expect(verdict({ now: firstSeen + 6 * hour + 1 })).toContain('older than 6 h');
  });

  it('does not count what kept it from being free, up to a day', () => {
    expect(verdict({ freeAt: firstSeen + 20 * hour, now: firstSeen + 21 * hour })).toBeNull();
    expect(verdict({ freeAt: firstSeen + 23 * hour, now: firstSeen + 25 * hour })).toContain('25 h old');
  });

  it('ends at the total even where more would be left', () => {
    const now = firstSeen + 25 * hour;
    expect(verdict({ now, maxAge: 72 * hour })).toContain('25 h old, and this channel posts nothing older than 24 h');
  });

  it('does not count quiet hours', () => {
    // Free at 15:00 in Hanoi; at six in the morning it has waited seven waking hours.
    const quiet = { from: 22 * 60, to: 6 * 60 };
    expect(verdict({ quiet, freeAt: firstSeen + 2 * hour, now: firstSeen + 15 * hour })).toBeNull();
    expect(verdict({ quiet, freeAt: firstSeen, now: firstSeen + 15 * hour })).not.toBeNull();
  });

  it('never ends a correction, nor what a person asked for', () => {
    expect(verdict({ op: 'edit', now: firstSeen + 1000 * hour })).toBeNull();
    expect(verdict({ reason: keepWord(sentByHand, 'the service was busy'), now: firstSeen + 48 * hour })).toBeNull();
  });
});

describe('the beginning of age', () => {
  const born = (publishedAt: string | null) => bornAt({ publishedAt, firstSeenAt: seen }, zone);

  it('is the publication, when that is earlier', () => {
    expect(born('2026-11-25T05:12:00.000Z')).toBe(Date.parse('2026-11-25T05:12:00.000Z'));
  });

  it.each([
    ['no date', null],
    ['a date in the future', '2026-11-26T08:00:00.000Z'],
    ['midnight in the newsroom: a bare date', '2026-11-24T17:00:00.000Z'],
    ['1970', '1970-01-01T00:00:00.000Z'],
    ['nonsense', 'hôm qua'],
  ])('is the first sight with %s', (_what, publishedAt) => {
    expect(born(publishedAt)).toBe(firstSeen);
  });
});

describe('an embargo', () => {
  it('is a publication clearly ahead, at most two days', () => {
    expect(embargoedUntil('2026-11-25T10:00:00.000Z', firstSeen)).toBe(firstSeen + 2 * hour);
    expect(embargoedUntil('2026-11-25T08:05:00.000Z', firstSeen)).toBeNull();
    expect(embargoedUntil('2027-11-25T08:05:00.000Z', firstSeen)).toBeNull();
    expect(embargoedUntil(null, firstSeen)).toBeNull();
  });
});
