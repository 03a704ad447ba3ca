import { describe, expect, it } from 'vitest';
import type { Ledger } from '#src/stores/ledger.ts';
import { start } from '#tests/contracts/ledger/samples.ts';

const session = { hash: 's1', signedInAt: start + 10, seenAt: start + 10, expiresAt: start + 1000 };

export function sessionContract(ledger: () => Ledger): void {
  describe('signing in', () => {
    it('takes a link once, and the session stands until it is ended', async () => {
      const { sessions } = ledger();
      await sessions.addLink({ hash: 'l1', now: start, expiresAt: start + 100 });
      expect(await sessions.redeem('l2', session)).toBe(false);
      expect(await sessions.find('s1')).toBeNull();
      expect(await sessions.redeem('l1', session)).toBe(true);
      expect(await sessions.redeem('l1', { ...session, hash: 's2' })).toBe(false);
      expect(await sessions.find('s1')).toEqual(session);
      expect(await sessions.find('s2')).toBeNull();
      await sessions.seen('s1', start + 50);
      expect(await sessions.find('s1')).toEqual({ ...session, seenAt: start + 50 });
      await sessions.end('s1');
      await sessions.end('s1');
      expect(await sessions.find('s1')).toBeNull();
    });

    it('lets one of two in who come with the same link at once', async () => {
      const { sessions } = ledger();
      await sessions.addLink({ hash: 'l1', now: start, expiresAt: start + 100 });
      const letIn = await Promise.all(['s1', 's2'].map((hash) => sessions.redeem('l1', { ...session, hash })));
      expect(letIn.toSorted()).toEqual([false, true]);
    });

    it('does not take a link that is over, and forgets what is over', async () => {
      const { sessions } = ledger();
      await sessions.addLink({ hash: 'l1', now: start, expiresAt: start + 10 });
      expect(await sessions.redeem('l1', session)).toBe(false);
      await sessions.addLink({ hash: 'l2', now: start + 20, expiresAt: start + 5000 });
      expect(await sessions.redeem('l1', { ...session, signedInAt: start })).toBe(false);
      await sessions.addLink({ hash: 'l3', now: start + 20, expiresAt: start + 5000 });
      expect(await sessions.redeem('l2', session)).toBe(true);
      expect(await sessions.redeem('l3', { ...session, hash: 's2', signedInAt: start + 1000 })).toBe(true);
      expect(await sessions.find('s1')).toBeNull();
      expect(await sessions.find('s2')).not.toBeNull();
    });
  });
}
