/** What `loa start` says when it stands: where to look, what is watched, what will not be posted. */
import { mistakeLine } from '#config/mistakes.ts';
import type { Served } from '#src/app-serving.ts';
import type { Chosen } from '#src/commands/choose-settings.ts';
import { kinds } from '#src/commands/settings.ts';
import type { Settings } from '#src/core/settings.ts';
import { formatDuration, formatTime } from '#src/core/time.ts';

export interface StartLine {
  text: string;
  /** Holds what no other line of the log may hold. */
  secret: boolean;
}

/** `served`: where, and the whole one-time link; null when this process does not serve. */
export function startLines({ settings, warnings, demo }: Chosen, served: Served | null): StartLine[] {
  const said = (text: string): StartLine => ({ text, secret: false });
  return [
    ...(demo ? demoLines(settings, demo) : warnings.map((warning) => `warning: ${mistakeLine(warning)}`)).map(said),
    ...(served ? addressLines(settings, served) : []),
    said(`watching  ${watched(settings)}`),
    said('Articles that stand there already go into the feeds; nothing old will be posted.'),
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
  return [
    `DEMO: there is no config/loa.yaml, so a sample newsroom runs at ${newsroom.url}; ${show}`,
    'For your own newsroom: loa init https://your-site.example --write config/loa.yaml',
  ];
}

function addressLines(settings: Settings, { url, signIn }: Served): StartLine[] {
  const boards = settings.channels.filter((channel) => channel.kind === 'board');
  return [
    { text: `feeds     ${url}/feeds`, secret: false },
    { text: `console   ${signIn}`, secret: true },
    ...boards.map((board) => ({ text: `board     ${url}/board/${board.id}`, secret: false })),
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
