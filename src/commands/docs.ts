/** `loa docs`: writes the files that are made from the program itself. For people who work on Loa. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settingsJsonSchema } from '#config/json-schema.ts';
import { defaultsYaml } from '#config/write-defaults.ts';
import { channelsPage, configurationPage } from '#config/write-pages.ts';
import type { Channel } from '#src/channels/channel.ts';
import { channels } from '#src/channels/registry.ts';
import type { Command } from '#src/commands/command.ts';
import { withGuarantees } from '#src/commands/guarantees.ts';
import { kinds } from '#src/commands/settings.ts';
import type { Guarantee } from '#src/core/delivery.ts';
import { sources } from '#src/sources/registry.ts';

export const docs: Command = {
  name: 'docs',
  usage: ['docs'],
  summary: 'writes the generated pages and files again (for work on Loa itself)',
  options: {},
  async run({ out }) {
    for (const [name, text] of Object.entries(generatedFiles())) {
      writeFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), text);
      out(name);
    }
    return 0;
  },
};

/** Text by path from the project's root. */
export function generatedFiles(): Record<string, string> {
  return {
    'README.md': withGuarantees(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'), channels),
    'config/defaults.yaml': defaultsYaml(),
    'config/schema.json': `${JSON.stringify(settingsJsonSchema(kinds), null, 2)}\n`,
    'docs/channels.md': channelsPage(channels.map(describeChannel)),
    'docs/configuration.md': configurationPage(sources),
  };
}

const guarantees: Readonly<Record<Guarantee, string>> = {
  A: 'A: never, a repeat is recognised',
  B: 'B: never, the service is asked how far it came',
  C: 'C: never, our own post is looked for first',
  D: 'D: never, but a lost answer waits for a person',
};

/** Limits and guarantee may depend on the settings; shown is what holds without any. */
function describeChannel(channel: Channel) {
  const facts = whatHolds(() => channel.guarantee({}));
  const limits = whatHolds(() => channel.limits({}, {}));
  const length = limits?.length ? `${limits.length} ${limits.unit}` : 'text of any length';
  return {
    ...channel,
    guarantee: facts ? guarantees[facts] : 'depends on the settings',
    limits: limits ? `${length}, ${limits.photos} photos` : 'depends on the settings',
  };
}

function whatHolds<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
