/** `loa check`: whether the settings are right, and every mistake when they are not. */
import { type Mistake, mistakeLine, SettingsError } from '#config/mistakes.ts';
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { loadSettings, settingsFile } from '#src/commands/settings.ts';
import type { Settings } from '#src/core/settings.ts';

interface Finding {
  settings: Settings | null;
  mistakes: readonly Mistake[];
  warnings: readonly Mistake[];
}

export const check: Command = {
  name: 'check',
  usage: ['check [--config FILE] [--json]'],
  summary: 'looks whether the settings are right, and shows every mistake',
  options: { config: configOption, json: jsonOption },
  async run(context) {
    if (context.args.length > 0) {
      throw new UsageError('check takes no file name by itself.', { next: `loa check --config ${context.args[0]}` });
    }
    const file = settingsFile(context);
    const finding = look(context);
    if (context.values['json']) context.out(JSON.stringify(asJson(file, finding), null, 2));
    else tell(context, file, finding);
    return finding.settings ? 0 : 1;
  },
};

function look(context: CommandContext): Finding {
  try {
    return { ...loadSettings(context), mistakes: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { settings: null, mistakes: error.mistakes, warnings: error.warnings };
  }
}

function tell({ out, err }: CommandContext, file: string, { settings, mistakes, warnings }: Finding): void {
  for (const mistake of mistakes) err(mistakeLine(mistake));
  for (const warning of warnings) err(mistakeLine({ ...warning, message: `warning: ${warning.message}` }));
  if (settings) out(`${file} is right: ${countParts(settings)}`);
  else err(mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`);
}

function countParts({ sources, feeds, channels }: Settings): string {
  const count = (list: readonly unknown[], word: string) => `${list.length} ${word}${list.length === 1 ? '' : 's'}`;
  return [count(sources, 'source'), count(feeds, 'feed'), count(channels, 'channel')].join(', ');
}

function asJson(file: string, { settings, mistakes, warnings }: Finding) {
  return {
    ok: settings !== null,
    file,
    sources: settings?.sources.length ?? null,
    feeds: settings?.feeds.length ?? null,
    channels: settings?.channels.length ?? null,
    mistakes,
    warnings,
  };
}
