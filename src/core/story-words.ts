/** The words in which an article's story and standing are told, in English; other languages have the same keys. */
import type { ReasonTable } from '#src/core/told-reason.ts';

export const englishStory = {
  /** Between number and unit stands a space. `point`: of decimals. */
  units: { ms: 'ms', s: 's', min: 'min', h: 'h', days: 'days', point: '.' },
  /** A time on another day: `{date}` is ISO 8601. */
  onDay: '{date} {time}',
  because: ': {why}',

  sentAt: { create: 'Posted at {time}', edit: 'Corrected at {time}', withdraw: 'Taken back at {time}' },
  not: { create: 'Not posted', edit: 'Not corrected', withdraw: 'Not taken back' },
  goesAt: {
    create: 'Goes out at {time}',
    edit: 'The correction goes out at {time}',
    withdraw: 'Is taken back at {time}',
  },
  goesNext: { create: 'Goes out next', edit: 'The correction goes out next', withdraw: 'Is taken back next' },
  sending: 'Being sent now',
  waits: 'Waits',
  waitsForPerson: 'Waits for a person',
  waitsForPhotos: 'Waits for its photos',
  waitsForPost: 'Waits for the post itself',
  retryAt: 'Not through yet{because}; next try at {time}',
  retryLater: 'Not through yet{because}; next try later',
  parked: 'Needs a person',
  dead: 'Failed for good',
  tooLate: '{not}, too late by now',
  cancelled: '{not}, cancelled',
  channelIsNewer: 'Not posted: the channel is newer than the article',

  feedWithdrawn: 'the article was withdrawn',
  feedHeld: 'a person holds the article',
  feedNotFor: 'not for this feed: {why}',
  feedNotReady: 'its photos are not done yet',
  feedOlder: 'the feed holds the newest {n} articles, and this one is older',
  feedFailed: 'the feed could not be built: {why}',
  feedBuilding: 'the feed is being built',

  firstSeen: 'First seen at source {source}{after}{before}',
  afterPublication: ', {time} after its publication',
  stoodBefore: '; it stood there before Loa began watching',
  revised: 'Changed by the newsroom (revision {n})',
  /** What `changesBetween` names. */
  changes: {
    headline: 'headline',
    lead: 'lead',
    text: 'text',
    facts: 'numbers, dates or names in the text',
    typo: 'slips of writing',
    byline: 'byline',
    photos: 'photos',
    captions: 'captions',
    credits: 'photo credits',
    links: 'links',
    attachments: 'attachments',
    section: 'section',
    tags: 'tags',
    returned: 'it stands there again after it was withdrawn',
  } as Readonly<Record<string, string>>,
  ready: 'Ready for feeds and channels',
  ofRevision: ' (revision {n})',
  noPhotos: ', no photos',
  photos: ', photos: {n}',
  photosOf: ', photos: {n} of {all}',
  held: 'Held by a person: out of every feed, nothing of it is posted',
  released: 'Released by a person',
  withdrawn: 'Withdrawn',
  photoLeftOut: 'Photo {n} is left out: {why}',
  inFeed: 'In feed {feed}',
  notInFeed: 'Not in feed {feed}: {why}',
  onChannel: 'Channel {channel}: {text}',
  attempt: 'Channel {channel}: {what}, try {n}: {result}',
  attempted: { create: 'post', edit: 'correction', withdraw: 'taking back' },
  took: '{result} after {time}',
  unfinished: 'not finished',
  results: {
    sent: 'sent',
    notSent: 'not sent',
    ambiguous: 'nobody knows whether it arrived',
    permanent: 'refused for good',
    crashed: 'the worker stopped',
    'refused at the gate': 'held back right before it was sent',
  } as Readonly<Record<string, string>>,

  reasons: [] as ReasonTable,
};

export type StoryWords = typeof englishStory;
