/** The settings file: every key, its bounds, its default and the sentence the docs show for it. */
import { z } from 'zod';
import { databaseSetting } from '#config/database-setting.ts';
import {
  addressRange,
  duration,
  id,
  language,
  line,
  listenAddress,
  oneOrMore,
  orOff,
  quietHours,
  timezone,
  webAddress,
} from '#config/fields.ts';
import { queueSetting } from '#config/queue-setting.ts';
import { templateMistakes } from '#src/core/template-mistakes.ts';

const whole = (min: number, max: number) =>
  z.int({ error: 'must be a whole number' }).min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be ${values.map((value) => `\`${value}\``).join(' or ')}` });

const conditions = {
  section: oneOrMore(line(200)).optional().describe('Sections; any of them matches.'),
  tag: oneOrMore(line(200)).optional().describe('Tags; any of them matches.'),
  source: oneOrMore(id).optional().describe('Ids of sources; any of them matches.'),
  language: oneOrMore(language).optional().describe('Languages; any of them matches.'),
};

const only = z
  .strictObject({ ...conditions, not: z.strictObject(conditions).optional().describe('Articles to leave out.') })
  .describe('Which articles; all when left out.');

const site = z.strictObject({
  name: line(200).describe("The newsroom's name, as readers know it."),
  url: webAddress.describe("The newsroom's own web address."),
  language: language.prefault('en').describe('Language of the articles where they do not say (BCP 47).'),
  timezone: timezone.prefault('UTC').describe('Time zone in which dates without one are read and quiet hours run.'),
});

/** The keys of a source that are the same in every kind; the kind's own stand beside them. */
export const sourceFrame = z.looseObject({
  id: id.describe('Your name for it; it never changes, since articles are known by it.'),
  kind: z
    .string({ error: 'must be the name of a kind' })
    .describe('What it is; the kinds are in `docs/configuration.md`.'),
  profile: line(500).prefault('auto').describe('How its pages read: a name from `config/profiles`, a path, or `auto`.'),
  poll: z
    .union([choice(['auto']), duration('1s', '7d')], { error: 'must be `auto` or a duration from `1s` to `7d`' })
    .prefault('auto')
    .describe('How often it is looked at; `auto`: every two minutes, a folder every two seconds.'),
});

const feed = z.strictObject({
  id: id.describe('Its name in addresses: `/feeds/ID.rss`.'),
  title: line(200).optional().describe("Its title; the newsroom's name when left out."),
  description: line(1000).or(z.literal('')).prefault('').describe('One sentence about it.'),
  language: language.optional().describe("Its language; the newsroom's when left out."),
  items: whole(1, 500).prefault(50).describe('How many articles it holds.'),
  content: choice(['full', 'summary']).prefault('full').describe('Whole articles, or their summaries.'),
  only: only.optional(),
});

const template = z
  .string({ error: 'must be text' })
  .regex(/\S/, 'must not be empty')
  .max(5000, 'must be at most 5000 characters')
  .superRefine((text, { addIssue }) => {
    for (const { message, offset } of templateMistakes(text)) {
      addIssue({ code: 'custom', message, params: { within: offset } });
    }
  });

const compose = z.strictObject({
  template: template
    .prefault('{{headline}}\n\n{{summary}}\n\n{{link}}\n{{hashtags}}')
    .describe('The text of a post; the words it may name are in `docs/operations.md`.'),
  photos: whole(0, 20).prefault(4).describe("Most photos in a post; the service's own limit still holds."),
  utm: orOff(
    z.strictObject({
      source: line(100).describe('`utm_source`.'),
      medium: line(100).describe('`utm_medium`.'),
      campaign: line(100).optional().describe('`utm_campaign`.'),
    }),
  )
    .prefault('off')
    .describe('Campaign parameters added to the link: `{ source: …, medium: … }`.'),
  correction: template
    .nullable()
    .prefault(null)
    .describe(
      "The text of a reply that tells a correction; when left out, plain words in the article's language with headline, summary and link.",
    ),
  withdrawal: template
    .nullable()
    .prefault(null)
    .describe(
      "The text of a reply that tells a withdrawal; when left out, plain words in the article's language with the headline.",
    ),
});

const pace = z.strictObject({
  settle: duration('0s', '1d')
    .prefault('2m')
    .describe('Wait after publication, in which early corrections still count.'),
  gap: duration('0s', '1d').optional().describe('Least time between two posts; `5m`, or `0s` where machines read.'),
  perHour: orOff(whole(1, 1000)).optional().describe('Most posts in an hour; `10`, or `off` where machines read.'),
  quiet: orOff(quietHours).prefault('off').describe('Hours in which nothing is posted, such as `"22:00-06:00"`.'),
  maxAge: duration('1m', '30d')
    .optional()
    .describe('Older articles are not posted; `6h` unless the kind says otherwise.'),
  maxAgeTotal: duration('1m', '60d')
    .optional()
    .describe('The same, counted over waiting and holding; `24h` or `maxAge`.'),
});

export const channelFrame = z.strictObject({
  id: id.describe('Your name for it; it never changes, since deliveries are known by it.'),
  kind: z.string({ error: 'must be the name of a kind' }).describe('The service; the kinds are in `docs/channels.md`.'),
  settings: z.looseObject({}).prefault({}).describe("The kind's own settings: address, account, token."),
  only: only.optional(),
  compose: compose.prefault({}).describe('How a post is written.'),
  pace: pace.prefault({}).describe('When posts go out.'),
  breaking: z
    .strictObject({ section: conditions.section, tag: conditions.tag })
    .refine(({ section, tag }) => section !== undefined || tag !== undefined, 'must name a section or a tag')
    .optional()
    .describe('News that cannot wait: no settling, no quiet hours, no gap. A section or a tag is enough.'),
  approval: choice(['none', 'required']).prefault('none').describe('Whether a person lets every post go.'),
  corrections: choice(['edit', 'reply', 'ignore'])
    .prefault('edit')
    .describe('What a changed article does to its post: change it, tell it in a reply, or nothing.'),
  withdrawals: choice(['delete', 'reply', 'ignore'])
    .prefault('delete')
    .describe('What a withdrawn article does to its post: take it back, tell it in a reply, or nothing.'),
  onUnknown: choice(['park', 'resend'])
    .prefault('park')
    .describe('When nobody can tell whether a post arrived: wait for a person, or send it again.'),
});

const summarizer = z.strictObject({
  kind: choice(['http']).prefault('http').describe('An endpoint that speaks the OpenAI chat completions API.'),
  url: webAddress.describe('Its address, up to and with `/v1`.'),
  model: line(200).describe("The model's name."),
  apiKey: z.string().min(1, 'must not be empty').nullable().prefault(null).describe('Its key, where it needs one.'),
  timeout: duration('1s', '1m')
    .prefault('10s')
    .describe("How long it is waited for; then the article's own sentences."),
});

const width = whole(16, 8192);

const photos = z.strictObject({
  widths: z
    .array(width)
    .min(1, 'must name at least one width')
    .max(12, 'must name at most 12 widths')
    .refine((list) => list.every((value, index) => index === 0 || value > list[index - 1]!), 'must ascend, each once')
    .prefault([320, 640, 960, 1280, 1920])
    .describe('Widths in pixels, ascending; never wider than the original.'),
  formats: z
    .array(choice(['avif', 'webp', 'jpeg']))
    .min(1, 'must name at least one format')
    .refine((list) => new Set(list).size === list.length, 'must name each format once')
    .refine((list) => list.includes('jpeg'), 'must hold `jpeg`: feeds and services without newer formats need it')
    .prefault(['avif', 'webp', 'jpeg'])
    .describe(
      'File formats. An article goes out with its JPEG files; the others follow and cost some seconds of a core per photo.',
    ),
});

const network = z.strictObject({
  allow: z
    .array(addressRange)
    .prefault([])
    .describe('Address ranges beyond the public internet that may be reached, such as `10.0.0.0/8`.'),
  trustedProxies: z
    .array(addressRange)
    .prefault([])
    .describe('Web servers in front whose X-Forwarded-For, -Proto and -Host are believed, such as `127.0.0.1`.'),
});

const guards = z.strictObject({
  burst: whole(1, 10_000)
    .prefault(10)
    .describe('Of more new articles than this in one poll, the posts wait for a person: `loa source`.'),
  goneGrace: duration('0s', '30d')
    .prefault('24h')
    .describe('How long an article must answer 404 before it is withdrawn.'),
  deskWindow: duration('0s', '30d')
    .prefault('24h')
    .describe(
      'How far back to look for posts that the desk made by hand, so that none is made twice; `0s`: not at all.',
    ),
});

const keep = z.strictObject({
  originals: duration('1h', '3650d').prefault('30d').describe('Original photos.'),
  jobs: duration('1h', '365d').prefault('7d').describe('Finished and failed jobs.'),
  backups: duration('1d', '3650d').prefault('14d').describe('Hourly backups of the ledger.'),
});

/** The frame of the whole file: sources and channels still hold their kind's own settings as written. */
export const settingsFile = z.strictObject({
  site: site.prefault({} as never).describe('The newsroom.'),
  publicUrl: webAddress
    .optional()
    .describe('Where readers reach feeds and photos; `http://localhost:PORT` of `listen`.'),
  listen: listenAddress.prefault('127.0.0.1:8080').describe('Where the server listens.'),
  data: line(1000).prefault('./data').describe('Database, photos and keys; relative to the folder Loa is started in.'),
  database: databaseSetting
    .prefault('embedded')
    .describe(
      'Where the ledger is; `embedded`: within this process, files under `data`. Or a server: `postgres://user:password@host:5432/name`, `?sslmode=verify-full` for TLS.',
    ),
  queue: queueSetting
    .prefault('database')
    .describe(
      'The job queue; `database`: beside the ledger. Or Redis or Valkey: `redis://…`, `rediss://…` (TLS), `unix:///…`, or keys.',
    ),
  files: line(2000)
    .prefault('disk')
    .describe('Where photos and feeds are kept; `disk`: under `data`. No other in this version.'),
  sources: z.array(sourceFrame).prefault([]).describe('Where articles come from.'),
  feeds: z
    .array(feed)
    .prefault([{ id: 'latest' }])
    .describe('Feeds to build.'),
  photos: photos.prefault({}).describe('Sizes and formats of photos.'),
  channels: z.array(channelFrame).prefault([]).describe('Where posts go.'),
  summarizer: orOff(summarizer)
    .prefault('off')
    .describe("Who writes the posts' summaries; `off`: the article's own sentences."),
  alerts: z
    .strictObject({
      channel: id
        .optional()
        .describe('Id of a channel that also gets alerts, none when left out; not yet used in this version.'),
    })
    .prefault({})
    .describe('Who is told when something needs a person.'),
  network: network.prefault({}).describe('What may be reached, and who is believed.'),
  guards: guards.prefault({}).describe('When something waits for a person.'),
  keep: keep.prefault({}).describe('How long things are kept.'),
});

export type SettingsFile = z.output<typeof settingsFile>;
