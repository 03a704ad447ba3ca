/** What an article holds, on its way to every service: looked at on the wire, byte for byte. */
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels as kinds } from '#src/channels/registry.ts';
import type { HttpRequest } from '#src/core/tools.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { benches } from '#tests/contracts/channel-benches.ts';
import type { ChannelBench } from '#tests/contracts/channel-contract.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { readMail } from '#tests/fakes/read-mail.ts';

let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterAll(() => bench.close());

const evil = [
  '{{ link }} {% raw %} {{ headline | default: "x" }} {%',
  '@everyone @here @admin @bao@evil.example @[123:1:x] <@123> <!channel> ＠bao',
  '\u202Egpj.exe\u202C \u2066x\u2069 \u200Fy\u200E \u061C',
  '<b>đậm</b><script>alert(1)</script></a><a href="https://evil.example/">x</a><img src=x onerror=alert(1)>',
  '&lt;b&gt; &amp;lt;i&amp;gt; &#60;u&#62; "\' &quot; ]]> -->',
  'x\r\nBcc: victim@evil.example\r\n\r\n.\r\nMAIL FROM:<x@evil.example>\r\n',
  'x\nX-Evil: 1\rX-Evil: 2\u2028X-Evil: 3\u0085X-Evil: 4',
  'a\u0000b\u001b[2J\u0007\u009b1m\u007f',
  '\uD83D \uDE00 \uD83D\uD83D x\uDC00',
  '=?utf-8?B?PHNjcmlwdD4=?= =?utf-8?Q?=0D=0ABcc:_x?=',
  '\uE000L\uE001 \uE0000\uE001 \u{E0001}\u{E0041} \u200B\u2060\uFEFF',
  '[x](javascript:alert(1)) `x` *x* _x_ ||x|| ~~x~~ javascript:alert(1)',
  '__proto__ constructor.prototype $[7*7] %s%n #{x} $(id)',
];
const whole = evil.join(' ');

const article = {
  headline: whole,
  lead: `Sáng 25/11, ${whole}.`,
  text: evil.join('\n\n'),
  byline: evil,
  bylinePrinted: whole,
  dateline: { text: whole, date: null },
  section: whole,
  tags: evil,
  // As reading makes them.
  url: new URL('https://bao.example/a"><script>x</script>\'?q={{x}}\u0000\u202E&r=@everyone#"><b>').href,
};

/** Every request as it left. */
interface Wire {
  requests: HttpRequest[];
  mails: string[];
}

function tapped(service: ChannelBench): { wire: Wire; deps: DeliveryDeps } {
  const wire: Wire = { requests: [], mails: [] };
  const http: ChannelBench['http'] = {
    request(request) {
      wire.requests.push(request);
      return service.http.request(request);
    },
  };
  const connect = async (...[to]: Parameters<DeliveryDeps['connect']>): Promise<Socket> => {
    const socket = await service.tools!.connect!(to);
    const at = wire.mails.push('') - 1;
    const write = socket.write.bind(socket) as (...given: any[]) => boolean;
    socket.write = (...[chunk, ...rest]: any[]) => {
      wire.mails[at] += Buffer.from(chunk).toString('latin1');
      return write(chunk, ...rest);
    };
    return socket;
  };
  const { http: _http, connect: _connect, ...tools } = service.tools ?? {};
  return { wire, deps: { ...bench.deps, ...tools, http, connect, board: service.board } as DeliveryDeps };
}

/** Told first, then told otherwise, then taken back. */
async function lived(service: ChannelBench, template: string): Promise<Wire> {
  const { wire, deps } = tapped(service);
  const { channel, settings } = service;
  bench.clear();
  bench.clock.advance(24 * 3_600_000);
  const how = channel.reply ? 'reply' : channel.edit ? 'edit' : 'ignore';
  bench.open(channel, {
    kind: channel.kind,
    settings,
    compose: { template, photos: 4, utm: null, correction: null, withdrawal: null },
    corrections: how,
    withdrawals: how === 'edit' ? 'delete' : how,
  });
  const rounds = async () => {
    for (let round = 0; round < 4; round++) {
      await bench.sweep(deps);
      bench.clock.advance(90_000);
    }
  };
  const { id } = await bench.publish({ article });
  await rounds();
  await bench.revise(id, `Đính chính 290 hộ ${whole}`);
  await rounds();
  await bench.withdraw(id);
  await rounds();
  const rows = await bench.rows(id);
  expect(rows.find(({ op }) => op === 'create')).toMatchObject({ state: 'sent' });
  expect(rows.filter(({ state }) => !['sent', 'skipped', 'parked', 'cancelled'].includes(state))).toEqual([]);
  return wire;
}

