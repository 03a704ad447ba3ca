import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lines, minimal, read } from '#tests/fakes/settings.ts';

const settings = z.object({});
const kinds = {
  sources: [{ kind: 'feed', settings: z.object({ url: z.url() }) }],
  channels: [
    { kind: 'talk', settings, edit: () => {}, withdraw: () => {}, reply: () => {} },
    { kind: 'page', settings, edit: () => {}, withdraw: () => {} },
    { kind: 'mail', settings },
  ],
};
const channel = (kind: string, more: string) =>
  `${minimal}channels:\n  - id: one\n    kind: ${kind}\n${more
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n`;

describe('corrections and withdrawals that are told in a reply', () => {
  it('are taken where the kind has replies', () => {
    const text = channel(
      'talk',
      'corrections: reply\nwithdrawals: reply\ncompose: { correction: "Sửa: {{headline}}" }',
    );
    expect(lines(text, { kinds })).toEqual([]);
  });

  it('are refused elsewhere, with the place and what is possible', () => {
    expect(lines(channel('page', 'corrections: reply\nwithdrawals: reply'), { kinds })).toEqual([
      'config/loa.yaml:11:18: `corrections` cannot be `reply`: a post of the kind `page` has no replies. Write `corrections: edit` or `corrections: ignore`',
      'config/loa.yaml:12:18: `withdrawals` cannot be `reply`: a post of the kind `page` has no replies. Write `withdrawals: delete` or `withdrawals: ignore`',
    ]);
    expect(lines(channel('mail', 'withdrawals: reply'), { kinds })).toEqual([
      expect.stringContaining('Write `withdrawals: ignore`'),
    ]);
  });

  it('alone use their templates', () => {
    const { warnings } = read(channel('talk', 'compose: { withdrawal: "Gỡ: {{headline}}" }'), { kinds });
    expect(warnings.map(({ message }) => message)).toContain(
      '`compose.withdrawal` is only used with `withdrawals: reply`',
    );
  });
});

describe('breaking news', () => {
  it('is told by sections, tags or both', () => {
    const { settings } = read(channel('talk', 'breaking: { section: [Khẩn], tag: [tin nóng] }'), { kinds });
    expect(settings.channels[0]?.breaking).toEqual({ section: ['Khẩn'], tag: ['tin nóng'] });
    expect(
      read(channel('talk', 'quiet: off').replace('    quiet: off\n', ''), { kinds }).settings.channels[0],
    ).toMatchObject({
      breaking: null,
    });
  });

  it.each([
    ['breaking: {}', 'must name a section or a tag'],
    ['breaking: yes', 'breaking'],
    ['breaking: { section: [] }', 'breaking.section'],
    ['breaking: { sections: [Khẩn] }', 'section'],
  ])('`%s` is refused: %s', (text, why) => {
    expect(lines(channel('talk', text), { kinds })).toContainEqual(expect.stringContaining(why));
  });
});
