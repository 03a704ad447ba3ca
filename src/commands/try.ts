/** `loa try`: how Loa understands an article. Stores and posts nothing. */
import { articleText } from '#src/commands/article-text.ts';
import { type Command, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { positiveNumber } from '#src/commands/numbers.ts';
import { type ReadArticle, readTarget } from '#src/commands/read-target.ts';
import { withReader } from '#src/commands/reader.ts';
import type { Article } from '#src/core/article.ts';

export const tryCommand: Command = {
  name: 'try',
  usage: ['try FILE|URL|SOURCE-ID [--profile P] [--json]'],
  summary: 'shows how an article is understood; stores and posts nothing',
  options: {
    profile: {
      type: 'string',
      value: 'P',
      help: 'A name from config/profiles or the path of one; otherwise by language.',
    },
    limit: { type: 'string', value: 'N', help: 'Most articles of a source or feed; 10 when left out.' },
    config: configOption,
    json: jsonOption,
  },
  async run(context) {
    const [target, ...rest] = context.args;
    if (!target || rest.length > 0)
      throw new UsageError('try needs one file, address or source.', { next: 'loa help try' });
    const most = positiveNumber(context, 'limit', 10);
    const found = await withReader(context, most, (reader) => readTarget(target, reader));
    const read = found.filter((one): one is ReadArticle => 'article' in one);
    for (const one of found) if ('failure' in one) context.err(`${one.id}: ${one.failure}`);
    if (context.values['json']) context.out(JSON.stringify({ articles: read.map(articleJson) }, null, 2));
    else if (read.length > 0) context.out(read.map((one) => articleText(one)).join('\n\n'));
    else context.err('No article was found.');
    return read.length > 0 ? 0 : 1;
  },
};

/** As `try --json` tells it. */
export function articleJson({ id, article }: { id: string; article: Article }) {
  const { bylinePrinted: _, ...shown } = article;
  return { id, ...shown };
}
