import { expect, test } from 'vitest';
import { minimal, read } from '#tests/fakes/settings.ts';

test.each([
  ['127.0.0.1:8080', 'http://bao.example', false],
  ['localhost:8080', 'http://bao.example', false],
  ['"[::1]:8080"', 'http://bao.example', false],
  ['0.0.0.0:8080', 'https://bao.example', false],
  ['0.0.0.0:8080', 'http://bao.example', true],
  ['"[::]:8080"', 'http://bao.example', true],
  ['192.168.1.10:8080', 'http://192.168.1.10:8080', true],
])('listening on %s as %s warns of a console in the clear: %s', (listen, publicUrl, warns) => {
  const { warnings } = read(`${minimal}listen: ${listen}\npublicUrl: ${publicUrl}\n`);
  const told = warnings.filter(({ message }) => message.includes('is reached by plain http'));
  expect(told).toHaveLength(warns ? 1 : 0);
});
