/** Every feed format; a new one is one file and one line here. */
import { atom } from '#src/feeds/atom.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import { jsonFeed } from '#src/feeds/json-feed.ts';
import { rss } from '#src/feeds/rss.ts';

export const formats: readonly FeedFormat[] = [rss, atom, jsonFeed];
