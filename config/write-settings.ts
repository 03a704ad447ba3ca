/** A newcomer's settings file: every guess has a comment beside it. */
import { Document, Scalar, YAMLMap, YAMLSeq } from 'yaml';

export interface Guess {
  value: string;
  /** How it was found, or what to do about it; null: it needs no word. */
  why: string | null;
}

export interface FirstSettings {
  /** The file's first lines. */
  opening: readonly string[];
  site: Readonly<Record<'name' | 'url' | 'language' | 'timezone', Guess>>;
  source: {
    id: string;
    kind: string;
    settings: Readonly<Record<string, unknown>>;
    /** By the key in `settings`. */
    guesses: Readonly<Record<string, string>>;
    why: string;
  };
  feeds: readonly { id: string; section: string | null; why: string }[];
  /** Addresses of one's own network that the source is on. */
  allow: readonly string[];
}

/** The file's text. What a page said is text here: it can name no variable or file of this machine. */
export function writeSettings(first: FirstSettings): string {
  const root = new YAMLMap();
  add(root, 'site', siteOf(first.site));
  addPart(root, 'sources', list([sourceOf(first.source)]));
  addPart(root, 'feeds', list(first.feeds.map(feedOf)));
  addPart(root, 'channels', list([boardChannel()]), 'Where posts go. More kinds: docs/channels.md');
  if (first.allow.length > 0) {
    const network = new YAMLMap();
    add(network, 'allow', list(first.allow.map(text)));
    addPart(root, 'network', network, 'The site is on your own network: only this may be reached there.');
  }
  const document = new Document(root);
  document.commentBefore = commentOf(first.opening);
  return document.toString({ lineWidth: 0 });
}

function siteOf(site: FirstSettings['site']): YAMLMap {
  const map = new YAMLMap();
  for (const key of ['name', 'url', 'language', 'timezone'] as const) {
    const { value, why } = site[key];
    add(map, key, text(value), why);
  }
  return map;
}

function sourceOf({ id, kind, settings, guesses, why }: FirstSettings['source']): YAMLMap {
  const map = new YAMLMap();
  map.commentBefore = commentOf([
    why,
    ...Object.entries(guesses).flatMap(([key, guess]) => (key in settings ? [] : guess)),
  ]);
  add(map, 'id', text(id));
  add(map, 'kind', text(kind));
  for (const [key, value] of Object.entries(settings)) add(map, key, plain(value), guesses[key]);
  add(map, 'profile', text('auto'), 'How its pages read; chosen by language. One of your own: docs/profiles.md');
  return map;
}

function feedOf({ id, section, why }: FirstSettings['feeds'][number]): YAMLMap {
  const map = new YAMLMap();
  map.commentBefore = commentOf([why]);
  add(map, 'id', text(id));
  if (section === null) return map;
  const only = new YAMLMap();
  only.flow = true;
  const sections = list([text(section)]);
  sections.flow = true;
  add(only, 'section', sections);
  add(map, 'title', text(section));
  add(map, 'only', only);
  return map;
}

function boardChannel(): YAMLMap {
  const map = new YAMLMap();
  map.commentBefore = commentOf([
    'A page of Loa’s own, /board/board, that shows what would be posted; nothing goes out.',
  ]);
  add(map, 'id', text('board'));
  add(map, 'kind', text('board'));
  return map;
}

function add(map: YAMLMap, key: string, value: unknown, comment: string | null | undefined = null): void {
  const name = new Scalar(key);
  if (comment) name.commentBefore = commentOf([comment]);
  map.add({ key: name, value } as never);
}

function addPart(root: YAMLMap, key: string, value: unknown, comment: string | null = null): void {
  const name = new Scalar(key);
  name.spaceBefore = true;
  if (comment) name.commentBefore = commentOf([comment]);
  root.add({ key: name, value } as never);
}

function list(items: readonly unknown[]): YAMLSeq {
  const sequence = new YAMLSeq();
  for (const item of items) sequence.add(item);
  return sequence;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return list(value.map(plain));
  if (value === null || typeof value !== 'object') return new Scalar(value);
  const map = new YAMLMap();
  for (const [key, inner] of Object.entries(value)) add(map, key, plain(inner));
  return map;
}

// `${env:…}` in a page's title must not become a secret in every feed.
function text(value: string): Scalar {
  return new Scalar(value.replace(/\$+(?=\{)/g, /^https?:/i.test(value) ? '%24' : ''));
}

/** One line each, whatever stands in it. */
function commentOf(lines: readonly string[]): string {
  return lines.map((line) => ` ${line.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()}`).join('\n');
}
