/** `loa stop-all`: the kill switch. */
import { onlyHere } from '#jobs/stop-posting.ts';
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { decide } from '#src/commands/decide.ts';
import { userName } from '#src/commands/user-name.ts';
import { workerPlace } from '#src/commands/worker-place.ts';
import { messageOf } from '#src/core/errors.ts';
import { type Stop, stopHeadline } from '#src/core/stop.ts';
import { systemClock } from '#src/ops/clock.ts';
import { createStopFile } from '#src/ops/stop-file.ts';
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
    // A long word on why must not be what keeps it from being stopped everywhere.
    const reason = typeof given === 'string' ? given.trim().slice(0, longestReason).toWellFormed() || null : null;
    const by = userName(context.env);
    const { document, timezone } = await stop(context, { by, reason });
    if (context.values['json']) {
      context.out(JSON.stringify(document, null, 2));
      return 0;
    }
    const { stopped } = document;
    context.out(stopHeadline({ ...stopped, since: Date.parse(stopped.since) }, timezone));
    context.out('What waits goes out after: loa resume-all');
    if (stopped.note !== undefined) context.err(`But ${stopped.note}`);
    return 0;
  },
};

/** As the API takes it. */
const longestReason = 500;

/** By the file before anything else: the worker sees it at its next gate, whatever becomes of the rest. */
async function stop(context: CommandContext, { by, reason }: Pick<Stop, 'by' | 'reason'>) {
  const { data, timezone } = await workerPlace(context);
  const file = createStopFile(data);
  const kept = (await file.read()) ?? { since: systemClock.now(), by, reason };
  const isWritten = await file.write({ ...kept, inLedger: false }).then(
    () => true,
    () => false,
  );
  try {
    return await decide(context, {
      path: '/stop-all',
      body: { by, reason },
      decide: async (decisions) => ({ stopped: stopView(await decisions.stopAll(by, reason)) }),
    });
  } catch (error) {
    if (!isWritten) throw error;
    return {
      document: { stopped: stopView({ ...kept, note: onlyHere(messageOf(error)) }) },
      timezone,
    };
  }
}
