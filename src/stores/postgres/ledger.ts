/** The ledger on PostgreSQL, embedded or a server. */
import type { Kysely } from 'kysely';
import type { Ledger } from '#src/stores/ledger.ts';
import { createAlertStore } from '#src/stores/postgres/alert-store.ts';
import { createArticleStore } from '#src/stores/postgres/article-store.ts';
import { createBoardStore } from '#src/stores/postgres/board-store.ts';
import { createChannelStore } from '#src/stores/postgres/channel-store.ts';
import { createCountStore } from '#src/stores/postgres/count-store.ts';
import { createDeliveryStore } from '#src/stores/postgres/delivery-store.ts';
import { createFeedStore } from '#src/stores/postgres/feed-store.ts';
import { createFigureStore } from '#src/stores/postgres/figure-store.ts';
import { createHabitStore } from '#src/stores/postgres/habit-store.ts';
import { createHoldStore } from '#src/stores/postgres/hold-store.ts';
import { createOptOutStore } from '#src/stores/postgres/opt-out-store.ts';
import { createPhotoStore } from '#src/stores/postgres/photo-store.ts';
import { createRateStore } from '#src/stores/postgres/rate-store.ts';
import { createSecretStore } from '#src/stores/postgres/secret-store.ts';
import { createSessionStore } from '#src/stores/postgres/session-store.ts';
import { createSourceStore } from '#src/stores/postgres/source-store.ts';
import { createSubscriptionStore } from '#src/stores/postgres/subscription-store.ts';
import { createSummaryStore } from '#src/stores/postgres/summary-store.ts';
import { createSwitchStore } from '#src/stores/postgres/switch-store.ts';
import type { Database } from '#src/stores/postgres/tables.ts';

/** All stores on one database whose migrations have run. `newId` names rows: never the same twice. */
export function createLedger(db: Kysely<Database>, { newId }: { newId(): string }): Ledger {
  const loa = db.withSchema('loa');
  return {
    sources: createSourceStore(loa, newId),
    subscriptions: createSubscriptionStore(loa),
    holds: createHoldStore(loa),
    articles: createArticleStore(loa, newId),
    deliveries: createDeliveryStore(loa, newId),
    photos: createPhotoStore(loa),
    feeds: createFeedStore(loa),
    channels: createChannelStore(loa),
    alerts: createAlertStore(loa, newId),
    board: createBoardStore(loa),
    switches: createSwitchStore(loa, newId),
    sessions: createSessionStore(loa),
    counts: createCountStore(loa),
    figures: createFigureStore(loa),
    habits: createHabitStore(loa),
    secrets: createSecretStore(loa),
    rates: createRateStore(loa),
    optOuts: createOptOutStore(loa),
    summaries: createSummaryStore(loa),
  };
}
