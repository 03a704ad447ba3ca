/** All words of the pages, by key, so that another language is one more table. */
const english = {
  product: 'Loa',
  navigation: 'Pages',
  newsroom: 'Newsroom',
  feeds: 'Feeds',
  skip: 'To the content',

  consoleTitle: 'Newsroom',
  newestArticles: 'Newest articles',
  noArticles: 'No articles yet',
  noArticlesNext:
    'They appear here as soon as a source lists one. Beside this you see when each source is looked at next.',
  noArticlesNoSource: 'No source is set up. Add one under “sources” in the settings file, then start again.',
  inFeeds: 'Feeds',
  onChannels: 'Channels',
  noFeedsYet: 'No feeds are set up.',
  noChannels: 'No channels are set up: articles go to the feeds only.',
  holds: 'holds it',
  openPost: 'Open the post',
  readArticle: 'Read at the newsroom',
  whereItWent: 'Where it went',
  story: 'Its whole story',
  baseline: 'stood there before Loa began watching',
  corrected: 'revision',
  withdrawn: 'withdrawn',
  held: 'held',
  noPicture: 'came without a picture',
  photoWaits: 'being prepared',
  noCaption: 'No caption',
  photo: 'Photo',
  doubts: 'Loa guessed',

  alerts: 'Needs attention',
  noAlerts: 'Nothing needs attention.',
  since: 'since',
  times: 'times',
  sources: 'Sources',
  lastPoll: 'last looked at',
  nextPoll: 'next',
  neverPolled: 'not looked at yet',
  failing: 'fails',
  channels: 'Channels',
  paused: 'paused',
  resting: 'rests until',
  posted: 'posted',
  waiting: 'waiting',
  attention: 'to look at',
  notPosted: 'not posted',
  updatedEvery: 'This page renews itself.',
  stale: 'Loa does not answer. This page shows how things stood before; it goes on by itself once Loa is back.',

  feedsTitle: 'Feeds',
  feedsIntro:
    'A feed is the list of our newest articles in a form that programs read. Put its address into a news reader and every new article comes to you, with its photos, without an account and without advertising.',
  feedAddress: 'Address for your news reader',
  otherFormats: 'Open it as',
  feedEntries: 'articles',
  feedEntry: 'article',
  feedUpdated: 'last changed',
  feedNotBuilt: 'being built for the first time',
  feedEmpty: 'No articles in this feed yet.',
  feedMore: 'All articles in this feed',
  noFeeds: 'No feeds are set up. Add one under “feeds” in the settings file, then start again.',
  copyHint: 'Select it with one click, then copy.',
  allFeeds: 'All feeds',

  board: 'Posts on',
  boardIntro: 'The posts of this channel, as they went out.',
  boardEmpty: 'No posts yet',
  boardEmptyNext: 'A post appears here once an article is through its waiting time.',
  editedAt: 'corrected',

  notFound: 'There is nothing here',
  notFoundText: 'The address may be mistyped, or what stood here was taken back.',
  notFoundFeeds: 'These feeds exist:',
};

export type Words = typeof english;

export const words: Words = english;
/** BCP 47. */
export const pageLanguage = 'en';
/** For dates and distances in time: days before months. */
export const timeLanguage = 'en-GB';
