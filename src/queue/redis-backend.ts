import { createRedisBackend, withBackend } from 'bullmq';
import { messageOf, UserError } from '#src/core/errors.ts';
import type { BackendTools, OpenBackend } from '#src/queue/backend.ts';
import { createHealth } from '#src/queue/health.ts';
import {
  connectImpatiently,
  connectPatiently,
  placeOf,
  type RedisClient,
  type RedisSettings,
} from '#src/queue/redis-connection.ts';
import { checkFacts } from '#src/queue/redis-facts.ts';
import { explainRedis } from '#src/queue/redis-trouble.ts';
import { steady } from '#src/queue/steady.ts';

/** How long the start waits for a first answer before it goes on without. */
const patience = 3000;

/** The queue on Redis or Valkey: two connections, and one for each worker, made by BullMQ from the patient one. */
export async function redisBackend(
  settings: RedisSettings,
  { alerts, log, clock }: BackendTools,
): Promise<OpenBackend> {
  const place = placeOf(settings);
  // The braces put every key into one slot of a cluster: a flow's jobs stand in several queues.
  const prefix = `{${settings.prefix}}`;
  const producer = connectImpatiently(settings);
  /** Why there is no connection says more than that there is none. */
  let lastError: Error | null = null;
  const explain = (error: unknown) => explainRedis(lastError !== null && isOffline(error) ? lastError : error, place);
  const ping = async (): Promise<void> => {
    await producer.set(`${prefix}:ping`, '1', 'PX', 60_000);
  };
  const health = createHealth({ cause: 'queue', explain, ping, alerts, clock });
  const onError = (error: Error): void => {
    lastError = error;
    health.note(error);
  };
  producer.on('ready', () => {
    lastError = null;
  });
  producer.on('error', onError);
  const workers = quietly(connectPatiently(settings), onError);
  producer.on('close', () => health.lost());

  const close = async (): Promise<void> => {
    health.close();
    for (const client of [producer, ...workers.all]) client.disconnect();
  };
  try {
    const facts = firstFacts(producer, place);
    const info = await Promise.race([facts, clock.sleep(patience).then(() => null)]);
    if (info !== null) checkFacts(info, place, log);
    else void facts.then((late) => checkFacts(late, place, log)).catch((error) => log.error(error.message, { error }));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    classes: withBackend<any, any>(steady(createRedisBackend)),
    producer,
    worker: workers.client,
    prefix,
    place,
    health,
    ping,
    close,
  };
}

/** INFO, once it answers. Rejects with a `UserError` when it will not, whatever one waits for. */
function firstFacts(client: RedisClient, place: string): Promise<string> {
  const facts = Promise.withResolvers<string>();
  const refuse = (error: Error): void => {
    const trouble = explainRedis(error, place);
    facts.reject(trouble ? new UserError(trouble.message, { next: trouble.next, cause: error }) : error);
  };
  const onError = (error: Error): void => {
    if (/WRONGPASS|NOAUTH|certificate|self.signed/i.test(`${error.message} ${error.cause}`)) refuse(error);
  };
  const ask = (): void =>
    void client.info().then(facts.resolve, (error) => {
      // One that went away again before it answered is asked when it is back.
      if (!explainRedis(error, place)?.isAway) refuse(error);
    });
  client.on('error', onError);
  client.on('ready', ask);
  facts.promise.finally(() => client.off('error', onError).off('ready', ask)).catch(() => {});
  return facts.promise;
}

function isOffline(error: unknown): boolean {
  return /isn't writeable|isn't ready|is closed/i.test(messageOf(error));
}

/**
 * The client, and all that BullMQ makes of it, kept to be closed. BullMQ asks each of them for its INFO and prints a
 * line about the eviction policy every time: it is told once, by us.
 */
function quietly(client: RedisClient, onError: (error: Error) => void): { client: RedisClient; all: Set<RedisClient> } {
  const all = new Set<RedisClient>();
  const adopt = <C extends RedisClient>(one: C): C => {
    all.add(one);
    one.on('error', onError);
    const info = one.info.bind(one) as (...args: unknown[]) => Promise<string>;
    const duplicate = one.duplicate.bind(one) as (...args: unknown[]) => C;
    return Object.assign(one, {
      // With arguments it is ioredis itself that asks.
      info: (...args: unknown[]) =>
        args.length > 0 ? info(...args) : info().then((text) => text.replace(/^maxmemory_policy:.*$/m, '')),
      duplicate: (...args: unknown[]) => adopt(duplicate(...args)),
    });
  };
  return { client: adopt(client), all };
}
