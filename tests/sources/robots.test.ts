import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { readRules } from '#src/sources/robots/rules.ts';
import { createRobots } from '#src/sources/robots.ts';
import type { Robots } from '#src/sources/source.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';

let site: fake.FeedServer;
let http: HttpClient;
let clock: ManualClock;
let robots: Robots;

beforeEach(async () => {
  site = await fake.startFeedServer();
  clock = manualClock();
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock });
  robots = createRobots({ http, clock });
});
afterEach(async () => {
  await http.close();
  await site.close();
});

const serve = (text: string) => site.on('/robots.txt', fake.answer(200, text, { 'content-type': 'text/plain' }));
const verdict = (path = '/tin/1') => robots.verdict(site.url + path);

describe('what a site says', () => {
  const allows = (text: string, path: string) =>
    readRules(text, 'https://bao.example/robots.txt').allows(`https://bao.example${path}`);

  it.each([
    ['everything without rules', '', '/a', true],
    ['nothing where all is forbidden', 'User-agent: *\nDisallow: /', '/a', false],
    ['everything for an empty rule', 'User-agent: *\nDisallow:', '/a', true],
    ['by our own name before the star', 'User-agent: *\nDisallow: /\n\nUser-agent: loa\nAllow: /', '/a', true],
    ['by our own name in any case, with a version', 'User-agent: LOA/2.0\nDisallow: /a', '/a', false],
    ['not by a name that only begins like ours', 'User-agent: Loader\nDisallow: /', '/a', true],
    [
      'by every group of our name',
      'User-agent: Loa\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: Loa\nDisallow: /b',
      '/b',
      false,
    ],
    ['by the longest rule', 'User-agent: *\nDisallow: /tin\nAllow: /tin/mo', '/tin/mo/1', true],
    ['allowing where two are as long', 'User-agent: *\nDisallow: /tin\nAllow: /tin', '/tin', true],
    ['with stars', 'User-agent: *\nDisallow: /*/in$', '/tin/in', false],
    ['with an end', 'User-agent: *\nDisallow: /*.pdf$', '/a.pdf?x', true],
    ['with what is asked', 'User-agent: *\nDisallow: /*?print=', '/a?print=1', false],
    ['minding the case of paths', 'User-agent: *\nDisallow: /TIN', '/tin', true],
    ['escaped or not', 'User-agent: *\nDisallow: /%7Etin/tin%2Dmoi', '/~tin/tin-moi', false],
    ['in letters beyond ASCII', 'User-agent: *\nDisallow: /thời-sự', '/th%E1%BB%9Di-s%E1%BB%B1/1', false],
    ['for several names at once', 'User-agent: a\nUser-agent: Loa\nDisallow: /', '/a', false],
    [
      'with other records inside a group',
      'User-agent: Loa\nSitemap: https://bao.example/s.xml\nUser-agent: b\nDisallow: /',
      '/a',
      false,
    ],
    [
      'with a pause for all before others are forbidden',
      'User-agent: *\nCrawl-delay: 9\n\nUser-agent: b\nDisallow: /',
      '/a',
      true,
    ],
    ['with stars that meet', 'User-agent: *\nDisallow: /a**b*$', '/axbx', false],
    ['with an end that does not overlap what stood before', 'User-agent: *\nDisallow: /ab*ba$', '/aba', true],
    ['with a star at the end', 'User-agent: *\nDisallow: /a*', '/a', false],
    ['with the end alone', 'User-agent: *\nDisallow: /a$', '/ab', true],
    ['with a dollar that is none', 'User-agent: *\nDisallow: /a$b', '/a$b', false],
    ['in small escapes', 'User-agent: *\nDisallow: /%e1%ba%a7', '/%E1%BA%A7', false],
    ['with names like those of every object', 'User-agent: __proto__\nUser-agent: Loa\nDisallow: /a', '/a', false],
    ['with half a letter', 'User-agent: *\nDisallow: /\ud800', '/a', true],
    ['with a comment and odd spaces', '  user-agent :  * # all\n\tDISALLOW :/a # no', '/a', false],
    ['whatever the line ends', 'User-agent: *\rDisallow: /a', '/a', false],
  ])('is %s', (_name, text, path, expected) => {
    expect(allows(text.replaceAll('\r', '\n'), path)).toBe(expected);
  });

  it.each([
    ['thousands of stars', `User-agent: *\nDisallow: /${'*a'.repeat(250_000)}*b`],
    ['thousands of rules with stars', `User-agent: *\n${`Disallow: /${'*a'.repeat(50)}*b\n`.repeat(4500)}`],
    ['thousands of short rules', `User-agent: *\n${'Disallow:*b\n'.repeat(42_000)}`],
    [
      'thousands of names, each with thousands of rules',
      `${'User-agent: x\n'.repeat(18_000)}${'Allow:/\n'.repeat(30_000)}`,
    ],
    ['thousands of names of ours', `${'User-agent: *\n'.repeat(18_000)}${'Allow:/\n'.repeat(30_000)}`],
    ['one long line', `User-agent: *\nDisallow: /${'ab'.repeat(200_000)}*`],
    ['nothing but spaces', ' '.repeat(500_000)],
  ])('is known soon, whatever the file holds: %s', (_what, text) => {
    const begun = performance.now();
    const rules = readRules(text, 'https://bao.example/robots.txt');
    for (let page = 0; page < 5; page++) {
      expect(rules.allows(`https://bao.example/${'a'.repeat(4000)}${page}`)).toBe(true);
    }
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('is the same however a pattern is matched', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*', '/'), { maxLength: 8 });
    const paths = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 10 });
    fc.assert(
      fc.property(letters, fc.boolean(), paths, (pattern, isEnd, path) => {
        const written = `/${pattern.join('')}`;
        const expression = new RegExp(`^${written.replaceAll('*', '.*')}${isEnd ? '$' : ''}`);
        const given = `/${path.join('')}`;
        const isForbidden = !allows(`User-agent: *\nDisallow: ${written}${isEnd ? '$' : ''}`, given);
        expect(isForbidden).toBe(expression.test(given));
      }),
    );
  });

  it('names sitemaps, also relative ones, each once', () => {
    const text =
      'Sitemap: /a.xml\nsitemap: https://cdn.example/b.xml\nSitemap: https://bao.example/a.xml\nSitemap: ftp://x/y';
    expect(readRules(text, 'https://bao.example/robots.txt').sitemaps).toEqual([
      'https://bao.example/a.xml',
      'https://cdn.example/b.xml',
    ]);
  });

  it('asks for pauses, ours or those of all, and never for more than a minute', () => {
    const delay = (text: string) => readRules(text, 'https://bao.example/robots.txt').delay;
    expect(delay('User-agent: *\nCrawl-delay: 2.5')).toBe(2500);
    expect(delay('User-agent: Loa\nCrawl-delay: 1\nUser-agent: *\nCrawl-delay: 9')).toBe(1000);
    expect(delay('User-agent: *\nCrawl-delay: 86400')).toBe(60_000);
    expect(delay('User-agent: *\nCrawl-delay: -3')).toBe(0);
  });
});

