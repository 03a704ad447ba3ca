import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonTraits } from '#src/core/channel-traits.ts';
import { type Delivery, deliveryStates } from '#src/core/delivery.ts';
import { deliveryKey } from '#src/core/delivery-key.ts';
import { planCreate, planRevision, planWithdrawal } from '#src/core/delivery-plan.ts';
import { englishStory } from '#src/core/story-words.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { somePost } from '#tests/fakes/posts.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const now = Date.parse('2026-11-25T02:31:10.000Z');
const hour = 3_600_000;
const stored = storedArticle();
const { pace } = channelSettings('x');

function create(settings: Parameters<typeof channelSettings>[1], change: object = {}) {
  const channels = [{ settings: channelSettings('fediverse', settings), since: 0 }];
  const plan = { articleId: stored.id, article: stored, sourceId: 'portal', baseline: false, channels, site, now };
  return planCreate({ ...plan, ...change })[0]!;
}

function delivery(change: Partial<Delivery>): Delivery {
  return {
    id: 'row1',
    articleId: stored.id,
    channelId: 'fediverse',
    op: 'create',
    part: '',
    asReply: false,
    revision: 1,
    key: 'key',
    state: 'sent',
    reason: null,
    dueAt: null,
    freeAt: null,
    createdAt: now,
    updatedAt: now,
    attempts: 1,
    judged: 0,
    fence: 1,
    leaseUntil: null,
    post: null,
    prepared: null,
    remote: null,
    approved: null,
    ...change,
  };
}

describe('a new article', () => {
  it('waits on each channel until it has settled', () => {
    expect(create({ pace: { ...pace, settle: 120_000 } })).toMatchObject({
      channelId: 'fediverse',
      op: 'create',
      state: 'waiting',
      reason: null,
      notBefore: now + 120_000,
    });
  });

  it('has one key for ever, whatever it says', () => {
    const key = create({}).key;
    expect(create({}, { article: { ...stored, headline: 'Khác', revision: 9 } }).key).toBe(key);
    expect(key).toMatch(/^[0-9a-f]{40}$/);
  });

  it('that stood there at the first poll is skipped, and says so', () => {
    expect(create({}, { baseline: true })).toMatchObject({
      state: 'skipped',
      reason: 'stood there before Loa began watching: in the feeds, not posted',
    });
  });

  it('is skipped where the channel does not take it', () => {
    expect(create({ only: { section: ['Thể thao'] } })).toMatchObject({
      state: 'skipped',
      reason: 'not for this channel: it takes section Thể thao',
    });
    expect(create({ only: { not: { tag: ['Giao thông'] } } }).reason).toBe(
      'not for this channel: it takes no tag Giao thông',
    );
  });

  it('that is old at first sight is skipped with its age', () => {
    const article = { ...stored, publishedAt: new Date(now - 9 * hour).toISOString() };
    expect(create({}, { article }).reason).toBe(
      'already 9 h old when it was first seen: this channel posts nothing older than 6 h',
    );
  });

  it('waits out its embargo and the quiet hours', () => {
    const embargo = now + 3 * hour;
    expect(create({}, { article: { ...stored, publishedAt: new Date(embargo).toISOString() } }).notBefore).toBe(
      embargo,
    );
    const quiet = { from: 9 * 60, to: 10 * 60 };
    expect(create({ pace: { ...pace, quiet } })).toMatchObject({
      notBefore: Date.parse('2026-11-25T10:00:00+07:00'),
      reason: "waits for the channel's pace or the end of its quiet hours",
    });
  });

  it('waits for a person where the channel wants one', () => {
    const row = create({ approval: 'required' });
    expect(row).toMatchObject({ state: 'waiting', reason: 'waits for approval' });
    expect(row.notBefore).toBeGreaterThan(now + 1000 * 24 * hour);
  });
});

