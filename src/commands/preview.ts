/** `loa preview`: the exact post per channel, before anything goes out. */
import { configuredChannels } from '#jobs/configured-channels.ts';
import { chooseSettings } from '#src/commands/choose-settings.ts';
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { withDelivery } from '#src/commands/own-delivery.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { readTarget } from '#src/commands/read-target.ts';
import { withReader } from '#src/commands/reader.ts';
import { fitsAsItStands, unstored, withOriginals } from '#src/commands/unstored-article.ts';
import { UserError } from '#src/core/errors.ts';
import type { PostView, PreviewView } from '#src/core/preview.ts';
import { previewArticle, previewUnstored } from '#src/delivery/preview.ts';

export const preview: Command = {
  name: 'preview',
  usage: ['preview FILE|URL|ARTICLE-ID [--channel ID] [--profile P] [--json]'],
  summary: 'shows the exact post an article would make on each channel',
  options: {
    channel: { type: 'string', value: 'ID', help: 'Only this channel.' },
    profile: { type: 'string', value: 'P', help: 'How a file or address is read; otherwise by language.' },
    config: configOption,
    json: jsonOption,
  },
  async run(context) {
    const [target, ...rest] = context.args;
    if (!target || rest.length > 0) {
      throw new UsageError('preview needs one file, address or article id.', { next: 'loa help preview' });
    }
    const document = isArticleId(target) ? await ofStored(target, context) : await ofTarget(target, context);
    if (context.values['json']) context.out(JSON.stringify(document, null, 2));
    else if (document.posts.length === 0) context.out('There are no channels in the settings.');
    else context.out(document.posts.map(postLines).join('\n\n'));
    return 0;
  },
};

/** What Loa mints itself; a file of that name can be given as ./NAME. */
function isArticleId(target: string): boolean {
  return /^[0-9a-z]{10}$/.test(target);
}

async function ofStored(id: string, context: CommandContext): Promise<PreviewView> {
  const channelId = channelOption(context);
  const query = channelId ? `?channel=${encodeURIComponent(channelId)}` : '';
  const { document } = await readLedger<PreviewView | null>(context, {
    path: `/articles/${id}/preview${query}`,
    read: (ledger, settings) =>
      withDelivery(context, settings, ledger, (delivery) => previewArticle(id, channelId, delivery)),
  });
  if (!document) throw new UserError(`There is no article ${id}.`, { next: 'Their ids: loa article list' });
  return document;
}

async function ofTarget(target: string, context: CommandContext): Promise<PreviewView> {
  const { settings } = await chooseSettings(context, { startDemo: false });
  return withReader(context, 1, async (reader) => {
    const [first] = await readTarget(target, reader);
    if (!first || 'failure' in first)
      throw new UserError(`${target} could not be read: ${first?.failure ?? 'it is empty'}.`);
    const { article, photos } = unstored(first);
    const tools = { ...reader, settings, channels: configuredChannels(settings), fitPhoto: fitsAsItStands };
    return withOriginals(await previewUnstored(article, photos, channelOption(context), tools), photos);
  });
}

function channelOption({ values }: CommandContext): string | undefined {
  return typeof values['channel'] === 'string' ? values['channel'] : undefined;
}

export function postLines(post: PostView): string {
  const { channel, kind, length, limit, unit, photos, notes } = post;
  const photoLines = photos.flatMap(({ url, alt, caption, width, height }, index) => [
    `photo ${index + 1}: ${url}${width && height ? ` ${width}×${height}` : ''}`,
    ...(alt ? [`  alt: ${alt}`] : []),
    ...(caption ? [`  caption: ${caption}`] : []),
  ]);
  return [
    `── ${channel} (${kind}): ${length}${limit === null ? '' : ` of ${limit}`} ${unit}`,
    post.text,
    ...photoLines,
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}
