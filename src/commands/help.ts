/** `loa help`: what there is and how it is used. */
import { type Command, UsageError } from '#src/commands/command.ts';
import { commands } from '#src/commands/registry.ts';

export const help: Command = {
  name: 'help',
  usage: ['help [COMMAND]'],
  summary: 'shows all commands, or how one is used',
  options: {},
  async run({ args: [name], out }) {
    if (name === undefined) out(await overview());
    else if (name === help.name) out(commandHelp(help));
    else if (Object.hasOwn(commands, name)) out(commandHelp(await commands[name]!()));
    else throw new UsageError(`There is no command "${name}".`, { next: 'All commands: loa help' });
    return 0;
  },
};

/** Every command with its line. */
export async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length)) + 2;
  return [
    'Loa watches a newsroom’s articles, builds feeds, resizes photos and posts to channels.',
    '',
    'Usage: loa COMMAND [options]',
    '',
    ...all.map((command) => `  ${command.name.padEnd(width)}${command.summary}`),
    '',
    'loa help COMMAND shows how one is used; loa --version, which version this is.',
    'Settings stand in config/loa.yaml; loa check looks whether they are right.',
  ].join('\n');
}

/** Usage, summary and options of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, { short, value, help: text }]) => {
    return [`${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`, text] as const;
  });
  const width = Math.max(0, ...options.map(([left]) => left.length)) + 2;
  return [
    ...command.usage.map((line, index) => `${index === 0 ? 'Usage: ' : '       '}loa ${line}`),
    '',
    `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`,
    ...(options.length > 0 ? ['', 'Options:', ...options.map(([left, text]) => `  ${left.padEnd(width)}${text}`)] : []),
  ].join('\n');
}
