/** Reads the Prometheus exposition format as strictly as Prometheus does, and says where a text breaks it. */

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Exposition {
  samples: Sample[];
  help: Map<string, string>;
  types: Map<string, string>;
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = '([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\\\\n]|\\\\["\\\\n])*)"';
const sampleLine = new RegExp(`^(${name})(?:\\{(${label}(?:,${label})*)?,?\\})? (\\S+)(?: -?\\d+)?$`);

export function readExposition(text: string): Exposition {
  const read: Exposition = { samples: [], help: new Map(), types: new Map() };
  const seen = new Set<string>();
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue;
    const comment = new RegExp(`^# (HELP|TYPE) (${name}) (.+)$`).exec(line);
    if (comment) {
      const [, kind, metric = '', rest = ''] = comment;
      const told = kind === 'HELP' ? read.help : read.types;
      if (told.has(metric)) throw new Error(`${kind} of ${metric} twice`);
      if (kind === 'TYPE' && !/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(line);
      told.set(metric, rest);
      continue;
    }
    const match = sampleLine.exec(line);
    if (!match) throw new Error(`not a sample: ${line}`);
    const [, metric = '', labels = ''] = match;
    const value = Number(match.at(-1)?.replace(/^([+-]?)Inf$/, '$1Infinity'));
    if (Number.isNaN(value) && match.at(-1) !== 'NaN') throw new Error(`not a number: ${line}`);
    const family = metric.replace(/_(bucket|sum|count)$/, '');
    if (!read.types.has(metric) && !read.types.has(family)) throw new Error(`no TYPE before ${metric}`);
    if (seen.has(`${metric}{${labels}}`)) throw new Error(`twice: ${line}`);
    seen.add(`${metric}{${labels}}`);
    const pairs = [...labels.matchAll(new RegExp(label, 'g'))].map(([, key = '', text = '']) => [key, text]);
    read.samples.push({ name: metric, labels: Object.fromEntries(pairs), value });
  }
  return read;
}
