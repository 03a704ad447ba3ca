/** All stores of the ledger, as handed around. */
import type { AlertStore } from '#src/stores/alerts.ts';
import type { ArticleStore } from '#src/stores/articles.ts';
import type { BoardStore } from '#src/stores/board.ts';
import type { ChannelStore } from '#src/stores/channels.ts';
import type { CountStore } from '#src/stores/counts.ts';
import type { DeliveryStore } from '#src/stores/deliveries.ts';
import type { FeedStore } from '#src/stores/feeds.ts';
import type { FigureStore } from '#src/stores/figures.ts';
import type { HabitStore } from '#src/stores/habits.ts';
import type { HoldStore } from '#src/stores/holds.ts';
import type { OptOutStore } from '#src/stores/opt-outs.ts';
import type { PhotoStore } from '#src/stores/photos.ts';
import type { RateStore } from '#src/stores/rates.ts';
import type { SecretStore } from '#src/stores/secrets.ts';
import type { SessionStore } from '#src/stores/sessions.ts';
import type { SourceStore } from '#src/stores/sources.ts';
import type { SubscriptionStore } from '#src/stores/subscriptions.ts';
import type { SummaryStore } from '#src/stores/summaries.ts';
import type { SwitchStore } from '#src/stores/switches.ts';

export interface Ledger {
  sources: SourceStore;
  subscriptions: SubscriptionStore;
  holds: HoldStore;
  articles: ArticleStore;
  deliveries: DeliveryStore;
  photos: PhotoStore;
  feeds: FeedStore;
  channels: ChannelStore;
  alerts: AlertStore;
  board: BoardStore;
  switches: SwitchStore;
  sessions: SessionStore;
  counts: CountStore;
  figures: FigureStore;
  habits: HabitStore;
  secrets: SecretStore;
  rates: RateStore;
  optOuts: OptOutStore;
  summaries: SummaryStore;
}
