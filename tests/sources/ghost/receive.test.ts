import { describe, expect, it } from 'vitest';
import { ghostSource } from '#src/sources/ghost.ts';
import { cmsBench, minute, signs } from '#tests/fakes/cms-bench.ts';
import { ghostWebhook, startGhost, webhookPost } from '#tests/fakes/ghost-server.ts';

const secret = 'a secret of the newsroom';
const bench = cmsBench(ghostSource, startGhost, ({ url, key }) => ({ url, key, webhookSecret: secret }));

describe('webhooks', () => {
  const receive = (current: unknown, previous: unknown, key = secret, at = bench.clock.now()) => {
    const request = ghostWebhook({ post: { current, previous } }, { secret: key, at });
    return ghostSource.receive!({ ...request, now: bench.clock.now() }, bench.settings);
  };

  it('tell of a new post as the next poll would, and the same one twice as one message', async () => {
    const post = bench.site.post('a', { title: 'Bão vào bờ' });
    const wire = webhookPost(bench.site, post);
    const told = receive(wire, { status: 'draft', updated_at: 'x' });
    expect(told).toMatchObject({ kind: 'accepted', poll: true, refs: [{ externalId: 'post:a', sign: 'changed' }] });
    expect(receive(wire, { status: 'draft', updated_at: 'x' })).toEqual(told);
    const { refs } = await bench.poll();
    if (told.kind !== 'accepted') throw new Error('refused');
    expect(told.refs[0]?.stamp).toBe(refs[0]?.stamp);
    expect(await bench.read(told.refs[0])).toMatchObject({ hints: { headline: 'Bão vào bờ' } });
  });

  it.each([
    ['unpublished', { id: 'a', status: 'draft', title: 'x', html: '' }, { status: 'published' }],
    ['deleted', {}, { id: 'a', title: 'x' }],
  ])('tell of a post that was %s; it is looked for once more', async (_event, current, previous) => {
    bench.site.post('a');
    const told = receive(current, previous);
    if (told.kind !== 'accepted') throw new Error('refused');
    expect(signs(told.refs)).toEqual(['post:a gone']);
    expect(await bench.read(told.refs[0])).toBeNull();
    bench.site.posts.length = 0;
    expect(await bench.read(told.refs[0])).toMatchObject({ kind: 'gone', certain: true });
    bench.settings.url = 'http://127.0.0.1:1';
    expect(await bench.read(told.refs[0])).toMatchObject({ kind: 'gone', certain: true });
  });

  it('say of when they are, so that what comes late replaces nothing newer', () => {
    const at = Date.UTC(2026, 10, 25, 7);
    const updated_at = new Date(at).toISOString();
    const wire = webhookPost(bench.site, bench.site.post('a', { updated_at }));
    expect(receive(wire, {})).toMatchObject({ refs: [{ sign: 'changed', asOf: at }] });
    expect(receive({ id: 'a', status: 'draft', updated_at }, {})).toMatchObject({ refs: [{ sign: 'gone', asOf: at }] });
  });

  it('that name no post make the source be looked at', () => {
    expect(receive({}, {})).toMatchObject({ kind: 'accepted', refs: [], poll: true });
  });

  it.each([
    ['another secret', () => receive({}, {}, 'another secret!!')],
    ['an old time', () => receive({}, {}, secret, bench.clock.now() - 6 * minute)],
    [
      'no signature',
      () => ghostSource.receive!({ headers: {}, body: Buffer.from('{}'), now: bench.clock.now() }, bench.settings),
    ],
  ])('with %s are refused', (_what, send) => {
    expect(send()).toMatchObject({ kind: 'refused', status: 401 });
  });

  it('that are signed but hold no post are refused as such', () => {
    const request = ghostWebhook({ member: {} } as never, { secret, at: bench.clock.now() });
    expect(ghostSource.receive!({ ...request, now: bench.clock.now() }, bench.settings)).toMatchObject({ status: 400 });
  });

  it('are refused where no secret was agreed on', () => {
    bench.settings = ghostSource.settings.parse({ url: bench.site.url, key: bench.site.key });
    expect(receive({}, {})).toMatchObject({ kind: 'refused', status: 401 });
  });
});
