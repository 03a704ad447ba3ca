import type { FlowJob, JobsOptions, Queue } from 'bullmq';
import type { Log } from '#src/core/tools.ts';
import type { Backend } from '#src/queue/backend.ts';
import type { FlowRequest, JobDefinition, JobRequest, Jobs } from '#src/queue/job.ts';

/** Adds jobs; rejects, soon, when the queue is away. */
export interface Queues extends Jobs {
  /** All of them, in the order of `names`. */
  list(): Queue[];
  /** The queue of that name, made on first use. */
  queue(name: string): Queue;
  /** Sets or replaces a job that comes again every `every` milliseconds. */
  schedule(request: JobRequest, every: number): Promise<void>;
  /** When a scheduled job is to run next; null when nobody has scheduled it, or the queue has lost it. */
  scheduledFor(request: JobRequest): Promise<number | null>;
  isPaused(request: JobRequest): Promise<boolean>;
  /** Writes down again what a queue keeps about itself, for one that lost it or was away when it was made. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Events that a queue remembers; nobody here reads them. */
const maxEvents = 100;
/** How long finished and failed jobs stay for ops to see; `age` in seconds. */
const keepFinished = { age: 24 * 3600, count: 500 };

/** The producers' side: adds jobs as their definitions say. `keepFailed` is in milliseconds. */
export function createQueues(options: {
  backend: Backend;
  definitions: ReadonlyMap<string, JobDefinition>;
  keepFailed: number;
  /** Made at once: one that is first used while its database is away would never work. */
  names: readonly string[];
  log: Log;
}): Queues {
  const { backend, definitions, log } = options;
  const queues = new Map<string, Queue>();
  const onError = (error: Error): void => {
    if (!backend.health.note(error)) log.error(`queue: ${error.message}`, { error });
  };
  const connection = {
    connection: backend.producer,
    ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }),
    // With them a queue begins by asking Redis, and never works again when that is away just then.
    skipWaitingForReady: true,
    skipVersionCheck: true,
  };
  const flows = new backend.classes.FlowProducer(connection);
  flows.on('error', onError);

  const queue = (name: string): Queue => {
    const known = queues.get(name);
    if (known) return known;
    const made = new backend.classes.Queue(name, {
      ...connection,
      streams: { events: { maxLen: maxEvents } },
    }) as unknown as Queue;
    made.on('error', onError);
    queues.set(name, made);
    return made;
  };

  const definitionOf = (kind: string): JobDefinition => {
    const definition = definitions.get(kind);
    if (!definition) throw new Error(`no job of kind ${kind}`);
    return definition;
  };

  const queueFor = ({ kind, payload }: JobRequest): Queue => queue(queueOf(definitionOf(kind), payload));

  const optionsOf = (definition: JobDefinition, request: JobRequest): JobsOptions => ({
    attempts: definition.attempts,
    backoff: { type: 'exponential', delay: definition.backoff ?? 1000, jitter: 0.5 },
    removeOnComplete: keepFinished,
    removeOnFail: { age: Math.round(options.keepFailed / 1000), count: 1000 },
    // For BullMQ 1 is first, after all that have none.
    ...(request.behind ? { priority: request.behind } : {}),
    delay: request.delay ?? definition.debounce ?? 0,
  });

  const deduplicationOf = (definition: JobDefinition, payload: unknown): JobsOptions => {
    if (!definition.dedup) return {};
    const id = `${definition.kind}-${definition.dedup(payload)}`;
    return { deduplication: definition.again ? { id, keepLastIfActive: true } : { id, reschedule: true } };
  };

  const nodeOf = (request: FlowRequest['children'][number], more: JobsOptions = {}): FlowJob => {
    const definition = definitionOf(request.kind);
    return {
      name: request.kind,
      queueName: queueOf(definition, request.payload),
      data: clean(request.payload),
      opts: { ...optionsOf(definition, request), jobId: request.id, ...more } as never,
    };
  };

  for (const name of options.names) queue(name);

  return {
    list: () => [...queues.values()],
    queue,
    async add(request) {
      const definition = definitionOf(request.kind);
      await queueFor(request).add(request.kind, clean(request.payload), {
        ...optionsOf(definition, request),
        ...deduplicationOf(definition, request.payload),
      });
    },
    async addFlow({ parent, children }) {
      // A picture that fails for good must not keep its article waiting.
      const nodes = children.map((child) => nodeOf(child, { ignoreDependencyOnFailure: true }));
      await flows.add({ ...nodeOf(parent), children: nodes });
    },
    async schedule(request, every) {
      await queueFor(request).upsertJobScheduler(
        request.kind,
        { every },
        {
          name: request.kind,
          data: clean(request.payload),
          opts: { removeOnComplete: { count: 50 }, removeOnFail: { count: 50 } },
        },
      );
    },
    async scheduledFor(request) {
      return (await queueFor(request).getJobScheduler(request.kind))?.next ?? null;
    },
    isPaused: (request) => queueFor(request).isPaused(),
    async restore() {
      for (const one of queues.values()) await one.getBackend().setQueueMeta({ 'opts.maxLenEvents': maxEvents });
    },
    async close() {
      await Promise.all([...queues.values(), flows].map((one) => one.close()));
    },
  };
}

function queueOf(definition: JobDefinition, payload: unknown): string {
  return typeof definition.queue === 'function' ? definition.queue(payload) : definition.queue;
}

/** PostgreSQL refuses U+0000 where Redis does not: the same job must go through on both. */
function clean<T>(payload: T): T {
  return JSON.parse(JSON.stringify(payload), (_key, value) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '') : value,
  );
}