describe('asking', () => {
  it('happens once an hour, for many at once too', async () => {
    serve('User-agent: *\nDisallow: /tin');
    expect(await Promise.all([verdict(), verdict(), verdict('/khac')])).toEqual(['forbidden', 'forbidden', 'allowed']);
    clock.advance(3_599_000);
    await verdict();
    expect(site.requests).toHaveLength(1);
    clock.advance(2000);
    serve('');
    expect(await verdict()).toBe('allowed');
  });

  it('follows redirects, and the rules stay those of the first site', async () => {
    site.on('/robots.txt', fake.redirect(301, '/elsewhere/robots.txt'));
    site.on('/elsewhere/robots.txt', fake.answer(200, '\uFEFFUser-agent: *\nDisallow: /tin'));
    expect(await verdict()).toBe('forbidden');
  });

  it('takes redirects without end for none', async () => {
    site.on('/robots.txt', fake.redirect(302, '/robots.txt'));
    expect(await verdict()).toBe('allowed');
  });

  it.each([401, 403, 404, 410])('takes %i for a site without one', async (status) => {
    site.on('/robots.txt', fake.answer(status, 'User-agent: *\nDisallow: /'));
    expect(await verdict()).toBe('allowed');
  });

  it('takes a web page in its place for none', async () => {
    site.on('/robots.txt', fake.answer(200, '<!doctype html><html><body>User-agent: *\nDisallow: /</body></html>'));
    expect(await verdict()).toBe('allowed');
  });

  it.each([
    ['a fault', fake.answer(503, '')],
    ['too many questions', fake.answer(429, '')],
    ['a broken connection', fake.hangUp],
  ])('allows nothing after %s, and asks again after five minutes', async (_name, route) => {
    site.on('/robots.txt', route);
    expect(await verdict()).toBe('unreachable');
    expect(await robots.allows(`${site.url}/a`)).toBe(false);
    serve('');
    clock.advance(299_000);
    expect(await verdict()).toBe('unreachable');
    clock.advance(2000);
    expect(await verdict()).toBe('allowed');
  });

  it('keeps to what it knew while the server fails', async () => {
    serve('User-agent: *\nDisallow: /tin');
    await verdict();
    site.on('/robots.txt', fake.answer(500, ''));
    clock.advance(3_600_001);
    expect([await verdict(), await verdict('/khac')]).toEqual(['forbidden', 'allowed']);
  });

  it('reads the beginning of a file that is too long', async () => {
    serve(`User-agent: *\nDisallow: /tin\n${'# x\n'.repeat(200_000)}`);
    expect(await verdict()).toBe('forbidden');
  });

  it.each(['blocked', 'dns'] as const)(
    'leaves it to the page to say that its site is out of reach: %s',
    async (kind) => {
      let asked = 0;
      const away = {
        async request() {
          asked++;
          throw new HttpFailure(kind, 'out of reach', { sent: false });
        },
      };
      const far = createRobots({ http: away, clock });
      expect([await far.verdict(`${site.url}/a`), await far.verdict(`${site.url}/a`)]).toEqual(['allowed', 'allowed']);
      expect(asked).toBe(2);
    },
  );

  it('says nothing of a site when it is stopped', async () => {
    const stopped = { request: () => Promise.reject(new HttpFailure('aborted', 'stopping', { sent: false })) };
    await expect(createRobots({ http: stopped, clock }).verdict(`${site.url}/a`)).rejects.toThrow('stopping');
  });
});

