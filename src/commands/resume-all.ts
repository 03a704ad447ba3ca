/** `loa resume-all`: ends what `stop-all` began. */
import { type Command, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { decide } from '#src/commands/decide.ts';
import { userName } from '#src/commands/user-name.ts';
import { stopDetail } from '#src/core/stop.ts';
import { stopView } from '#src/server/stop-view.ts';

export const resumeAll: Command = {
  name: 'resume-all',
  usage: ['resume-all [--json]'],
  summary: 'lets posts go out again after stop-all',
  options: { config: configOption, json: jsonOption },
  async run(context) {
    if (context.args.length > 0) {
      throw new UsageError('resume-all takes no names: it ends the stop of all posting.', {
        next: `For one channel: loa channel resume ${context.args[0]}`,
      });
    }
    const by = userName(context.env);
    const { document, timezone } = await decide(context, {
      path: '/resume-all',
      body: { by },
      async decide(decisions) {
        const ended = await decisions.resumeAll(by);
        return { ended: ended && stopView(ended) };
      },
    });
    if (context.values['json']) {
      context.out(JSON.stringify(document, null, 2));
      return 0;
    }
    const { ended } = document;
    if (!ended) context.out('Posting is not stopped.');
    else {
      const detail = stopDetail({ ...ended, since: Date.parse(ended.since) }, timezone);
      context.out(`Posts go out again; they were stopped ${detail}`);
    }
    return 0;
  },
};
