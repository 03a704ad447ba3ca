/** Schema issues in words for the person who wrote the file. Values are never repeated: they may be secrets. */
import type { z } from 'zod';
import type { Findings, KeyPath } from '#config/mistakes.ts';
import { unknownKeys } from '#config/unknown-keys.ts';
import { nearest } from '#src/core/nearest.ts';

/** Parses `value` by `schema`; reports everything wrong and gives undefined then. */
export function parseBy<T>(
  schema: z.ZodType<T>,
  value: unknown,
  options: { path: KeyPath; findings: Findings; otherKeys?: readonly string[] },
): T | undefined {
  const { path, findings, otherKeys = [] } = options;
  const strangers = unknownKeys(schema, value);
  for (const { path: below, known } of strangers) {
    const names = below.length === 1 ? [...known, ...otherKeys] : known;
    findings.mistake([...path, ...below], ...unknownKey(String(below.at(-1)), names), 'key');
  }
  const result = schema.safeParse(value);
  for (const issue of result.error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys') continue;
    const { path: below, message } = deepest(issue);
    const at = [...path, ...below];
    // A misspelt key makes the right one missing: one mistake, said once.
    if (isMissing(value, below) && strangers.some((stranger) => suggests(stranger, below))) continue;
    // A kind may know more to say of what it misses.
    const within = issue.code === 'custom' ? issue.params?.['within'] : undefined;
    if (typeof within === 'number') {
      findings.mistakeWithin(at, within, `\`${at.join('.')}\` ${message}`);
      continue;
    }
    const isBare = isMissing(value, below) && !message.startsWith('is missing');
    findings.mistake(at, `\`${at.join('.')}\` ${isBare ? 'is missing' : message}`);
  }
  return result.success && strangers.length === 0 ? result.data : undefined;
}

/** Cause and fix of a name that is not one of `known`. */
export function unknownKey(name: string, known: readonly string[]): [string, string | null] {
  const near = nearest(name, known);
  if (near) return [`unknown key \`${name}\`: did you mean \`${near}\`?`, null];
  return [`unknown key \`${name}\``, known.length === 0 ? 'Leave it out' : `Known here: ${known.join(', ')}`];
}

function suggests(stranger: { path: KeyPath; known: string[] }, missing: KeyPath): boolean {
  return nearest(String(stranger.path.at(-1)), stranger.known) === missing.at(-1);
}

function isMissing(value: unknown, path: KeyPath): boolean {
  let inner = value;
  for (const step of path) {
    if (inner === undefined || inner === null) return true;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return inner === undefined && path.length > 0;
}

/** A union reports every form it tried; the one that came furthest says most. */
function deepest(issue: z.core.$ZodIssue): { path: KeyPath; message: string } {
  const here = { path: issue.path as (string | number)[], message: plainMessage(issue) };
  if (issue.code !== 'invalid_union' || !/^Invalid input$/.test(issue.message)) return here;
  const tried = issue.errors.flat().map(deepest);
  tried.sort((a, b) => b.path.length - a.path.length || rank(b.message) - rank(a.message));
  const [best] = tried;
  if (!best) return here;
  return { path: [...here.path, ...best.path], message: rank(best.message) === 0 ? orWord(tried, best) : best.message };
}

interface Tried {
  path: KeyPath;
  message: string;
}

/** Where a word may stand for having none of it, as `off`: the other form, or the word. */
function orWord(tried: readonly Tried[], best: Tried): string {
  const messages = tried.filter(({ path }) => path.length === best.path.length).map(({ message }) => message);
  const word = messages
    .map((message) => /^must be one of (`\w+`)$/.exec(message)?.[1])
    .find((one) => one !== undefined);
  const other = messages.find((message) => !/^must be one of /.test(message));
  return word && other ? `${other}, or be ${word}` : best.message;
}

/** What the value is not by type says less than what is wrong with it. */
function rank(message: string): number {
  return /^must (be text|be a list|hold keys|be one of)/.test(message) ? 0 : 1;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'be text: put it in quotes',
  number: 'be a number',
  int: 'be a whole number',
  boolean: 'be `true` or `false`',
  array: 'be a list',
  tuple: 'be a list',
  object: 'hold keys',
  record: 'hold keys',
};

function plainMessage(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too )/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return `must ${typeWords[issue.expected] ?? `be ${issue.expected}`}`;
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map((one) => `\`${String(one)}\``).join(', ')}`;
  if (issue.code === 'too_small') return `is too ${measure(issue.origin)}: at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `is too ${measure(issue.origin, true)}: at most ${issue.maximum}`;
  if (issue.code === 'invalid_format' && issue.format === 'url')
    return 'must be an address such as `https://bao.example`';
  return 'is not in the right form';
}

function measure(origin: string, big = false): string {
  if (origin === 'string') return big ? 'long' : 'short';
  return big ? 'large' : 'small';
}
