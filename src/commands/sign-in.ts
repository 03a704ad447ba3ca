/** `loa sign-in`: a new one-time link to the console, from the running worker. */
import { type Command, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { askWorker } from '#src/commands/worker.ts';
import { workerPlace } from '#src/commands/worker-place.ts';
import { UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { readRunFile } from '#src/ops/run-file.ts';

export const signIn: Command = {
  name: 'sign-in',
  usage: ['sign-in [--json]'],
  summary: 'prints a new link to the console, good once and for 15 minutes',
  options: { config: configOption, json: jsonOption },
  async run(context) {
    if (context.args.length > 0) throw new UsageError('sign-in takes no names.', { next: 'loa help sign-in' });
    const { data } = await workerPlace(context);
    const run = await readRunFile(data);
    const request = { path: '/sign-in-link', method: 'POST', body: {} } as const;
    const answer = run && (await askWorker(data, request, systemClock));
    if (!run || !answer) {
      throw new UserError('Loa does not run here, so there is no console to sign in to.', {
        next: 'Start it: npm start. It prints a link.',
      });
    }
    const { path, publicUrl } = answer.document as { path: string; publicUrl: string };
    const links = { url: run.url + path, publicUrl: publicUrl + path };
    if (context.values['json']) {
      context.out(JSON.stringify(links, null, 2));
      return 0;
    }
    context.out(links.url);
    // The same token: it works at one of the two.
    if (publicUrl.startsWith('https:')) context.out(`From elsewhere: ${links.publicUrl}`);
    return 0;
  },
};
