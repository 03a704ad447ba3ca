/** What `loa start` says when it stands: where to look, what is watched, what will not be posted. */
import { mistakeLine } from '#config/mistakes.ts';
import type { Chosen } from '#src/commands/choose-settings.ts';
import { kinds } from '#src/commands/settings.ts';
import type { Settings } from '#src/core/settings.ts';
import { formatDuration, formatTime } from '#src/core/time.ts';

export function startLines({ settings, warnings, demo }: Chosen, url: string | null): string[] {
  return [
    ...(demo ? demoLines(settings, demo) : warnings.map((warning) => `warning: ${mistakeLine(warning)}`)),
    ...(url ? addressLines(settings, url) : []),
    `watching  ${watched(settings)}`,
    'Articles that stand there already go into the feeds; nothing old will be posted.',
  ];
}

function demoLines(settings: Settings, { newsroom, plan }: NonNullable<Chosen['demo']>): string[] {
  if (!newsroom) return [];
  const every = formatDuration(plan.every);
  const until = formatTime(newsroom.endsAt, settings.site.timezone);
  const show =
    newsroom.endsAt > Date.now()
      ? `its desk publishes a new article every ${every} until ${until}, corrects one and withdraws one.`
      : 'its desk has published everything it has; remove data/demo to see it again.';
  return [`DEMO: there is no config/loa.yaml, so a sample newsroom runs at ${newsroom.url}; ${show}`];
}

function addressLines(settings: Settings, url: string): string[] {
  const boards = settings.channels.filter((channel) => channel.kind === 'board');
  return [
    `feeds     ${url}/feeds`,
    `console   ${url}/console`,
    ...boards.map((board) => `board     ${url}/board/${board.id}`),
  ];
}

function watched(settings: Settings): string {
  if (settings.sources.length === 0) return 'nothing yet: add a source to the settings';
  const described = settings.sources.map((source) => {
    const kind = kinds.sources.find((one) => one.kind === source.kind);
    return `${source.id} (${kind?.describe(source.settings) ?? source.kind})`;
  });
  return described.join(', ');
}
