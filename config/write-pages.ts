/** `docs/configuration.md` and the tables of `docs/channels.md`, from the schemas themselves. */
import { type JsonSchema, toJsonSchema } from '#config/json-schema.ts';
import type { ChannelKind, SourceKind } from '#config/kinds.ts';
import { markdownTable } from '#config/markdown-table.ts';
import { settingsFile } from '#config/schema.ts';

type Described<K> = K & { summary: string; setUp?: readonly string[] };

const note = '<!-- Written by "npm run docs" from the program itself. -->';

export function configurationPage(sources: readonly Described<SourceKind>[]): string {
  return `# Settings

${note}

Settings stand in \`config/loa.yaml\`, or in the file named by \`--config FILE\` or \`LOA_CONFIG\`. \`loa check\` shows every
mistake with its line. Only \`site.name\` and \`site.url\` must be given. \`config/defaults.yaml\` holds every key to copy from;
\`config/schema.json\` makes editors complete and check them: put
\`# yaml-language-server: $schema=./schema.json\` on the first line.

- Durations are \`30s\`, \`2m\`, \`6h\`, \`3d\`.
- \`\${env:NAME}\` in a value is replaced by the environment variable, \`\${file:/path}\` by the file's text; passwords and tokens
  belong there, not in the settings file.
- Secrets go out over https only, or to an address on \`network.allow\`. Plain http elsewhere is an error for a channel and
  a warning for a source.
- A path of a source begins at the settings file's folder; \`data\` begins at the folder Loa is started in.

## Keys

${table(rows(toJsonSchema(settingsFile), ''))}

## Kinds of sources

The keys of a kind stand beside \`id\`, \`kind\`, \`profile\` and \`poll\`.
${sources.map(kindSection).join('')}`;
}

export function channelsPage(
  channels: readonly (Described<ChannelKind> & { guarantee: string; limits: string })[],
): string {
  const overview = channels.map(({ kind, summary, guarantee, limits }) => {
    return [`[\`${kind}\`](#${kind})`, summary, guarantee, limits];
  });
  return `# Channels

${note}

A channel is an account on a service, or an address of your own, that gets a post for every article its \`only\` lets
through. Each is tried by itself: a slow or failing one never holds up another.

${markdownTable(['kind', 'what it is', 'sent twice?', 'takes'], overview)}

No channel ever gets a second post of one article. What differs is what happens when an answer is lost on the way: some
services recognise a repeat, on some Loa looks for its own post, and where neither works the delivery is parked for a
person (\`onUnknown: park\`).

The keys below stand under \`settings:\` of a channel; all other keys of a channel are in [configuration.md](configuration.md).
${channels.map(kindSection).join('')}`;
}

function kindSection({ kind, summary, setUp = [], settings }: Described<SourceKind>): string {
  const own = rows(toJsonSchema(settings), '');
  const steps = setUp.map((step, index) => `${index + 1}. ${step}\n`).join('');
  return `\n### ${kind}\n\n${summary.replace(/\.?$/, '.')}\n\n${steps && `${steps}\n`}${own.length > 0 ? `${table(own)}\n` : 'It needs no settings.\n'}`;
}

function table(lines: readonly string[][]): string {
  return markdownTable(['key', 'value', 'default', 'meaning'], lines);
}

/** One row per key; `[]` in a key stands for each entry of a list. */
function rows(schema: JsonSchema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const key = `${prefix}${name}`;
    const required = schema.required?.includes(name) && inner.default === undefined;
    // One of several forms may have keys of its own.
    const { properties } = inner.anyOf?.find((one) => one.properties) ?? inner;
    const nested = properties
      ? rows({ ...inner, properties }, `${key}.`)
      : inner.items?.properties
        ? rows(inner.items, `${key}[].`)
        : [];
    const fallback = nested.length > 0 && !Array.isArray(inner.default) && !inner.anyOf ? '' : shown(inner.default);
    const own = [`\`${key}\``, form(inner), required ? 'required' : fallback, inner.description ?? ''];
    return [own, ...nested];
  });
}

function form(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${String(schema.const) || '""'}\``;
  if (schema.title) return schema.title;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(form))].join(' or ');
  if (schema.type === 'integer' || schema.type === 'number') {
    const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
    return maximum < Number.MAX_SAFE_INTEGER ? `${minimum} to ${maximum}` : `number from ${minimum}`;
  }
  if (schema.type === 'array')
    return schema.items?.properties ? 'list' : `list of ${schema.items ? form(schema.items) : 'values'}`;
  if (schema.type === 'object') return 'keys';
  return { string: 'text', boolean: '`true` or `false`' }[schema.type ?? ''] ?? 'value';
}

function shown(value: unknown): string {
  if (value === undefined || value === '') return '';
  return `\`${typeof value === 'string' ? value.replaceAll('\n', '\\n') : JSON.stringify(value)}\``;
}
