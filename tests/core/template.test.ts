import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '#src/core/template.ts';
import { templateMistakes } from '#src/core/template-mistakes.ts';

const mistakes = (template: string) => templateMistakes(template).map(({ message, offset }) => [message, offset]);
const nothing = { headline: '', lead: '', summary: '', link: '', hashtags: '', byline: '', section: '', dateline: '' };

describe('a template', () => {
  it.each([
    '{{headline}} {{link}}',
    '{% if section != "" %}{{section}}: {% endif %}{{headline | upcase}}',
    '{% assign short = summary | truncate: 80 %}{{ short }}',
    'Chữ thường, không có gì khác',
    '{{ headline.size }}',
  ])('is right: %s', (template) => {
    expect(templateMistakes(template)).toEqual([]);
  });

  it('names every unknown variable with its place and the nearest word', () => {
    expect(mistakes('{{ hedline }}\n{{ title }}')).toEqual([
      ['names the unknown variable `hedline` (line 1, column 4 of it): did you mean `headline`?', 3],
      [
        expect.stringMatching(/^names the unknown variable `title` \(line 2, column 4 of it\); it may name headline, /),
        17,
      ],
    ]);
  });

  it('is looked at in branches that no article has taken yet', () => {
    expect(mistakes('{% if section == "Thể thao" %}{{ sumary }}{% endif %}')).toEqual([
      ['names the unknown variable `sumary` (line 1, column 34 of it): did you mean `summary`?', 33],
    ]);
  });

  it.each([
    [
      'a {{ headline | upcas }}',
      'uses the unknown filter `upcas` (line 1, column 17 of it): did you mean `upcase`?',
      16,
    ],
    ['{% fi headline %}', 'uses the unknown tag `fi` (line 1, column 1 of it): did you mean `if`?', 0],
    ['\n{{ headline', 'cannot be used: output "{{ headline" not closed (line 2, column 1 of it)', 1],
    [
      '{{headline.constructor}}',
      'asks `headline` for `constructor`: it is text and has only `size` (line 1, column 3 of it)',
      2,
    ],
  ])('says where it is wrong: %s', (template, message, offset) => {
    expect(mistakes(template)).toEqual([[message, offset]]);
  });

  it.each([
    '{% include "/etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{{ "now" | date: "%H" }}',
    '{{ headline | split: "" | sample }}',
  ])('reaches for no file, clock or chance: %s', (template) => {
    expect(templateMistakes(template)).toHaveLength(1);
    expect(() => renderTemplate(template, nothing)).toThrow(/the template cannot be used/);
  });

  it('that never ends is stopped', () => {
    const loops = '{% for a in (1..99999) %}{% for b in (1..99999) %}{{ a }}{% endfor %}{% endfor %}';
    expect(mistakes(loops)[0]![0]).toMatch(/limit exceeded/);
  });

  it('reads no template in what an article says', () => {
    const hostile = fc.constantFrom('{{ link }}', '{% raw %}', '{%- assign headline = 1 -%}', '}}', '{{', '%}');
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, fc.string()), { maxLength: 6 }), (parts) => {
        const headline = parts.join(' ');
        expect(renderTemplate('{{headline}}', { ...nothing, headline, link: 'SECRET' })).toBe(headline);
      }),
    );
  });

  it('of any kind never throws at the check, and places its mistake within it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{{', '}}', '{%', '%}', '|', ' ', 'headline', 'if', '"', 'đ', '\n') }),
        (template) => {
          for (const { offset } of templateMistakes(template)) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset).toBeLessThanOrEqual(template.length);
          }
        },
      ),
    );
  });
});
