import { describe, expect, it } from 'vitest';
import type { ArticleRef } from '#src/core/signal.ts';
import type { PushRequest, Received, Source, SourceTools } from '#src/sources/source.ts';

/** One kind of source that takes signed requests, and somebody who sends them. */
export interface ReceiveBench<S> {
  settings: S;
  tools: SourceTools;
  /** A request, signed rightly, that tells of the article called `name`; its message id is `message`. */
  sign(name: string, headline: string, message: string): PushRequest;
}

/** What every source with `receive` keeps to. */
export function receiveContract<S>(source: Source<S>, open: () => ReceiveBench<S>): void {
  describe(`the contract of signed requests, kept by ${source.kind}`, () => {
    const receive = (request: PushRequest): Received => source.receive!(request, open().settings);
    const accepted = (request: PushRequest) => {
      const received = receive(request);
      if (received.kind !== 'accepted') throw new Error(received.reason);
      return received;
    };

    it('tells of the article in references that survive being stored, and the same again for the same request', () => {
      const request = open().sign('one', 'Cầu mới thông xe', 'm1');
      const first = accepted(request);
      expect(first.refs).toHaveLength(1);
      expect(JSON.parse(JSON.stringify(first.refs))).toEqual(first.refs);
      expect(accepted(request)).toEqual(first);
      expect(accepted(open().sign('one', 'Cầu mới thông xe', 'm2')).messageId).not.toBe(first.messageId);
    });

    it('keeps an article’s id over its edits, and gives each edit another stamp', () => {
      const [before] = accepted(open().sign('one', 'Cầu mới thông xe', 'm1')).refs as [ArticleRef];
      const [after] = accepted(open().sign('one', 'Cầu mới thông xe sớm', 'm2')).refs as [ArticleRef];
      expect(after.externalId).toBe(before.externalId);
      expect(after.stamp).not.toBe(before.stamp);
    });

    it('reads what it told of', async () => {
      const { settings, tools, sign } = open();
      const { refs } = accepted(sign('one', 'Cầu mới thông xe', 'm1'));
      const raw = await source.read(JSON.parse(JSON.stringify(refs[0])), settings, tools);
      expect(JSON.stringify(raw)).toContain('Cầu mới thông xe');
    });

    it('refuses what somebody changed or sends too late, with a reason for the log', () => {
      const request = open().sign('one', 'Cầu mới thông xe', 'm1');
      const body = Uint8Array.from([...request.body, 32]);
      for (const bad of [
        { ...request, body },
        { ...request, headers: {} },
        { ...request, now: request.now + 600_000 },
      ]) {
        expect(receive(bad)).toEqual({ kind: 'refused', status: 401, reason: expect.stringMatching(/\w+ \w+/) });
      }
    });
  });
}
