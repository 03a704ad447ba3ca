/** `loa stop-all`: the kill switch. */
import { type Command, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { decide } from '#src/commands/decide.ts';
import { userName } from '#src/commands/user-name.ts';
import { stopHeadline } from '#src/core/stop.ts';
import { stopView } from '#src/server/stop-view.ts';

export const stopAll: Command = {
  name: 'stop-all',
  usage: ['stop-all [--reason TEXT] [--json]'],
  summary: 'stops all posting, on every channel, until resume-all; feeds go on',
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'Why, for whoever wonders.' },
    config: configOption,
    json: jsonOption,
  },
  async run(context) {
    if (context.args.length > 0) {
      throw new UsageError('stop-all takes no names: it stops every channel.', {
        next: `For one channel: loa channel pause ${context.args[0]}`,
      });
    }
    const given = context.values['reason'];
    const reason = typeof given === 'string' && given.trim() ? given.trim() : null;
    const by = userName(context.env);
    const { document, timezone } = await decide(context, {
      path: '/stop-all',
      body: { by, reason },
      decide: async (decisions) => ({ stopped: stopView(await decisions.stopAll(by, reason)) }),
    });
    if (context.values['json']) {
      context.out(JSON.stringify(document, null, 2));
      return 0;
    }
    const { stopped } = document;
    context.out(stopHeadline({ ...stopped, since: Date.parse(stopped.since) }, timezone));
    context.out('What waits goes out after: loa resume-all');
    return 0;
  },
};
