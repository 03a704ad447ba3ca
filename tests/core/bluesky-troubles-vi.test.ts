import { describe, expect, it } from 'vitest';
import { resultOf } from '#src/channels/bluesky/call.ts';
import { tellReason } from '#src/core/told-reason.ts';
import { vietnameseTroubles } from '#src/core/troubles-vi.ts';

const answer = (status: number, error: string) => ({ status, headers: {}, json: {}, error, said: `${error}: why` });

describe('what Bluesky refuses', () => {
  it.each([
    [400, 'ExpiredToken'],
    [401, 'AuthenticationRequired'],
    [401, 'AccountTakedown'],
    [429, 'RateLimitExceeded'],
  ])('is told in Vietnamese: %i %s', (status, error) => {
    const { reason } = resultOf(answer(status, error), 0);
    const told = tellReason(reason, vietnameseTroubles);
    expect(told).not.toBe(reason);
    expect(told).toContain(error);
  });

  it('is told also where Bluesky did not refuse it', () => {
    for (const reason of [
      'Bluesky says that the account is not active (deactivated): log in with the app to see why',
      'at://did:plc:a/app.bsky.feed.post/3 is no post of the account that the settings name: delete it by hand',
      'its file has 1000004 bytes, 1000000 are taken',
      'the post it would stand below is gone',
    ]) {
      expect(tellReason(reason, vietnameseTroubles)).not.toBe(reason);
    }
  });
});
