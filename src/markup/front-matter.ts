import { LineCounter, parseDocument } from 'yaml';
import { UserError } from '#src/core/errors.ts';

export interface FrontMatter {
  /** Empty without front matter. */
  fields: Readonly<Record<string, unknown>>;
  body: string;
}

/** The YAML between two `---` lines at a file's start, and what follows. Throws `UserError` naming `name` and the line. */
export function readFrontMatter(text: string, name: string): FrontMatter {
  const opened = /^\s*---[ \t]*\r?\n/.exec(text);
  if (!opened) return { fields: {}, body: text };
  const rest = text.slice(opened[0].length);
  const closed = /^(?:---|\.\.\.)[ \t]*$/m.exec(rest);
  if (!closed) {
    throw new UserError(`${name}, line 1: the front matter that begins here has no end`, {
      next: 'Close it with a line of three hyphens.',
    });
  }
  const firstLine = opened[0].split('\n').length;
  const fields = readYaml(rest.slice(0, closed.index), name, firstLine);
  return { fields, body: rest.slice(closed.index + closed[0].length).replace(/^\r?\n/, '') };
}

function readYaml(yaml: string, name: string, firstLine: number): Record<string, unknown> {
  const lineCounter = new LineCounter();
  // The core schema knows no dates: they stay as they are written.
  const document = parseDocument(yaml, { schema: 'core', lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const line = lineCounter.linePos(error.pos[0]).line - 1 + firstLine;
    throw new UserError(`${name}, line ${line}: the front matter is not valid YAML: ${error.message}`, {
      next: 'A value with a colon or a quote in it must stand in quotes.',
    });
  }
  const fields = document.toJS({ maxAliasCount: 20 }) ?? {};
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    throw new UserError(`${name}, line ${firstLine}: the front matter must be lines of the form "key: value"`);
  }
  return fields;
}
