/** What is wrong in a settings file, each with its place, its cause and what to do. */
import { UserError } from '#src/core/errors.ts';

export interface Mistake {
  file: string;
  /** From 1. */
  line: number;
  column: number;
  /** `channels.0.pace.gap`; empty for the file as a whole. */
  key: string;
  message: string;
  /** What to do about it; null where the message says it. */
  fix: string | null;
}

export type KeyPath = readonly (string | number)[];

/** All mistakes of one file, thrown at once. */
export class SettingsError extends UserError {
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], warnings: readonly Mistake[] = []) {
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
    super(`${count} in the settings:\n${mistakes.map((mistake) => `  ${mistakeLine(mistake)}`).join('\n')}`);
    this.mistakes = mistakes;
    this.warnings = warnings;
  }
}

/** `config/loa.yaml:12:5: unknown key chanels: did you mean channels?` */
export function mistakeLine(mistake: Mistake): string {
  const place = `${mistake.file}:${mistake.line}:${mistake.column}`;
  return `${place}: ${mistake.message}${mistake.fix ? `. ${mistake.fix}` : ''}`;
}

/** Of a key or its value; `within`: a character of a text's value, in UTF-16 units. */
export type Locate = (
  path: KeyPath,
  part: 'key' | 'value',
  within?: number,
) => Pick<Mistake, 'file' | 'line' | 'column'>;

/** Collects mistakes and warnings of one file. */
export class Findings {
  readonly mistakes: Mistake[] = [];
  readonly warnings: Mistake[] = [];
  readonly #locate: Locate;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  /** The first one of a key counts: what follows from it would only hide the cause. */
  mistake(path: KeyPath, message: string, fix: string | null = null, part: 'key' | 'value' = 'value'): void {
    const key = path.join('.');
    if (this.mistakes.some((earlier) => earlier.key === key)) return;
    this.mistakes.push({ ...this.#locate(path, part), key, message, fix });
  }

  /** At a character of a text: each place counts. */
  mistakeWithin(path: KeyPath, within: number, message: string): void {
    this.mistakes.push({ ...this.#locate(path, 'value', within), key: path.join('.'), message, fix: null });
  }

  /** Those of another file that this one names. */
  include(mistakes: readonly Mistake[]): void {
    this.mistakes.push(...mistakes);
  }

  warning(path: KeyPath, message: string, fix: string | null = null): void {
    this.warnings.push({ ...this.#locate(path, 'value'), key: path.join('.'), message, fix });
  }

  /** In the order of the file; throws when there are mistakes. */
  finish(): readonly Mistake[] {
    const byPlace = (a: Mistake, b: Mistake) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
    this.mistakes.sort(byPlace);
    this.warnings.sort(byPlace);
    if (this.mistakes.length > 0) throw new SettingsError(this.mistakes, this.warnings);
    return this.warnings;
  }
}
