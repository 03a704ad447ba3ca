import { expect, it } from 'vitest';
import { apiCandidates } from '#src/sources/wordpress/find-api.ts';

it('finds where the API is in the header among other links', () => {
  const link = '<https://bao.example/wp-json/wp/v2/x>; rel="x", <https://api.bao.example/>; rel="https://api.w.org/"';
  expect(apiCandidates('https://bao.example/', link, '')[0]).toBe('https://api.bao.example/');
});

it('takes no longer for a header that means harm', () => {
  const begun = performance.now();
  expect(apiCandidates('https://bao.example/', '<'.repeat(32_000), '')).toHaveLength(2);
  expect(performance.now() - begun).toBeLessThan(500);
});
