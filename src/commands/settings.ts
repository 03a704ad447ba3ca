/** The settings a command works with. */
import { type Loaded, load } from '#config/load.ts';
import { profileMistakes, profileNames } from '#config/profiles.ts';
import { channels } from '#src/channels/registry.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { selectorMistake } from '#src/markup/selector.ts';
import { sources } from '#src/sources/registry.ts';

export const kinds = { sources, channels };

/** What settings may name. */
export const known = {
  kinds,
  profiles: profileNames(),
  profileMistakes: (path: string) => profileMistakes(path, selectorMistake),
};

/** `--config`, else LOA_CONFIG, else `config/loa.yaml`. */
export function settingsFile({ values, env }: Pick<CommandContext, 'values' | 'env'>): string {
  const named = values['config'];
  return typeof named === 'string' ? named : env['LOA_CONFIG'] || 'config/loa.yaml';
}

/** A file that was named must be there; the usual one may be missing. */
export function isFileNamed({ values, env }: Pick<CommandContext, 'values' | 'env'>): boolean {
  return typeof values['config'] === 'string' || Boolean(env['LOA_CONFIG']);
}

/** Throws `UserError` with every mistake, or when there is no such file. */
export function loadSettings(
  context: Pick<CommandContext, 'values' | 'env' | 'cwd'>,
  file = settingsFile(context),
): Loaded {
  return load({ file, env: context.env, ...known, cwd: context.cwd });
}
