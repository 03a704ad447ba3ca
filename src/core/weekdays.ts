/** What the days of the week are called: they stand before a date and say nothing that it does not. */

const languages = 'ar de en es fa fr he hi id it ja ko nl pl pt ru sv th tr vi zh'.split(' ');
const monday = Date.UTC(2024, 0, 1);

const names = new Set(
  languages.flatMap((language) =>
    (['long', 'short'] as const).flatMap((weekday) => {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
      return Array.from({ length: 7 }, (_, day) =>
        format
          .format(monday + day * 86_400_000)
          .toLowerCase()
          .replace(/\.$/, ''),
      );
    }),
  ),
);

/** `By Isla Marr, Tuesday` -> `By Isla Marr`. */
export function withoutWeekday(text: string): string {
  // `Thứ Bảy, ngày 21/11/2026`
  const bare = text.replace(/[\s,]+ngày$/iu, '');
  if (bare !== text && bare !== '') return withoutWeekday(bare);
  const match = /^(.*?)[\s,|•·–—-]+((?:\p{L}+\s)?[\p{L}\p{M}]+)\.?$/u.exec(text);
  const [, before = '', last = ''] = match ?? [];
  if (names.has(last.toLowerCase())) return before;
  const word = last.split(' ').at(-1) ?? '';
  return names.has(word.toLowerCase()) ? text.slice(0, text.lastIndexOf(word)).replace(/[\s,|•·–—-]+$/u, '') : text;
}
