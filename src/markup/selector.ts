import { parseHTML } from 'linkedom';

const empty = parseHTML('<!doctype html><html><body></body></html>').document;

/** What is wrong with a CSS selector, in a few words; null for one that is right. */
export function selectorMistake(selector: string): string | null {
  const bare = selector.replace(/"[^"]*"|'[^']*'/g, '""').replace(/\[[^\]]*\]/g, '');
  // The parser lets these pass and they match nothing.
  if (/\.\s*(?:\.|$)/.test(bare)) return 'a name is missing after `.`';
  if (/(?:^|,)\s*[>+~]/.test(bare)) return 'nothing stands before `>`, `+` or `~`';
  if (/[>+~]\s*(?:,|$)/.test(bare)) return 'nothing stands after `>`, `+` or `~`';
  try {
    empty.querySelector(selector);
    // Short selectors do not reach the parser otherwise.
    empty.querySelector(`:is(${selector})`);
    return null;
  } catch (error) {
    return (error as Error).message.split('\n')[0] || 'it cannot be read';
  }
}
