import { describe, expect, it } from 'vitest';
import { email } from '#src/channels/email/channel.ts';
import { reader, settingsFor, startBench } from '#tests/channels/email/bench.ts';
import { makeCertificate } from '#tests/fakes/certificate.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { someSending } from '#tests/fakes/posts.ts';

describe('a mail', () => {
  it('is taken once, for the reader it was written for', async () => {
    const bench = await startBench();
    const result = await bench.publish();
    expect(result).toMatchObject({ kind: 'sent', id: `${someSending().key}.ours@bao.example`, url: null });
    expect(bench.server.record).toMatchObject([{ from: 'tin@bao.example', to: reader, encrypted: false, user: null }]);
  });

  it('goes to the address as the settings write it', async () => {
    const bench = await startBench();
    await bench.publish({ part: 'lan@hop-thu.example' });
    expect(bench.server.record[0]!.to).toBe('Lan@hop-thu.example');
  });

  it('is the same, byte for byte, when it is sent again', async () => {
    const bench = await startBench();
    bench.server.misbehave({ mail: 451, text: '4.7.1 later' });
    const sending = await bench.prepare(someSending({ part: reader }));
    const stored = { ...sending, prepared: JSON.parse(JSON.stringify(sending.prepared)) };
    expect(await email.publish(stored, bench.settings, bench.tools())).toMatchObject({ kind: 'notSent' });
    const later = bench.tools({ clock: manualClock(Date.UTC(2026, 10, 25, 9)) });
    await email.publish(stored, bench.settings, later);
    await bench.publish();
    const [first, second] = bench.server.record;
    expect(second!.raw).toBe(first!.raw);
  });

  it('is signed in for', async () => {
    const bench = await startBench({ user: 'tin', password: 'canary-123' }, { user: 'tin', password: 'canary-123' });
    await bench.publish();
    expect(bench.server.record[0]!.user).toBe('tin');
  });

  it('carries a sender of its own for mails that come back', async () => {
    const bench = await startBench({ bounceTo: 'tra-lai@bao.example' });
    await bench.publish();
    expect(bench.server.record[0]!.from).toMatch(/^tra-lai\+[0-9a-f]{16}@bao\.example$/);
  });
});

describe('what the server says of a mail', () => {
  const refused = { kind: 'permanent', scope: 'item' };
  const noSuchReader = { ...refused, reason: expect.stringMatching(/take it off the list$/) };
  const distrusted = { ...refused, reason: expect.stringMatching(/SPF, DKIM and DMARC$/), mayBeGeneral: true };
  const cases: [string, Parameters<Awaited<ReturnType<typeof startBench>>['server']['misbehave']>[0], object][] = [
    ['550 for the reader', { reader: 550, text: '5.1.1 no such user' }, noSuchReader],
    ['550 for the reader’s own wish', { reader: 550, text: '5.2.1 closed' }, { kind: 'permanent', scope: 'item' }],
    ['450 for the reader', { reader: 450, text: '4.2.0 greylisted' }, { kind: 'notSent' }],
    ['451 for the reader', { reader: 451 }, { kind: 'notSent' }],
    ['421 for the reader', { reader: 421 }, { kind: 'notSent' }],
    ['503 for the reader', { reader: 503 }, { kind: 'notSent' }],
    ['550 for the sender', { sender: 550, text: '5.7.1 not yours' }, { kind: 'permanent', scope: 'channel' }],
    ['452 for the sender', { sender: 452 }, { kind: 'notSent' }],
    ['552 for its size', { mail: 552, text: '5.3.4 too large' }, { kind: 'permanent', scope: 'item' }],
    ['554 for its words', { mail: 554, text: '5.7.1 spam' }, distrusted],
    ['451 after the mail', { mail: 451 }, { kind: 'notSent' }],
  ];
  it.each(cases)('%s is certain', async (_name, mood, expected) => {
    const bench = await startBench();
    bench.server.misbehave(mood);
    expect(await bench.publish()).toMatchObject(expected);
    expect(bench.server.record).toEqual([]);
  });

  it('is unknown when it closes after taking the mail', async () => {
    const bench = await startBench();
    bench.server.misbehave('answer lost');
    expect(await bench.publish()).toMatchObject({ kind: 'ambiguous' });
    expect(bench.server.record).toHaveLength(1);
  });

  it('is unknown when it falls silent after taking the mail, and certain when before', async () => {
    const late = await startBench();
    late.server.misbehave('hang');
    const first = late.publish();
    await late.server.silent();
    late.stop.abort(new Error('over'));
    expect(await first).toMatchObject({ kind: 'ambiguous' });

    const early = await startBench();
    early.server.misbehave('hang early');
    const second = early.publish();
    await early.server.silent();
    early.stop.abort(new Error('over'));
    expect(await second).toMatchObject({ kind: 'notSent' });
  });

  it('pauses the channel when user and password are refused, and tells neither', async () => {
    const bench = await startBench({ user: 'tin', password: 'canary-123' }, { user: 'tin', password: 'another' });
    const result = await bench.publish();
    expect(result).toMatchObject({ kind: 'permanent', scope: 'channel', reason: expect.stringContaining('535') });
    expect(JSON.stringify(result)).not.toContain('canary-123');
  });

  it('is asked again when it cannot look at user and password now', async () => {
    const bench = await startBench({ user: 'tin', password: 'canary-123' }, { user: 'tin', password: 'canary-123' });
    bench.server.refuseSignIn(454);
    expect(await bench.publish()).toMatchObject({ kind: 'notSent' });
  });

  it('leaves nothing unsaid when nobody listens', async () => {
    const bench = await startBench();
    const sending = await bench.prepare(someSending({ part: reader }));
    await bench.server.close();
    expect(await email.publish(sending, bench.settings, bench.tools())).toMatchObject({ kind: 'notSent' });
  });

  it('refuses one reader without the other', async () => {
    const bench = await startBench();
    bench.server.refuseReader(reader, 550, '5.1.1 gone');
    const results = [await bench.publish(), await bench.publish({ part: 'lan@hop-thu.example', key: 'another-key' })];
    expect(results.map(({ kind }) => kind)).toEqual(['permanent', 'sent']);
  });
});

