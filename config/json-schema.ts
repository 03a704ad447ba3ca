/** `config/schema.json`, by which editors complete and check the settings file. */
import { z } from 'zod';
import type { Kinds, SourceKind } from '#config/kinds.ts';
import { settingsFile } from '#config/schema.ts';

export type JsonSchema = {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  additionalProperties?: unknown;
};

/** Of the whole file, each kind of source and channel with its own keys. */
export function settingsJsonSchema(kinds: Kinds): JsonSchema {
  const root = toJsonSchema(settingsFile);
  const sources = root.properties!['sources']!;
  const channels = root.properties!['channels']!;
  sources.items = { anyOf: kinds.sources.map((kind) => sourceEntry(sources.items!, kind)) };
  channels.items = { anyOf: kinds.channels.map((kind) => channelEntry(channels.items!, kind)) };
  return root;
}

/** What is written, before defaults and conversions. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json as JsonSchema;
}

function sourceEntry(frame: JsonSchema, kind: SourceKind): JsonSchema {
  const own = toJsonSchema(kind.settings);
  return {
    ...frame,
    properties: { ...withKind(frame, kind), ...own.properties },
    required: [...new Set([...(frame.required ?? []), ...(own.required ?? [])])],
    additionalProperties: false,
  };
}

function channelEntry(frame: JsonSchema, kind: SourceKind): JsonSchema {
  return { ...frame, properties: { ...withKind(frame, kind), settings: toJsonSchema(kind.settings) } };
}

function withKind(frame: JsonSchema, { kind }: SourceKind): Record<string, JsonSchema> {
  const description = frame.properties!['kind']!.description;
  return { ...frame.properties, kind: { const: kind, ...(description ? { description } : {}) } };
}
