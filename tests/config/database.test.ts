import { describe, expect, test } from 'vitest';
import { lines, minimal, read } from '#tests/fakes/settings.ts';

describe('the database', () => {
  test('is embedded, or a PostgreSQL server whose address may come from a secret', () => {
    expect(read(minimal).settings.database).toBe('embedded');
    const url = 'postgresql://tòa:m%40t@[fd00::7]:5433/loa?sslmode=verify-full';
    expect(read(`${minimal}database: "\${env:DB}"\n`, { env: { DB: url } }).settings.database).toBe(url);
    expect(read(`${minimal}database: postgres:///loa?host=/run/postgresql\n`).warnings).toEqual([]);
  });

  test.each([
    ['mysql://bí-mật@db/loa', '8:11: `database` must be `embedded` or an address such as'],
    ['postgres://loa:bí#mật@db/loa', '8:11: `database` is not an address such as'],
    ['postgres://loa:bí-mật%zz@db/loa', '8:11: `database` holds a `%` that encodes nothing'],
    ['postgres://loa:bí-mật@db', '8:11: `database` must end with the name of the database, such as `/loa`'],
    ['postgres:///loa', '8:11: `database` must name a host'],
    ['postgres://loa:bí-mật@db/loa?ssl_mode=x', '8:11: `database` may hold only `sslmode`,'],
    ['postgres://loa:bí-mật@db/loa?sslmode=yes', '8:11: `database` must hold one of `disable`,'],
  ])('%s is told what is wrong with it, and never repeated', (text, line) => {
    const told = lines(`${minimal}database: "${text}"\n`);
    expect(told).toEqual([expect.stringContaining(line)]);
    expect(told[0]).not.toMatch(/bí|mật/);
  });

  test('beyond the own network is warned of without TLS', () => {
    const warnings = (text: string) => read(`${minimal}${text}\n`).warnings.map(({ message }) => message);
    const clear = 'what Loa and PostgreSQL tell each other is sent in the clear';
    expect(warnings('database: postgres://loa@db.example/loa')).toContain(clear);
    expect(warnings('database: postgres://loa@db.example/loa?sslmode=verify-full')).not.toContain(clear);
    expect(warnings('database: postgres://loa@127.0.0.1/loa')).not.toContain(clear);
  });
});