const certificate = makeCertificate();

describe('encryption', () => {
  it('is a must where the settings say so, and the channel stops without it', async () => {
    const bench = await startBench({ startTls: true });
    expect(await bench.publish()).toMatchObject({ kind: 'permanent', scope: 'channel' });
    expect(bench.server.record).toEqual([]);
  });

  it.skipIf(certificate === null)('is not taken from a server with a certificate that nobody has signed', async () => {
    const bench = await startBench({ startTls: true }, { certificate: certificate! });
    expect(await bench.publish()).toMatchObject({ kind: 'permanent', scope: 'channel' });
    const tls = await startBench({ secure: true }, { certificate: certificate!, secure: true });
    expect(await tls.publish()).toMatchObject({ kind: 'permanent', scope: 'channel' });
  });
});

describe('the account', () => {
  it('is checked without a mail', async () => {
    const bench = await startBench({ user: 'tin', password: 'canary-123' }, { user: 'tin', password: 'canary-123' });
    expect(await email.check(bench.settings, bench.tools())).toMatchObject({ account: 'tin@bao.example by 127.0.0.1' });
    expect(bench.server.record).toEqual([]);
    bench.server.refuseSignIn();
    await expect(email.check(bench.settings, bench.tools())).rejects.toThrow(/user and password/);
  });

  it('is tested by a mail to the operator', async () => {
    const bench = await startBench({ testTo: 'truc-ban@bao.example' });
    expect(await email.test!(bench.settings, bench.tools())).toContain('truc-ban@bao.example');
    expect(bench.server.record.map(({ to }) => to)).toEqual(['truc-ban@bao.example']);
    bench.server.misbehave({ reader: 550 });
    await expect(email.test!(bench.settings, bench.tools())).rejects.toThrow('truc-ban@bao.example');
  });

  it('has its limits in the ledger, named without the password', () => {
    const settings = settingsFor(587, { user: 'tin', password: 'canary-123', perDay: 500 });
    const rates = email.rates!(settings, {});
    expect(rates.map(({ units, per }) => [units, per])).toEqual([
      [300, 60_000],
      [500, 86_400_000],
    ]);
    expect(new Set(rates.map(({ account }) => account)).size).toBe(2);
    expect(JSON.stringify(rates)).not.toContain('canary-123');
  });

  it('tries at growing distances, for two days at most', () => {
    const delays = Array.from({ length: 60 }, (_, index) => email.retryDelay!(index + 1));
    expect(delays.slice(0, 5)).toEqual([60_000, 300_000, 900_000, 3_600_000, 3_600_000]);
    const all = delays.reduce<number>((sum, delay) => sum + (delay ?? 0), 0);
    expect(all).toBeGreaterThan(24 * 3_600_000);
    expect(all).toBeLessThan(48 * 3_600_000);
  });
});
