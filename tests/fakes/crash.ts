import type { DeliveryDeps } from '#src/delivery/deps.ts';

/** What a channel says of itself, without a promise. */
const answersAtOnce = new Set<string | symbol>(['guarantee', 'limits', 'rates', 'parts', 'idOf']);

export interface Doomed {
  deps: DeliveryDeps;
  /** Resolves once it is dead. */
  died: Promise<'died'>;
}

/**
 * A worker that dies before its `point`th call to the ledger or a channel takes effect (from 0), or at the first call of
 * that name: from then on nothing it calls answers, as nothing runs any more in a killed process.
 */
export function doomedWorker(deps: DeliveryDeps, point: number | string): Doomed {
  let calls = 0;
  let dead = false;
  let die: (value: 'died') => void = () => {};
  const died = new Promise<'died'>((resolve) => {
    die = resolve;
  });
  const never = () => {
    dead = true;
    die('died');
    return new Promise<never>(() => {});
  };

  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name);
        if (typeof value !== 'function' || answersAtOnce.has(name)) return value;
        return async (...args: unknown[]) => {
          const mine = calls++;
          if (dead || mine === point || name === point) return never();
          const result = await Reflect.apply(value, object, args);
          return dead ? never() : result;
        };
      },
    });

  const { articles, deliveries, photos, channels: channelStore, secrets, rates, optOuts, summaries } = deps.ledger;
  return {
    died,
    deps: {
      ...deps,
      ledger: {
        articles: wrap(articles),
        deliveries: wrap(deliveries),
        photos: wrap(photos),
        channels: wrap(channelStore),
        secrets: wrap(secrets),
        rates: wrap(rates),
        optOuts: wrap(optOuts),
        summaries: wrap(summaries),
      },
      channels: new Map(
        [...deps.channels].map(([id, { settings, channel }]) => [id, { settings, channel: wrap(channel) }]),
      ),
    },
  };
}