/** Every string at any depth. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsIn(inner)]);
}

const unseen =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u061C\u2028-\u202E\u2066-\u2069\uE000-\uF8FF\u{E0000}-\u{E007F}]/u;

/** Strict: what a service in any language reads. */
function readJson(body: string | Uint8Array | undefined): any {
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
  expect(text.isWellFormed()).toBe(true);
  const json = JSON.parse(text);
  for (const one of stringsIn(json)) {
    expect(one.isWellFormed()).toBe(true);
    expect(one).not.toMatch(unseen);
  }
  return json;
}

const writes = (wire: Wire) => wire.requests.filter(({ method = 'GET' }) => method === 'POST' || method === 'PUT');

const checks: Readonly<Record<string, (wire: Wire) => void>> = {
  telegram(wire) {
    for (const { body } of writes(wire)) {
      const { text = '', caption = '' } = readJson(body);
      const tags = `${text}${caption}`.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) expect(tag).toMatch(/^<a href="https:\/\/bao\.example\/[^"<>]*">$|^<\/a>$/);
      expect(text + caption).not.toMatch(/(?<![\p{L}\p{N}=/.])[@＠]\w/u);
    }
  },
  bluesky(wire) {
    for (const { body, url } of writes(wire)) {
      if (!url.includes('putRecord')) continue;
      const { record } = readJson(body);
      for (const { features } of record.facets ?? []) {
        for (const feature of features) {
          expect(feature.$type).toMatch(/#(link|tag)$/);
          if (feature.uri) expect(feature.uri).toMatch(/^https:\/\/bao\.example\//);
        }
      }
    }
  },
  mastodon(wire) {
    for (const { body, headers } of writes(wire)) {
      const { status = '' } = readJson(body);
      expect(status).not.toMatch(/(?<![\p{L}\p{N}=/.])@[a-z0-9_]/iu);
      for (const value of Object.values(headers ?? {})) expect(value).not.toMatch(/[\r\n]/);
    }
  },
  facebook(wire) {
    for (const { body } of writes(wire)) expect(readJson(body).message ?? '').not.toMatch(/@\[\d/);
  },
  webhook(wire) {
    for (const { body } of writes(wire)) readJson(body);
  },
  email(wire) {
    expect(wire.mails.length).toBeGreaterThan(0);
    for (const said of wire.mails) {
      const [commands = '', rest = ''] = said.split(/^DATA\r\n/m);
      expect(commands.match(/^(MAIL FROM|RCPT TO)/gm)).toEqual(['MAIL FROM', 'RCPT TO']);
      expect(commands).not.toContain('evil.example');
      const [raw = '', after = ''] = rest.split('\r\n.\r\n');
      expect(after).toMatch(/^(QUIT\r\n)?$/);
      expect(raw).not.toMatch(/[^\r]\n|\r[^\n]/);
      const { headers, subject, html, text } = readMail(`${raw}\r\n`);
      const once = ['from', 'to', 'subject', 'date', 'message-id', 'list-unsubscribe', 'mime-version'];
      for (const name of once) expect(headers.get(name), name).toHaveLength(1);
      expect([...headers.keys()].filter((name) => /bcc|cc$|evil|sender/.test(name))).toEqual([]);
      expect(subject).not.toMatch(/=\?|[\r\n]/);
      for (const one of [subject, html, text]) expect(one.replaceAll('\r\n', '\n')).not.toMatch(unseen);
      expect(html).not.toMatch(/<(?:b|i|u|script|img)\b|onerror=(?!alert\(1\)&gt;)/);
      const targets = [...html.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, target]) => target);
      for (const target of targets)
        expect(target).toMatch(/^(https:\/\/(bao|loa)\.example\/|mailto:tin@bao\.example\?)/);
    }
  },
  board: () => {},
};

const templates = [
  '{{headline}}\n\n{{summary}}\n\n{{link}}\n{{hashtags}}',
  '{{section}} {{dateline}} {{byline}}: {{lead}} {{link}}',
];

describe('an article that means harm arrives as plain words', () => {
  test.each(kinds.map(({ kind }) => kind))('on %s', async (kind) => {
    for (const template of templates) {
      const service = await benches[kind]!(bench.clock);
      try {
        const wire = await lived(service, template);
        expect(checks[kind], 'a kind without a check').toBeDefined();
        checks[kind]!(wire);
        for (const text of await service.visible()) {
          expect(text.isWellFormed()).toBe(true);
          expect(text.replaceAll('\r\n', '\n')).not.toMatch(unseen);
        }
      } finally {
        await service.close();
      }
    }
  });
});
