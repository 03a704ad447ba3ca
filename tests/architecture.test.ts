import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Interfaces any outer folder may know: types and nothing that runs. */
const storeInterfaces = 'src/stores/*.ts';
const interfaces = [
  storeInterfaces,
  'src/channels/channel.ts',
  'src/feeds/feed-format.ts',
  'src/feeds/document.ts',
  'src/queue/job.ts',
  'src/sources/source.ts',
];
const stages = ['src/sources/', 'src/articles/', 'src/feeds/', 'src/photos/', 'src/channels/', 'src/hub/'];

/** What each folder may import beside itself. The same table stands in docs/architecture.md for people. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/core/': [],
  'src/markup/': ['src/core/'],
  'src/net/': ['src/core/'],
  'src/queue/': ['src/core/'],
  'src/stores/': ['src/core/'],
  'src/sources/': ['src/core/', 'src/markup/'],
  'src/articles/': ['src/core/', 'src/markup/'],
  'src/feeds/': ['src/core/', 'src/markup/'],
  'src/photos/': ['src/core/'],
  'src/channels/': ['src/core/'],
  'src/hub/': ['src/core/'],
  'src/delivery/': ['src/core/', 'src/channels/channel.ts', storeInterfaces],
  'src/demo/': ['src/core/', 'src/net/serve.ts'],
  'src/server/': ['src/core/', ...interfaces],
  'src/console/': ['src/core/', ...interfaces],
  'src/ops/': ['src/core/', ...interfaces],
  'config/': ['src/core/'],
  'jobs/': ['src/core/', ...stages, 'src/delivery/', storeInterfaces, 'src/queue/job.ts'],
  'src/commands/': ['src/', 'config/', 'jobs/'],
  'src/main.ts': ['src/core/', 'src/commands/'],
  'src/app.ts': ['src/', 'config/', 'jobs/'],
  'src/app-delivery.ts': ['src/', 'config/', 'jobs/'],
  'src/app-serving.ts': ['src/', 'config/', 'jobs/'],
};

/** Each package has one owner; `zod` and Node's own modules are free. */
const owners: Readonly<Record<string, readonly string[]>> = {
  '@bull-board/api': ['src/server/'],
  '@bull-board/fastify': ['src/server/'],
  '@bull-board/ui': ['src/server/'],
  '@electric-sql/pglite': ['src/stores/'],
  '@electric-sql/pglite-prepopulatedfs': ['src/stores/'],
  '@mozilla/readability': ['src/articles/'],
  bullmq: ['src/queue/'],
  exifr: ['src/photos/'],
  fastify: ['src/server/'],
  feed: ['src/feeds/'],
  feedsmith: ['src/markup/'],
  htmlparser2: ['src/markup/'],
  'iconv-lite': ['src/net/', 'src/markup/'],
  ioredis: ['src/queue/'],
  'ipaddr.js': ['src/net/'],
  kysely: ['src/stores/'],
  linkedom: ['src/markup/'],
  liquidjs: ['src/core/'],
  marked: ['src/markup/'],
  nodemailer: ['src/channels/'],
  pg: ['src/stores/'],
  pino: ['src/ops/'],
  'prom-client': ['src/ops/'],
  'sanitize-html': ['src/articles/'],
  saxes: ['src/markup/'],
  sharp: ['src/photos/'],
  tinyld: ['src/articles/'],
  tldts: ['src/sources/'],
  undici: ['src/net/'],
  yaml: ['config/', 'src/markup/'],
};

/** Node's own modules that compute and reach nothing. */
const pureModules = ['node:crypto', 'node:path', 'node:url'];

const files = ['src', 'jobs', 'config'].flatMap((folder) => listFiles(folder));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