describe('turns', () => {
  it('come at the pace the site asks for, each to one', async () => {
    serve('User-agent: *\nCrawl-delay: 2');
    const turn = () => robots.turn(`${site.url}/a`);
    expect(await turn()).toEqual({ wait: 0, isMine: true });
    expect(await turn()).toEqual({ wait: 2000, isMine: true });
    expect(await turn()).toEqual({ wait: 4000, isMine: false });
    expect(await turn()).toEqual({ wait: 6000, isMine: false });
    clock.advance(4000);
    expect(await turn()).toEqual({ wait: 0, isMine: true });
  });

  it('are free where it asks for none', async () => {
    for (let time = 0; time < 3; time++) expect(await robots.turn(`${site.url}/a`)).toEqual({ wait: 0, isMine: true });
  });
});

it('forgets rather than keeps the endless rules of hundreds of sites', async () => {
  const text = `User-agent: *\n${'Disallow:/x\n'.repeat(30_000)}`;
  const asked: string[] = [];
  const away = {
    async request({ url }: { url: string }) {
      asked.push(url);
      return { status: 200, headers: {}, body: new TextEncoder().encode(text), url, movedTo: null };
    },
  };
  const many = createRobots({ http: away, clock });
  for (let site = 0; site < 9; site++) await many.verdict(`https://${site}.bao.example/`);
  expect(asked).toHaveLength(9);
  await many.verdict('https://8.bao.example/');
  expect(asked).toHaveLength(9);
  await many.verdict('https://0.bao.example/');
  expect(asked).toHaveLength(10);
});
