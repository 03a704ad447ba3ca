/** The pages' words in English; every other language has the same keys. */
import { englishStory } from '#src/core/story-words.ts';

export const english = {
  /** BCP 47, and the name it gives itself. */
  language: 'en',
  ownName: 'English',
  /** BCP 47, of dates and distances in time. */
  dates: 'en-GB',
  story: englishStory,

  product: 'Loa',
  navigation: 'Pages',
  newsroom: 'Newsroom',
  feeds: 'Feeds',
  skip: 'To the content',
  switchTo: 'This page in English',
  stale: 'Loa does not answer. This page shows how things stood before; it goes on by itself once Loa is back.',

  feedsTitle: 'Feeds',
  feedsIntro:
    'A feed is the list of our newest articles in a form that programs read. Put its address into a news reader and every new article comes to you, with its photos, without an account and without advertising.',
  feedAddress: 'Address for your news reader',
  otherFormats: 'Open it as',
  feedEntry: '1 article, last changed',
  feedEntries: '{n} articles, last changed',
  feedNotBuilt: 'being built for the first time',
  feedEmpty: 'No articles in this feed yet.',
  feedMore: 'All articles in this feed',
  noFeeds: 'No feeds are set up. Add one under “feeds” in the settings file, then start again.',
  copyHint: 'Select it with one click, then copy.',
  allFeeds: 'All feeds',

  board: 'Posts on {channel}',
  boardIntro: 'The posts of this channel, as they went out.',
  boardEmpty: 'No posts yet',
  boardEmptyNext: 'A post appears here once an article is through its waiting time.',
  editedAt: 'corrected',

  notFound: 'There is nothing here',
  notFoundText: 'The address may be mistyped, or what stood here was taken back.',
  notFoundFeeds: 'These feeds exist:',

  consoleTitle: 'Newsroom',
  newestArticles: 'Newest articles',
  noArticles: 'No articles yet',
  noArticlesNext:
    'They appear here as soon as a source lists one. Under “Sources” you see when each is looked at next.',
  noArticlesNoSource: 'No source is set up. Add one under “sources” in the settings file, then start again.',
  inFeeds: 'Feeds',
  onChannels: 'Channels',
  noFeedsYet: 'No feeds are set up.',
  noChannels: 'No channels are set up: articles go to the feeds only.',
  holds: 'holds it',
  openPost: 'Open the post',
  readArticle: 'Read at the newsroom',
  whereItWent: 'Where it went',
  itsStory: 'Its whole story',
  baseline: 'stood there before Loa began watching',
  revision: 'revision {n}',
  withdrawn: 'withdrawn',
  held: 'held',
  noPicture: 'came without a picture',
  photoWaits: 'being prepared',
  noCaption: 'No caption',
  photo: 'Photo: {why}',
  doubts: 'Loa guessed',

  alerts: 'Needs attention',
  noAlerts: 'Nothing needs attention.',
  since: 'since',
  times: '{n} times',
  sources: 'Sources',
  lastPoll: 'last looked at',
  nextPoll: 'next',
  neverPolled: 'not looked at yet',
  failing: 'fails: {why}',
  channels: 'Channels',
  paused: 'paused',
  resting: 'rests until',
  posted: '{n} posted',
  waiting: '{n} waiting',
  attention: '{n} to look at',
  notPosted: '{n} not posted',
  renews: 'This page renews itself.',
};

export type Words = typeof english;
