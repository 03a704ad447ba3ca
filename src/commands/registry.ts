/** All commands but `help`, which knows this list, in the order of the overview. Each is loaded when it is needed. */
import type { Command } from '#src/commands/command.ts';

export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('#src/commands/start.ts')).start,
  'sign-in': async () => (await import('#src/commands/sign-in.ts')).signIn,
  init: async () => (await import('#src/commands/init.ts')).init,
  check: async () => (await import('#src/commands/check.ts')).check,
  try: async () => (await import('#src/commands/try.ts')).tryCommand,
  preview: async () => (await import('#src/commands/preview.ts')).preview,
  backtest: async () => (await import('#src/commands/backtest.ts')).backtest,
  article: async () => (await import('#src/commands/article.ts')).article,
  delivery: async () => (await import('#src/commands/delivery.ts')).delivery,
  source: async () => (await import('#src/commands/source.ts')).source,
  channel: async () => (await import('#src/commands/channel.ts')).channel,
  queue: async () => (await import('#src/commands/queue.ts')).queue,
  'stop-all': async () => (await import('#src/commands/stop-all.ts')).stopAll,
  'resume-all': async () => (await import('#src/commands/resume-all.ts')).resumeAll,
  backup: async () => (await import('#src/commands/backup.ts')).backup,
  restore: async () => (await import('#src/commands/restore.ts')).restore,
  docs: async () => (await import('#src/commands/docs.ts')).docs,
};
