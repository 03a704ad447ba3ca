/** Text of fields that may hold entities or tags. */
import { tidy } from '#src/core/text.ts';
import { parseFragment, textOf } from '#src/markup/html.ts';

/** One tidy line; null for nothing. */
export function plain(value: string | null): string | null {
  if (value === null) return null;
  const text = tidy(/[<&]/.test(value) ? textOf(parseFragment(value, null)) : value);
  return text === '' ? null : text;
}
