/** What every channel must do, run against a fake of its service. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Board, Channel, ChannelTools, Sending } from '#src/channels/channel.ts';
import { HttpFailure } from '#src/core/errors.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Http } from '#src/core/tools.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

/** What the fake does with the next request that would show a post. */
export type Trouble = 'too many' | 'refuses us' | 'fails after taking it' | 'never answers';

export interface ChannelBench {
  channel: Channel<any, any>;
  /** As its schema gives them, aimed at the fake. */
  settings: unknown;
  /** Whatever must not be told to anybody. */
  secrets: string[];
  http: Http;
  board: Board;
  clock: ManualClock;
  /** Further tools that it needs. */
  tools?: Partial<ChannelTools>;
  /** What readers see at the fake now; each text holds at least the headline. */
  visible(): Promise<string[]>;
  /** False where the fake's service cannot fail so. */
  trouble(what: Trouble): boolean;
  close(): Promise<void>;
}

export function channelContract(name: string, open: (clock: ManualClock) => Promise<ChannelBench>): void {
  describe(`channel ${name}`, () => {
    let bench: ChannelBench;
    let log: ReturnType<typeof recordingLog>;
    let stop: AbortController;

    beforeEach(async () => {
      bench = await open(manualClock());
      log = recordingLog();
      stop = new AbortController();
    });
    afterEach(() => bench.close());

    const tools = (): ChannelTools => {
      const { http, board, clock } = bench;
      const photo = async () => null;
      return fakeChannelTools({ http, board, photo, clock, log, signal: stop.signal, ...bench.tools });
    };
    const prepared = async (given: Sending<any>) => {
      const { channel, settings } = bench;
      const sending = { ...given, part: channel.parts?.(settings)[0] ?? '' };
      return channel.prepare ? { ...sending, prepared: await channel.prepare(sending, settings, tools()) } : sending;
    };
    const publish = async (sending: Sending<any>): Promise<SendResult> => {
      try {
        return await bench.channel.publish(await prepared(sending), bench.settings, tools());
      } catch (error) {
        const reason = String(error);
        return { kind: error instanceof HttpFailure && !error.sent ? 'notSent' : 'ambiguous', reason };
      }
    };

    it('accepts its own settings and states its limits', () => {
      const { channel, settings } = bench;
      expect(channel.settings.safeParse(settings).success).toBe(true);
      const limits = channel.limits(settings, {});
      expect(limits.photos).toBeGreaterThanOrEqual(0);
      expect(limits.length === null || limits.length > 0).toBe(true);
      expect(['A', 'B', 'C', 'D']).toContain(channel.guarantee(settings));
    });

    it('checks its account', async () => {
      const { account } = await bench.channel.check(bench.settings, tools());
      expect(account).not.toBe('');
    });

    it('shows a post once and gives its id', async () => {
      const result = await publish(someSending());
      expect(result).toMatchObject({ kind: 'sent', id: expect.stringMatching(/./) });
      const texts = await bench.visible();
      expect(texts).toHaveLength(1);
      expect(texts[0]).toContain(somePost().article.headline);
    });

    it('shows one post when the same key is sent twice, if it says that this is safe', async ({ skip }) => {
      if (bench.channel.guarantee(bench.settings) !== 'A') skip('its class is not A');
      const first = await publish(someSending());
      const second = await publish(someSending());
      expect(second).toMatchObject({ kind: 'sent', id: (first as { id: string }).id });
      expect(await bench.visible()).toHaveLength(1);
    });

    it('changes the post that stands', async ({ skip }) => {
      if (!bench.channel.edit) skip('it has no edits');
      const created = await publish(someSending());
      if (created.kind !== 'sent') throw new Error(created.reason);
      const remote = { id: created.id, url: created.url };
      const { article } = somePost();
      const headline = 'Đèo Sơn Thủy thông xe hoàn toàn';
      const post = somePost({
        article: { ...article, revision: 2, headline },
        segments: [{ kind: 'text', text: headline }],
      });
      const sending = await prepared(someSending({ key: 'another-key', post, remote }));
      const result = await bench.channel.edit!(sending, bench.settings, tools());
      expect(result.kind).toBe('sent');
      const texts = await bench.visible();
      expect(texts).toHaveLength(1);
      expect(texts[0]).toContain(headline);
    });

    it('takes the post back', async ({ skip }) => {
      if (!bench.channel.withdraw) skip('it cannot take posts back');
      const created = await publish(someSending());
      if (created.kind !== 'sent') throw new Error(created.reason);
      const remote = { id: created.id, url: created.url };
      const result = await bench.channel.withdraw!(someSending({ key: 'third-key', remote }), bench.settings, tools());
      expect(result.kind).toBe('sent');
      expect(await bench.visible()).toHaveLength(0);
    });

    it('is not sent when the service says that it is too much', async ({ skip }) => {
      if (!bench.trouble('too many')) skip('its service has no limit');
      const result = await publish(someSending());
      expect(result.kind).toBe('notSent');
      expect(await bench.visible()).toHaveLength(0);
    });

    it('never calls it sent when it is refused', async ({ skip }) => {
      if (!bench.trouble('refuses us')) skip('its service refuses nobody');
      const result = await publish(someSending());
      expect(['permanent', 'notSent']).toContain(result.kind);
    });

    it('is in doubt when the service fails after taking it', async ({ skip }) => {
      if (!bench.trouble('fails after taking it')) skip('its service cannot fail so');
      expect((await publish(someSending())).kind).toBe('ambiguous');
    });

    it('stops waiting when it is told to', async ({ skip }) => {
      if (!bench.trouble('never answers')) skip('its service cannot hang');
      const sending = await prepared(someSending());
      const running = bench.channel.publish(sending, bench.settings, tools()).catch((error) => error);
      stop.abort(new Error('enough'));
      const result = await running;
      expect(result?.kind).not.toBe('sent');
    });

    it('tells nobody its secrets', async () => {
      const told: unknown[] = [];
      for (const trouble of ['refuses us', 'too many', 'fails after taking it'] as const) {
        if (bench.trouble(trouble)) told.push(await publish(someSending({ key: `key-${trouble}` })));
      }
      const all = JSON.stringify([told, log.lines]);
      for (const secret of bench.secrets) expect(all).not.toContain(secret);
    });
  });
}
