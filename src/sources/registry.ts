import { feedSource } from '#src/sources/feed.ts';
import { folderSource } from '#src/sources/folder.ts';
import { ghostSource } from '#src/sources/ghost.ts';
import { pageSource } from '#src/sources/page.ts';
import { pushSource } from '#src/sources/push.ts';
import { sitemapSource } from '#src/sources/sitemap.ts';
import type { Source } from '#src/sources/source.ts';
import { wordpressSource } from '#src/sources/wordpress.ts';

/** Every kind of source there is. */
export const sources: readonly Source<any>[] = [
  feedSource,
  wordpressSource,
  ghostSource,
  sitemapSource,
  pageSource,
  folderSource,
  pushSource,
];
