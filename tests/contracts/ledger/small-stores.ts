import { describe, expect, it } from 'vitest';
import { type Habits, noHabits, withArticle } from '#src/core/habits.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { postingStopped } from '#src/core/stop.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { createRow, minute, newArticle, samplePost, start } from '#tests/contracts/ledger/samples.ts';

const photo: PhotoRecord = {
  articleId: 'a1',
  position: 0,
  url: 'https://bao.example/ảnh.jpg',
  hash: 'abc',
  width: 4000,
  height: 3000,
  renditions: [{ width: 640, height: 480, format: 'jpeg', bytes: 1234 }],
  failure: null,
};

export function smallStoresContract(ledger: () => Ledger): void {
  describe('photos', () => {
    it('are replaced by place, found by address once rendered, and trimmed', async () => {
      const { articles, photos } = ledger();
      for (const id of ['a1', 'a2']) await articles.create(newArticle(id));
      const failed = {
        ...photo,
        position: 1,
        url: 'https://bao.example/2.jpg',
        hash: null,
        renditions: [],
        failure: 'no answer',
      };
      await photos.save({ ...photo, hash: null, renditions: [] });
      await photos.save(failed);
      await photos.save(photo);
      await photos.save({ ...photo, articleId: 'a2' });
      expect(await photos.forArticles(['a2', 'a1'])).toEqual([photo, failed, { ...photo, articleId: 'a2' }]);
      expect(await photos.forArticles([])).toEqual([]);
      expect(await photos.find('a1', photo.url)).toEqual(photo);
      expect(await photos.find('a1', failed.url)).toBeNull();
      await photos.trim('a1', 1);
      expect(await photos.forArticles(['a1'])).toEqual([photo]);
      const told = { ...photo, cardBytes: 61_000, words: { caption: 'Chợ sớm', credit: null, alt: null } };
      await photos.save(told);
      expect(await photos.forArticles(['a1'])).toEqual([told]);
    });

    it('gain files beside those they have, two jobs at once too, as long as they are the same photo', async () => {
      const { articles, photos } = ledger();
      await articles.create(newArticle('a1'));
      await photos.save(photo);
      const place = { articleId: 'a1', position: 0, hash: 'abc' };
      const file = (format: 'webp' | 'avif', bytes: number) => ({ width: 640, height: 480, format, bytes });
      await Promise.all([
        photos.addRenditions(place, [file('webp', 900)]),
        photos.addRenditions(place, [file('avif', 600)]),
      ]);
      expect(await photos.addRenditions(place, [file('webp', 901)])).toBe(true);
      const [found] = await photos.forArticles(['a1']);
      expect(found!.renditions.toSorted((a, b) => b.bytes - a.bytes)).toEqual([
        ...photo.renditions,
        file('webp', 901),
        file('avif', 600),
      ]);
      expect(await photos.addRenditions({ ...place, hash: 'other' }, [file('webp', 1)])).toBe(false);
      expect(await photos.addRenditions({ ...place, position: 7 }, [file('webp', 1)])).toBe(false);
      expect(await photos.forArticles(['a1'])).toEqual([found]);
    });
  });

  describe('feeds', () => {
    it('are wanted once more with each change, and built up to what a build saw', async () => {
      const { feeds } = ledger();
      await feeds.touch(['latest', 'thoi-su', 'latest']);
      await feeds.touch(['latest']);
      await feeds.touch([]);
      expect(await feeds.state('latest')).toEqual({
        feedId: 'latest',
        wanted: 2,
        built: 0,
        builtAt: null,
        entries: 0,
        error: null,
      });
      await feeds.recordBuild('latest', { wanted: 2, entries: 7, now: start, error: null });
      await feeds.recordBuild('latest', { wanted: 1, entries: 7, now: start, error: null });
      expect(await feeds.state('latest')).toMatchObject({ wanted: 2, built: 2, builtAt: start, entries: 7 });
      expect((await feeds.all()).map((feed) => feed.feedId)).toEqual(['latest', 'thoi-su']);
    });

    it('keep what the last good build was when one fails', async () => {
      const { feeds } = ledger();
      await feeds.recordBuild('latest', { wanted: 1, entries: 7, now: start, error: null });
      await feeds.recordBuild('latest', { wanted: 2, entries: 0, now: start + 1, error: 'disk full' });
      expect(await feeds.state('latest')).toMatchObject({ built: 1, builtAt: start, entries: 7, error: 'disk full' });
      await feeds.recordBuild('latest', { wanted: 2, entries: 8, now: start + 2, error: null });
      expect(await feeds.state('latest')).toMatchObject({ built: 2, entries: 8, error: null });
    });
  });

  describe('channels', () => {
    it('are known since first sight, and keep what is changed', async () => {
      const { channels } = ledger();
      const fresh = await channels.state('board', start);
      expect(fresh).toEqual({
        channelId: 'board',
        since: start,
        paused: false,
        pausedReason: null,
        account: null,
        facts: {},
        failures: 0,
        openUntil: null,
        historyAt: null,
        expiresAt: null,
      });
      await channels.update('board', {
        paused: true,
        pausedReason: 'by hand',
        openUntil: start + 5,
        facts: { max: 500 },
      });
      await channels.update('board', { failures: 3, account: '@báo' });
      await channels.update('board', {});
      const state = await channels.state('board', start + 9);
      expect(state).toEqual({
        ...fresh,
        paused: true,
        pausedReason: 'by hand',
        openUntil: start + 5,
        facts: { max: 500 },
        failures: 3,
        account: '@báo',
      });
      await channels.update('board', { openUntil: null });
      expect(await channels.all()).toEqual([{ ...state, openUntil: null }]);
    });

    it('rest after failures in a row by the rule, or as long as they were asked to, and never shorter', async () => {
      const { channels } = ledger();
      const rule = { failures: 3, shortest: 1000, longest: 3000 };
      const fail = async (askedUntil: number | null = null) => {
        const failures = await channels.countFailure('board', { now: start, askedUntil, rule });
        const { openUntil } = await channels.state('board', start);
        return [failures, openUntil === null ? null : openUntil - start];
      };
      expect(await channels.endFailures('board')).toBe(false);
      expect(await fail()).toEqual([1, null]);
      expect(await fail()).toEqual([2, null]);
      expect(await fail()).toEqual([3, 1000]);
      expect(await fail()).toEqual([4, 2000]);
      expect(await fail()).toEqual([5, 3000]);
      expect(await fail(start + 9000)).toEqual([6, 9000]);
      expect(await fail(start + 5000)).toEqual([7, 9000]);
      expect(await channels.takeProbe('board', start + 8999, start + minute)).toBe(false);
      expect(await channels.takeProbe('board', start + 9000, start + minute)).toBe(true);
      expect(await channels.takeProbe('board', start + 9000, start + minute)).toBe(false);
      expect(await channels.endFailures('board')).toBe(true);
      expect(await channels.endFailures('board')).toBe(false);
      expect(await channels.state('board', start)).toMatchObject({ failures: 0, openUntil: null });
      expect(await fail(start + 10)).toEqual([1, 10]);
    });
  });

  describe('alerts', () => {
    it('are one per cause until they are over, then a new one', async () => {
      const { alerts } = ledger();
      const alert = { cause: 'source:portal', message: 'no answer', next: 'look at the address', now: start };
      const first = await alerts.raise(alert);
      expect(first).toEqual({
        cause: 'source:portal',
        message: 'no answer',
        next: 'look at the address',
        firstSeenAt: start,
        lastSeenAt: start,
        count: 1,
        resolvedAt: null,
      });
      const again = await alerts.raise({ cause: 'source:portal', message: 'still no answer', now: start + 1 });
      expect(again).toEqual({ ...first, message: 'still no answer', next: null, lastSeenAt: start + 1, count: 2 });
      expect(await alerts.open()).toEqual([again]);
      expect(await alerts.resolve('source:portal', start + 2)).toBe(true);
      expect(await alerts.resolve('source:portal', start + 3)).toBe(false);
      expect(await alerts.open()).toEqual([]);
      expect(await alerts.raise({ ...alert, now: start + 4 })).toMatchObject({ count: 1, firstSeenAt: start + 4 });
    });
  });

  describe('the global stop', () => {
    it('is on from the first who asks until someone ends it, then may be used again', async () => {
      const { switches } = ledger();
      expect(await switches.stopped()).toBeNull();
      const stop = { since: start, by: 'anna', reason: 'sai ảnh' };
      expect(await switches.stop({ by: 'anna', reason: 'sai ảnh', now: start })).toEqual(stop);
      expect(await switches.stop({ by: 'bình', reason: null, now: start + 1 })).toEqual(stop);
      expect(await switches.stopped()).toEqual(stop);
      expect(await switches.resume({ by: 'bình', now: start + 2 })).toEqual(stop);
      expect(await switches.resume({ by: 'bình', now: start + 3 })).toBeNull();
      expect(await switches.stopped()).toBeNull();
      expect(await switches.stop({ by: 'bình', reason: null, now: start + 4 })).toMatchObject({ by: 'bình' });
    });

    it('does not age what waited, and what was put off for it is due at its end', async () => {
      const { articles, deliveries, switches } = ledger();
      await articles.create(newArticle('a1', { deliveries: [createRow('early'), createRow('late')], now: start }));
      await articles.markReady('a1', 1, start, []);
      const row = async (channelId: string) => (await deliveries.list({ channelId, limit: 1 }))[0]!;
      await switches.stop({ by: 'anna', reason: null, now: start + 100 });
      const reason = `${postingStopped} since noon by anna`;
      const putOff = { reason, dueAt: start + 60_000, now: start + 200 };
      await deliveries.move((await row('early')).id, ['waiting'], 'waiting', putOff);
      const paced = { reason: 'waits for the pace', dueAt: start + 90_000, now: start + 200 };
      await deliveries.move((await row('late')).id, ['waiting'], 'waiting', paced);
      await switches.resume({ by: 'anna', now: start + 10_100 });
      expect(await row('early')).toMatchObject({ state: 'waiting', freeAt: start + 10_000, dueAt: start + 10_100 });
      expect(await row('late')).toMatchObject({ state: 'waiting', freeAt: start + 10_000, dueAt: start + 90_000 });
    });
  });

  describe('counts', () => {
    it('grow by what is added, each under its labels', async () => {
      const { counts } = ledger();
      await counts.add([]);
      const polls = (outcome: string, value: number) => ({ name: 'polls', labels: { source: 'báo', outcome }, value });
      await counts.add([polls('failed', 2), polls('changed', 1)]);
      await counts.add([polls('failed', 3)]);
      expect(await counts.all()).toEqual([polls('changed', 1), polls('failed', 5)]);
    });
  });

  describe('figures', () => {
    it('are sums over articles, photos and what is due', async () => {
      const { articles, photos, figures } = ledger();
      await articles.create(newArticle('a1', { deliveries: [createRow('board')] }));
      await photos.save(photo);
      await photos.save({ ...photo, position: 1, hash: null, renditions: [], failure: 'damaged' });
      const waiting = newArticle('a1').article.photos.length;
      expect(await figures.articles()).toEqual({ states: [{ state: 'live', count: 1 }], unready: 1 });
      expect(await figures.photos()).toEqual({ rendered: 1, failed: 1, waiting });
      expect(await figures.overdue(start)).toEqual([]);
      await articles.markReady('a1', 1, start, []);
      expect(await figures.photos()).toEqual({ rendered: 1, failed: 1, waiting: 0 });
      expect(await figures.overdue(start + 1)).toEqual([{ channelId: 'board', since: start }]);
      await articles.hold('a1', start, []);
      expect(await figures.articles()).toEqual({ states: [{ state: 'held', count: 1 }], unready: 0 });
    });
  });

  describe('habits', () => {
    it('grow by one change after another, two at once too, each source by itself', async () => {
      const { habits } = ledger();
      const seen = (id: string) => (known: Habits) =>
        withArticle(known, { externalId: id, body: 'missing', photos: 1 });
      await Promise.all(['tin-1', 'tin-2', 'tin-3'].map((id) => habits.change('portal', seen(id))));
      const astray = ['tin-1', 'tin-2', 'tin-3'].map((id) => ({ id, body: 'missing' }));
      const { astray: found, ...photos } = await habits.change('portal', (known) => known);
      expect(found.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(astray);
      expect(photos).toEqual({ withBody: 0, withPhotos: 3, withoutPhotos: 0 });
      expect(await habits.change('other', (known) => known)).toEqual(noHabits);
    });
  });

  describe('the board', () => {
    const first = samplePost({ id: 'a1', revision: 1 });
    const second = samplePost({ id: 'a1', revision: 2 }, 'Cầu mới đã thông xe');

    it('shows a post once, however often it is put, and its last form', async () => {
      const { board } = ledger();
      const remote = await board.put('board', 'k1', first, start);
      expect(await board.put('board', 'k1', first, start + 1)).toEqual(remote);
      const shown = { id: remote.id, channelId: 'board', post: first, postedAt: start, editedAt: null };
      expect(await board.list('board', 10)).toEqual([shown]);
      await board.put('board', 'k1', second, start + 2);
      expect(await board.list('board', 10)).toEqual([{ ...shown, post: second, editedAt: start + 2 }]);
    });

    it('lists a channel, the newest first, without what was taken back', async () => {
      const { board } = ledger();
      const one = await board.put('board', 'k1', first, start);
      await board.put('board', 'k2', first, start + 1);
      await board.put('other', 'k1', first, start + 2);
      expect((await board.list('board', 10)).map((post) => post.postedAt)).toEqual([start + 1, start]);
      expect(await board.list('board', 1)).toHaveLength(1);
      await board.take('board', one.id, start + 3);
      await board.put('board', 'k1', first, start + 4);
      expect((await board.list('board', 10)).map((post) => post.postedAt)).toEqual([start + 1]);
      expect(await board.list('other', 10)).toHaveLength(1);
    });
  });
}
