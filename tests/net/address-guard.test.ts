import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { createAddressGuard, rangeToAllow } from '#src/net/address-guard.ts';
import { createHttp } from '#src/net/http-client.ts';
import { type Served, serve } from '#src/net/serve.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { hostileAddresses as forms } from '#tests/fixtures/hostile-addresses.ts';

const guard = createAddressGuard([]);

describe('addresses', () => {
  it.each(['93.184.215.14', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])(
    '%s is public',
    (address) => {
      expect(guard.judge(address)).toBe('public');
    },
  );

  it.each([
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '10.1.2.3',
      '100.64.0.1',
      '100.100.100.200',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
    ],
    ...[
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.192',
      '192.0.2.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.7',
      '203.0.113.9',
    ],
    ...['224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
    ...[
      '::',
      '::1',
      '::7f00:1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:0:127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
    ],
    ...[
      '100::1',
      '100:0:0:1::1',
      '2001::1',
      '2001:0:7f00:1::',
      '2001:20::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2002:a00:1::1',
    ],
    ...['3fff::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '5f00::1', '4000::1'],
    ...[
      '2a00:1450::5efe:a00:1',
      '2a00:1450::200:5efe:a00:1',
      '::5efe:a00:1',
      'not an address',
      '',
      '0x7f.1',
      '2130706433',
    ],
  ])('%s is not', (address) => {
    expect(guard.judge(address)).toBe('blocked');
  });

  it('outside 2000::/3 are never public', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((part) => part.toString(16));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const inside = (Number.parseInt(groups[0]!, 16) & 0xe000) === 0x2000;
        const mapped = groups.slice(0, 5).every((part) => part === '0') && groups[5] === 'ffff';
        if (!inside && !mapped) expect(guard.judge(groups.join(':'))).toBe('blocked');
      }),
    );
  });

  it('on the list are allowed, in whatever clothes', () => {
    const allowing = createAddressGuard(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);
    expect(['10.9.8.7', '127.0.0.1', '::ffff:10.9.8.7', 'fd00::1'].map(allowing.judge)).toEqual(
      Array(4).fill('allowed'),
    );
    expect(['127.0.0.2', '11.0.0.1', 'fe80::1'].map(allowing.judge)).toEqual(['blocked', 'public', 'blocked']);
  });

  it('are named as an operator would allow them', () => {
    expect(['10.1.2.3', '192.168.1.5', '169.254.1.1', 'fd00::1'].map(rangeToAllow)).toEqual([
      '10.0.0.0/8',
      '192.168.0.0/16',
      '169.254.1.1/32',
      'fc00::/7',
    ]);
  });
});

describe('a tripwire on loopback', () => {
  let tripwire: Served;
  let hits = 0;

  beforeAll(async () => {
    tripwire = await serve(
      (_request, response) => {
        hits++;
        response.end('caught');
      },
      { host: '::' },
    );
  });
  afterAll(() => tripwire.close());

  const names: Record<string, string[]> = {
    'rebind.example': ['127.0.0.1'],
    'mixed.example': ['93.184.215.14', '127.0.0.1'],
  };
  const lookup = async (host: string) =>
    (names[host] ?? ['127.0.0.1', '::1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const http = createHttp({ allow: [], userAgent: 'x', clock: manualClock(), lookup });

  it(`is never touched by ${forms.length} hostile addresses`, async () => {
    for (const form of forms) {
      for (const operatorUrl of [true, false]) {
        const url = form.replaceAll('PORT', String(tripwire.port));
        const error = await http.request({ url, maxBytes: 100, operatorUrl }).catch((thrown) => thrown);
        expect(error, url).toBeInstanceOf(HttpFailure);
        expect(error, url).toMatchObject({ kind: 'blocked', sent: false });
      }
    }
    expect(hits).toBe(0);
  });

  it('is not reached by a name that answers differently the second time', async () => {
    let asked = 0;
    const turning = createHttp({
      allow: [],
      userAgent: 'x',
      clock: manualClock(),
      lookup: async () => [{ address: asked++ === 0 ? '127.0.0.1' : '93.184.215.14', family: 4 }],
    });
    const url = `http://rebind.example:${tripwire.port}/`;
    expect(await turning.request({ url, maxBytes: 9, operatorUrl: true }).catch((e) => e)).toMatchObject({
      kind: 'blocked',
    });
    expect([hits, asked]).toEqual([0, 1]);
  });

  it('is not reached through a redirect', async () => {
    const targets = [
      'http://[::1]:PORT/',
      'http://0x7f.2:PORT/',
      'http://u@127.0.0.2:PORT/',
      'ftp://127.0.0.2/',
      'http://localhost:PORT/',
      'http:///',
    ];
    let target = '';
    const open = await serve((_request, response) => void response.writeHead(302, { location: target }).end());
    const half = createHttp({
      allow: ['127.0.0.1/32'],
      userAgent: 'x',
      clock: manualClock(),
      lookup: async () => [{ address: '127.0.0.2', family: 4 }],
    });
    for (target of targets.map((each) => each.replace('PORT', String(tripwire.port)))) {
      const error = await half.request({ url: open.url, maxBytes: 100, operatorUrl: true }).catch((thrown) => thrown);
      expect(error, target).toMatchObject({ name: 'HttpFailure', sent: true });
    }
    expect(hits).toBe(0);
    await open.close();
  });

  it('is reached when its address is on the list, whatever the port', async () => {
    const allowed = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: manualClock(), lookup });
    expect((await allowed.request({ url: `http://rebind.example:${tripwire.port}/`, maxBytes: 100 })).status).toBe(200);
    expect(hits).toBe(1);
  });
});

describe('what a person reads', () => {
  const http = createHttp({
    allow: [],
    userAgent: 'x',
    clock: manualClock(),
    lookup: async (host) => [{ address: host.startsWith('inner') ? '10.4.5.6' : '93.184.215.14', family: 4 }],
  });
  const message = (url: string) => http.request({ url, maxBytes: 9 }).then(String, (error: Error) => error.message);

  it('names host, address and the range to allow', async () => {
    expect(await message('https://inner.example/secret-path')).toBe(
      'inner.example (10.4.5.6) was not asked: it is not on the public internet; add 10.0.0.0/8 to network.allow if it is yours',
    );
  });

  it('names a port that no setting names', async () => {
    expect(await message('https://bao.example:8443/')).toContain(
      'bao.example was not asked: port 8443 is neither 80 nor 443',
    );
  });
});