describe('imports', () => {
  test.each(Object.keys(allowed))('%s imports only what it may', (folder) => {
    const strays = [...imports].flatMap(([file, targets]) =>
      belongsTo(file, folder)
        ? targets
            .filter((target) => isLocal(target) && !mayImport(folder, target))
            .map((target) => `${file} -> ${target}`)
        : [],
    );
    expect(strays).toEqual([]);
  });

  test('every file belongs to a folder of the table', () => {
    expect(files.filter((file) => !Object.keys(allowed).some((folder) => belongsTo(file, folder)))).toEqual([]);
  });

  test('only the command line knows the composition root', () => {
    const knowing = [...imports]
      .filter(([, targets]) => targets.some((target) => /^src\/app(-serving|-delivery)?\.ts$/.test(target)))
      .map(([file]) => file);
    expect(
      knowing.filter((file) => file !== 'src/main.ts' && file !== 'src/app.ts' && !file.startsWith('src/commands/')),
    ).toEqual([]);
  });

  test('a package is imported by its owner alone', () => {
    const strays = [...imports].flatMap(([file, targets]) =>
      targets
        .filter((target) => !isLocal(target) && !ownsPackage(file, target))
        .map((target) => `${file} -> ${target}`),
    );
    expect(strays).toEqual([]);
  });

  test('the core touches no disk, no network, no process', () => {
    const outside = [...imports].flatMap(([file, targets]) =>
      file.startsWith('src/core/')
        ? targets.filter((target) => target.startsWith('node:') && !pureModules.includes(target))
        : [],
    );
    expect(outside).toEqual([]);
  });

  test('nothing imports itself by way of others', () => {
    expect(findCycles()).toEqual([]);
  });

  test('other files are named from the root, never by ../', () => {
    const relative = [...imports].flatMap(([file, targets]) =>
      targets.filter((target) => target.startsWith('.')).map((target) => `${file} -> ${target}`),
    );
    expect(relative).toEqual([]);
  });
});

describe('files', () => {
  const texts = [...files, ...listFiles('tests')].map(
    (file) => [file, readFileSync(join(root, file), 'utf8')] as const,
  );

  test('none is longer than 300 lines, nine in ten are shorter than 200', () => {
    const lengths = texts.map(([file, text]) => [file, text.split('\n').length - 1] as const);
    expect(lengths.filter(([, length]) => length > 300)).toEqual([]);
    const short = lengths.filter(([, length]) => length < 200).length;
    expect(short / lengths.length).toBeGreaterThan(0.9);
  });

  test('names are exported by name, and from where they are made', () => {
    const defaults = texts.filter(([file, text]) => file !== 'tests/vitest.config.ts' && /^export default/m.test(text));
    const passedOn = texts.filter(([, text]) => /^export (\*|\{[^}]*\}|type \{[^}]*\}) from /m.test(text));
    expect([...defaults, ...passedOn].map(([file]) => file)).toEqual([]);
  });
});

function listFiles(folder: string): string[] {
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return found.filter((file) => file.endsWith('.ts')).map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

/** Paths from the root for our own files, names for the rest; type imports count like any other. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/^(?:import|export)\b[^'";]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...found].map(([, from, bare, lazy]) => (from ?? bare ?? lazy)!.replace(/^#/, ''));
}

function isLocal(target: string): boolean {
  return /^(src|jobs|config)\//.test(target);
}

function belongsTo(file: string, folder: string): boolean {
  return folder.endsWith('/') ? file.startsWith(folder) : file === folder;
}

function mayImport(folder: string, target: string): boolean {
  return (
    belongsTo(target, folder) ||
    allowed[folder]!.some((rule) => {
      if (rule.endsWith('*.ts')) return dirname(target) === dirname(rule);
      return rule.endsWith('/') ? target.startsWith(rule) : target === rule;
    })
  );
}

function ownsPackage(file: string, target: string): boolean {
  if (target.startsWith('node:') || target.startsWith('.') || target.startsWith('tests/')) return true;
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  return name === 'zod' || (owners[name]?.some((owner) => file.startsWith(owner)) ?? false);
}

function findCycles(): string[] {
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || finished.has(file)) return;
    for (const target of imports.get(file) ?? []) if (isLocal(target)) visit(target, [...path, file]);
    finished.add(file);
  };
  for (const file of files) visit(file, []);
  return cycles;
}
