import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNoisyJson } from '#src/sources/cms/json-answer.ts';

const wrap = (json: string) => ({ posts: JSON.parse(json) });

describe('JSON among noise', () => {
  it('is read whatever PHP prints around it', () => {
    const noise = fc.constantFrom(
      '',
      '\uFEFF',
      '<br />\n<b>Notice</b>:  Undefined index: [x] in <b>/srv/a.php</b> on line <b>3</b><br />\n',
      'Deprecated: Function {closure}() is deprecated\n',
    );
    const posts = fc.array(fc.record({ id: fc.nat(), title: fc.string({ unit: 'grapheme' }) }), { minLength: 1 });
    fc.assert(
      fc.property(noise, posts, fc.constantFrom('', '\n', '\n<!-- cached -->'), (before, list, after) => {
        const json = JSON.stringify(list);
        expect(readNoisyJson(`${before}${json}${after}`)).toEqual(list);
        expect(readNoisyJson(`${before}${JSON.stringify(wrap(json))}${after}`)).toEqual(wrap(json));
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a web page', '<!doctype html><html><body>Bảo trì [1]</body></html>'],
    ['a web page that holds a list', '<!doctype html><html><script>let x = [];</script></html>'],
    ['a fault alone', '<br />\n<b>Fatal error</b>: Cannot use [] in <b>/srv/a.php</b> on line <b>[3]</b>'],
    ['half an answer', '[{"id":1,"title":{"rendered":"Cầu'],
    ['brackets without end', '['.repeat(2_000_000)],
    ['a long answer that breaks off again and again', `${'['.repeat(41)}${'1,'.repeat(4_000_000)}1]`],
  ])('is not found in %s, and not looked for long', (_what, text) => {
    const begun = performance.now();
    expect(readNoisyJson(text)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});
