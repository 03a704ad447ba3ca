import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressRange, duration, isOnRanges, listenAddress, quietHours, timezone, webAddress } from '#config/fields.ts';

describe('durations', () => {
  test('are written with a unit and become milliseconds', () => {
    const any = duration('0s', '3650d');
    expect(['30s', '2m', '6h', '3d', ' 5 m '].map((text) => any.parse(text))).toEqual([
      30_000, 120_000, 21_600_000, 259_200_000, 300_000,
    ]);
    for (const text of ['', '5', '-5m', '1.5h', '5 minutes', '9999999999s', 'm', '5ms']) {
      expect(any.safeParse(text).success, text).toBe(false);
    }
  });

  test('within their bounds what is written is what is meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom('s', 'm', 'h', 'd'), (count, unit) => {
        const length = { s: 1, m: 60, h: 3600, d: 86_400 }[unit] * count * 1000;
        const result = duration('1m', '2d').safeParse(`${count}${unit}`);
        expect(result.success).toBe(length >= 60_000 && length <= 172_800_000);
        if (result.success) expect(result.data).toBe(length);
      }),
    );
  });
});

test('quiet hours are minutes of the day, over midnight too', () => {
  expect(quietHours.parse('22:00-06:30')).toEqual({ from: 1320, to: 390 });
  expect(quietHours.parse('0:00 – 7:05')).toEqual({ from: 0, to: 425 });
  for (const text of ['22-6', '24:00-06:00', '22:60-06:00', '06:00-06:00', '22:00']) {
    expect(quietHours.safeParse(text).success, text).toBe(false);
  }
});

test('an address to listen on is IPv4, IPv6 in brackets, or a name', () => {
  expect(listenAddress.parse('0.0.0.0:80')).toEqual({ host: '0.0.0.0', port: 80 });
  expect(listenAddress.parse('[::]:8080')).toEqual({ host: '::', port: 8080 });
  expect(listenAddress.parse('localhost:0')).toEqual({ host: 'localhost', port: 0 });
  for (const text of ['8080', ':8080', '::1:8080', '[x]:80', 'a:65536', 'http://a:80', 'a:80/x']) {
    expect(listenAddress.safeParse(text).success, text).toBe(false);
  }
});

test('web addresses lose the slash at their end and hold no more than an address', () => {
  expect(webAddress.parse('https://Bao.Example/')).toBe('https://bao.example');
  expect(webAddress.parse('https://báo.example/tin//')).toBe('https://xn--bo-mia.example/tin');
  for (const text of [
    'bao.example',
    'ftp://a.b',
    'https://u:p@a.b',
    'https://a.b/?x',
    'https://a.b/#x',
    'javascript:1',
  ]) {
    expect(webAddress.safeParse(text).success, text).toBe(false);
  }
});

test('time zones are those the machine knows', () => {
  expect(timezone.parse('Asia/Ho_Chi_Minh')).toBe('Asia/Ho_Chi_Minh');
  for (const text of ['Asia/Hanoi', 'ICT', 'Mars', '']) expect(timezone.safeParse(text).success, text).toBe(false);
});

describe('address ranges', () => {
  test('are IPv4 or IPv6, with or without a length', () => {
    for (const text of ['10.0.0.0/8', '192.0.2.1', '::1', 'fd00::/8']) expect(addressRange.parse(text)).toBe(text);
    for (const text of ['10.0.0.0/33', '10.0/8', 'localhost', '::/129', '1.2.3.4/8/9', '1.2.3.4/']) {
      expect(addressRange.safeParse(text).success, text).toBe(false);
    }
  });

  test('hold exactly their addresses', () => {
    expect(isOnRanges('10.200.0.1', ['10.0.0.0/8'])).toBe(true);
    expect(isOnRanges('11.0.0.1', ['10.0.0.0/8'])).toBe(false);
    expect(isOnRanges('[fd12::9]', ['fd00::/8'])).toBe(true);
    expect(isOnRanges('localhost', ['127.0.0.0/8'])).toBe(true);
    // A name may lead anywhere.
    expect(isOnRanges('intern.example', ['0.0.0.0/0', '::/0'])).toBe(false);
  });
});
