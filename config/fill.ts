/** `${env:NAME}` and `${file:/path}`: secrets that do not stand in the settings file itself. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isPair, isScalar, isSeq, visit } from 'yaml';
import type { SettingsDocument } from '#config/document.ts';
import type { Findings, KeyPath } from '#config/mistakes.ts';

const placeholder = /\$\{(env|file):([^}]*)\}/g;
const maxSecretBytes = 64 * 1024;

/**
 * Fills them in, in values only and after parsing, so that what comes in can never become a key or more YAML.
 * `folder`: where relative file paths begin.
 */
export function fillPlaceholders(
  document: SettingsDocument,
  options: { env: Readonly<Record<string, string | undefined>>; folder: string; findings: Findings },
): void {
  visit(document.root, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const path = pathOf(key, ancestors);
      node.value = node.value.replace(placeholder, (_, kind: string, name: string) => {
        const filled = kind === 'env' ? fromEnvironment(name, options.env) : fromFile(name, options.folder);
        if (typeof filled === 'string') return filled;
        options.findings.mistake(path, filled.message, filled.fix);
        // Stands in for the missing value, so that only the real cause is reported.
        return 'missing';
      });
    },
  });
}

type Missing = { message: string; fix: string };

function fromEnvironment(name: string, env: Readonly<Record<string, string | undefined>>): string | Missing {
  const value = env[name.trim()];
  if (value) return value;
  const what = value === undefined ? 'is not set' : 'is empty';
  return { message: `the environment variable ${name} ${what}`, fix: `Set ${name} before starting Loa` };
}

function fromFile(name: string, folder: string): string | Missing {
  const path = resolve(folder, name.trim());
  try {
    if (statSync(path).size > maxSecretBytes) {
      return { message: `${path} is larger than 64 KB`, fix: 'Name a file that holds only the value' };
    }
    const value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return value || { message: `${path} is empty`, fix: 'Write the value into it' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT' ? 'does not exist' : code === 'EACCES' ? 'may not be read' : `cannot be read (${code})`;
    return { message: `${path} ${why}`, fix: 'Make the file, readable for the account that runs Loa' };
  }
}

function pathOf(key: unknown, ancestors: readonly unknown[]): KeyPath {
  const path: (string | number)[] = [];
  for (const [index, node] of ancestors.entries()) {
    const parent = ancestors[index - 1];
    if (isSeq(parent)) path.push(parent.items.indexOf(node));
    if (isPair(node) && isScalar(node.key)) path.push(String(node.key.value));
  }
  if (isSeq(ancestors.at(-1))) path.push(Number(key));
  return path;
}