describe('a new revision', () => {
  const plan = (create: Partial<Delivery>, change: object = {}) =>
    planRevision({
      stored,
      article: stored,
      revision: 2,
      changes: ['headline'],
      existing: [delivery(create)],
      channels: [{ settings: channelSettings('fediverse', { pace: { ...pace, settle: 120_000 } }), since: 0 }],
      site,
      now,
      ...change,
    });

  it.each(['sent', 'sending', 'retry', 'parked'] as const)('is an edit of a post that is %s', (state) => {
    expect(plan({ state })).toMatchObject([{ op: 'edit', state: 'waiting', notBefore: now + 60_000 }]);
  });

  it('goes at once where nothing is to settle', () => {
    const channels = [{ settings: channelSettings('board', { pace: { ...pace, settle: 0 } }), since: 0 }];
    expect(plan({ state: 'sent', channelId: 'board' }, { channels })).toMatchObject([{ op: 'edit', notBefore: now }]);
  });

  it.each(['skipped', 'expired', 'cancelled', 'dead'] as const)('is nothing to a post that is %s', (state) => {
    expect(plan({ state })).toEqual([]);
  });

  it.each(['expired', 'cancelled', 'dead'] as const)(
    'is kept for a frozen post that is %s: it may be let go yet',
    (state) => {
      expect(plan({ state, post: somePost() })).toMatchObject([{ op: 'edit', state: 'waiting' }]);
    },
  );

  it('is planned for a create that is still to come: composed of what is ready, it may carry an older revision', () => {
    expect(plan({ state: 'waiting' })).toHaveLength(1);
    expect(plan({ state: 'waiting', post: somePost() })).toHaveLength(1);
  });

  it('is nothing where corrections are ignored, or nothing changed', () => {
    const channels = [{ settings: channelSettings('fediverse', { corrections: 'ignore' }), since: 0 }];
    expect(plan({}, { channels })).toEqual([]);
    expect(plan({}, { changes: [] })).toEqual([]);
  });

  it('never creates a post on a channel that came later', () => {
    expect(plan({}, { existing: [] })).toEqual([]);
  });

  it('has a key of its own', () => {
    const of = { siteUrl: site.url, articleId: stored.id, channelId: 'fediverse', op: 'edit' as const };
    expect(deliveryKey({ ...of, revision: 2 })).not.toBe(deliveryKey({ ...of, revision: 3 }));
    expect(plan({})[0]!.key).toBe(deliveryKey({ ...of, revision: 2 }));
  });
});

describe('a withdrawal', () => {
  const plan = (state: Delivery['state'], withdrawals: 'delete' | 'ignore' = 'delete') =>
    planWithdrawal({
      stored,
      existing: [delivery({ state })],
      channels: [{ settings: channelSettings('fediverse', { withdrawals }) }],
      site,
      now,
    });

  it.each(['sent', 'sending', 'retry', 'parked'] as const)('takes back a post that is %s', (state) => {
    const reason = state === 'parked' ? expect.stringMatching(/^waits until a person has said/) : null;
    expect(plan(state)).toMatchObject([{ op: 'withdraw', state: 'waiting', notBefore: now, reason }]);
  });

  it('has nothing to take back where nothing was posted', () => {
    expect(plan('skipped')).toEqual([]);
    expect(plan('expired')).toEqual([]);
  });

  it('leaves the post where the settings say so, and writes that down', () => {
    expect(plan('sent', 'ignore')).toMatchObject([{ state: 'skipped', reason: expect.stringContaining('ignore') }]);
  });
});

describe('a channel on which each reader has a post of their own', () => {
  const traits = { ...commonTraits, canEdit: false, canReply: false, parts: ['an@bao.example', 'binh@bao.example'] };
  const channels = [{ settings: channelSettings('mail', { kind: 'email' }), since: 0, traits }];
  const plan = { articleId: stored.id, article: stored, sourceId: 'portal', baseline: false, channels, site, now };

  it('gets one row for each, with a key of its own', () => {
    const rows = planCreate(plan);
    expect(rows.map(({ part }) => part)).toEqual(traits.parts);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
    expect(planCreate({ ...plan, baseline: true }).map(({ state }) => state)).toEqual(['skipped', 'skipped']);
  });

  it('is taken back from those who may have it', () => {
    const existing = [
      delivery({ id: 'a', channelId: 'mail', part: 'an@bao.example', state: 'sent' }),
      delivery({ id: 'b', channelId: 'mail', part: 'binh@bao.example', state: 'dead' }),
    ];
    expect(planWithdrawal({ stored, existing, channels, site, now })).toMatchObject([{ part: 'an@bao.example' }]);
    const revised = { stored, article: stored, revision: 2, changes: ['headline'], existing, channels, site, now };
    expect(planRevision(revised)).toMatchObject([
      { part: 'an@bao.example', state: 'skipped', reason: 'posts on email cannot be changed: it stands as it was' },
    ]);
  });
});

