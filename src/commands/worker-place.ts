/** Where a command finds the worker, also from a shell that knows none of its secrets, or while its settings are being changed. */

import { SettingsError } from '#config/mistakes.ts';
import { findPlace, type Place } from '#config/place.ts';
import { chooseSettings } from '#src/commands/choose-settings.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { settingsFile } from '#src/commands/settings.ts';
import type { Settings } from '#src/core/settings.ts';

export interface WorkerPlace extends Place {
  /** For what is done without a worker. Throws what is wrong with them. */
  settings(): Settings;
}

/** Throws where the settings do not even say that. */
export async function workerPlace(context: CommandContext): Promise<WorkerPlace> {
  try {
    const { settings } = await chooseSettings(context, { startDemo: false });
    return { data: settings.data, timezone: settings.site.timezone, settings: () => settings };
  } catch (error) {
    const place = error instanceof SettingsError ? findPlace(settingsFile(context), context) : null;
    if (place === null) throw error;
    const refuse = () => {
      throw error;
    };
    return { ...place, settings: refuse };
  }
}
