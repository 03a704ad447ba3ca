/** `config/defaults.yaml`: every key with its default and its sentence, for people to copy from. */
import { stringify } from 'yaml';
import { type JsonSchema, toJsonSchema } from '#config/json-schema.ts';
import { settingsFile } from '#config/schema.ts';

const opening = `# Every key of config/loa.yaml, what it means and what it is when left out.
# Only site.name and site.url must be given. Written by "npm run docs"; changing this file changes nothing.
# Durations: 30s 2m 6h 3d. Values may hold \${env:NAME} and \${file:/path}.
`;

/** What a new file needs and has no default. */
const examples: Readonly<Record<string, string>> = { 'site.name': 'My newsroom', 'site.url': 'https://news.example' };

export function defaultsYaml(): string {
  return `${opening}\n${keys(toJsonSchema(settingsFile), [], '')}`;
}

function keys(schema: JsonSchema, path: readonly string[], indent: string): string {
  return Object.entries(schema.properties ?? {})
    .map(([name, inner]) => entry(name, inner, [...path, name], indent))
    .join(path.length === 0 ? '\n' : '');
}

function entry(name: string, schema: JsonSchema, path: readonly string[], indent: string): string {
  const comment = `${indent}# ${schema.description ?? ''}\n`;
  if (schema.items?.properties)
    return `${comment}${indent}${name}: ${flow(schema.default)}\n${comments(schema.items, '-')}`;
  const hasValues = Object.values(schema.properties ?? {}).some((inner) => inner.default !== undefined);
  if (schema.properties && !hasValues && path.join('.') !== 'site')
    return `${comment}${indent}${name}: {}\n${comments(schema, ' ')}`;
  if (schema.properties) return `${comment}${indent}${name}:\n${keys(schema, path, `${indent}  `)}`;
  const value = schema.default ?? examples[path.join('.')];
  return `${comment}${indent}${value === undefined ? `# ${name}:` : `${name}: ${flow(value)}`}\n`;
}

/** Keys that have no value of their own are shown as comments, the way they are written; `-` begins a list's entry. */
function comments(schema: JsonSchema, mark: string): string {
  const lines = entryLines(schema, '');
  const width = Math.min(28, Math.max(...lines.map(([written]) => written.length)));
  const shown = lines.map(([written, meaning], index) => {
    return `#  ${index === 0 ? mark : ' '} ${written.padEnd(width)}  # ${meaning}`;
  });
  return `${shown.join('\n')}\n`;
}

function entryLines(schema: JsonSchema, indent: string): [string, string][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const hasKeys = Object.keys(inner.properties ?? {}).length > 0;
    const value = hasKeys || inner.default === undefined ? '' : ` ${flow(inner.default)}`;
    const own: [string, string] = [`${indent}${name}:${value}`, inner.description ?? ''];
    return [own, ...(hasKeys ? entryLines(inner, `${indent}  `) : [])];
  });
}

function flow(value: unknown): string {
  if (typeof value === 'string' && value.includes('\n')) return JSON.stringify(value);
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();
  return typeof value === 'string' ? text : text.replace(/\{(?=[^}])/g, '{ ').replace(/(?<=[^{])\}/g, ' }');
}