describe('what a change calls for', () => {
  const changesOf = fc.subarray([...Object.keys(englishStory.changes)], { minLength: 1 });
  const settingsOf = fc.record({
    corrections: fc.constantFrom('edit' as const, 'reply' as const, 'ignore' as const),
    approval: fc.constantFrom('none' as const, 'required' as const),
  });
  const traitsOf = fc.record({
    canEdit: fc.boolean(),
    canReply: fc.boolean(),
    editNotifies: fc.boolean(),
    irrevocable: fc.constant(null),
    parts: fc.constant(['']),
  });

  it('is at most one row for each post, and nothing loud for slips alone', () => {
    fc.assert(
      fc.property(
        changesOf,
        settingsOf,
        traitsOf,
        fc.constantFrom(...deliveryStates),
        (changes, own, traits, state) => {
          const existing = [delivery({ state, post: somePost() })];
          const channels = [{ settings: channelSettings('fediverse', own), since: 0, traits }];
          const rows = planRevision({ stored, article: stored, revision: 2, changes, existing, channels, site, now });
          expect(rows.length).toBeLessThanOrEqual(1);
          for (const row of rows) {
            expect(own.corrections).not.toBe('ignore');
            expect(row).toMatchObject({ op: 'edit', asReply: own.corrections === 'reply' });
            if (changes.every((change) => change === 'typo')) expect(row.asReply || traits.editNotifies).toBe(false);
            const isAble = row.asReply ? traits.canReply : traits.canEdit;
            expect(row.state).toBe(isAble ? 'waiting' : 'skipped');
            const waits = state === 'parked' ? 'waits until a person has said whether the post stands' : null;
            if (isAble) expect(row.reason).toBe(own.approval === 'required' ? 'waits for approval' : waits);
          }
        },
      ),
    );
  });

  it('is no reply for how the article is filed', () => {
    const channels = [{ settings: channelSettings('fediverse', { corrections: 'reply' }), since: 0 }];
    const plan = { stored, article: stored, revision: 2, existing: [delivery({})], channels, site, now };
    expect(planRevision({ ...plan, changes: ['section', 'tags', 'typo'] })).toEqual([]);
    expect(planRevision({ ...plan, changes: ['facts'] })).toHaveLength(1);
  });

  it('is left to a person where a person wrote the post', () => {
    const remote = { id: '9', url: 'https://m.example/9' };
    for (const state of ['sent', 'skipped'] as const) {
      const existing = [delivery({ state, remote })];
      const channels = [{ settings: channelSettings('fediverse'), since: 0 }];
      const plan = { stored, article: stored, revision: 2, changes: ['headline'], existing, channels, site, now };
      expect(planRevision(plan)).toMatchObject([{ state: 'skipped', reason: expect.stringContaining(remote.url) }]);
      expect(planWithdrawal({ stored, existing, channels, site, now })).toMatchObject([{ state: 'waiting' }]);
    }
  });
});

describe('breaking news', () => {
  const quiet = { from: 9 * 60, to: 10 * 60 };
  const slow = { pace: { ...pace, settle: 120_000, quiet } };

  it('neither settles nor keeps quiet hours; a section or a tag is enough, however it is written', () => {
    const article = { ...stored, section: 'Thời sự', tags: ['Tin  khẩn'.normalize('NFD').replace('  ', ' ')] };
    for (const breaking of [
      { section: ['thời sự'] },
      { tag: ['TIN KHẨN'] },
      { section: ['Khác'], tag: ['tin khẩn'] },
    ]) {
      expect(create({ ...slow, breaking }, { article })).toMatchObject({ notBefore: now, urgent: true });
    }
    expect(create({ ...slow, breaking: { tag: ['khác'] } }, { article })).toMatchObject({ urgent: false });
    expect(create({ ...slow, breaking: { tag: ['khác'] } }, { article }).notBefore).toBeGreaterThan(now + 120_000);
  });

  it('waits for its embargo and for approval all the same', () => {
    const breaking = { section: [stored.section!] };
    const publishedAt = new Date(now + 3 * hour).toISOString();
    expect(create({ ...slow, breaking }, { article: { ...stored, publishedAt } }).notBefore).toBe(now + 3 * hour);
    expect(create({ ...slow, breaking, approval: 'required' }).reason).toBe('waits for approval');
  });
});
