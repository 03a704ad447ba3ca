/** Keys that no schema knows, found by walking schema and value together; kinds' schemas need not be strict. */
import type { z } from 'zod';
import type { KeyPath } from '#config/mistakes.ts';

export interface UnknownKey {
  path: KeyPath;
  /** What could stand there instead. */
  known: string[];
}

type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  element?: z.ZodType;
  options?: z.ZodType[];
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
};

/** All keys in `value` that `schema` does not name, with the path to each. */
export function unknownKeys(schema: z.ZodType, value: unknown, path: KeyPath = []): UnknownKey[] {
  const schemas = unfold(schema);
  if (Array.isArray(value)) {
    const elements = schemas.flatMap((one) => defOf(one).element ?? []);
    return elements.length === 0 ? [] : value.flatMap((item, index) => inAny(elements, item, [...path, index]));
  }
  if (value === null || typeof value !== 'object') return [];
  return inAny(schemas, value, path);
}

/** Where a value may have several forms, a key is unknown when none of them has it. */
function inAny(schemas: readonly z.ZodType[], value: unknown, path: KeyPath): UnknownKey[] {
  if (Array.isArray(value) || value === null || typeof value !== 'object') {
    return schemas.length === 1 ? unknownKeys(schemas[0]!, value, path) : [];
  }
  const shapes = schemas.flatMap(unfold).flatMap((one) => {
    const def = defOf(one);
    return def.type === 'object' ? [def] : [];
  });
  const known = [...new Set(shapes.flatMap((def) => Object.keys(def.shape ?? {})))];
  // One that names no keys takes none only where it says so.
  const isClosed = shapes.some((def) => def.catchall && defOf(def.catchall).type === 'never');
  if (shapes.length === 0 || (known.length === 0 && !isClosed)) return [];
  const open = shapes.some((def) => def.catchall && defOf(def.catchall).type !== 'never');
  return Object.entries(value).flatMap(([key, inner]) => {
    const forms = shapes.flatMap((def) => (Object.hasOwn(def.shape ?? {}, key) ? [def.shape![key]!] : []));
    if (forms.length === 0) return open ? [] : [{ path: [...path, key], known }];
    return forms.length === 1 ? unknownKeys(forms[0]!, inner, [...path, key]) : inAny(forms, inner, [...path, key]);
  });
}

/** The schemas behind defaults, optionals, pipes and unions. */
function unfold(schema: z.ZodType): z.ZodType[] {
  const def = defOf(schema);
  if (def.type === 'union') return def.options?.flatMap(unfold) ?? [];
  if (def.type === 'pipe') return unfold(defOf(def.in!).type === 'transform' ? def.out! : def.in!);
  return def.innerType ? unfold(def.innerType) : [schema];
}

function defOf(schema: z.ZodType): Def {
  return schema.def as unknown as Def;
}
