/** A channel's template, read strictly: Liquid without files, clock or chance, unknown names refused, bounded work. */
import { Liquid, type Template } from 'liquidjs';
import { messageOf, UserError } from '#src/core/errors.ts';

/** What a template may name. */
export interface TemplateValues {
  headline: string;
  lead: string;
  summary: string;
  link: string;
  hashtags: string;
  byline: string;
  section: string;
  dateline: string;
}

export const templateNames: readonly (keyof TemplateValues)[] = [
  'headline',
  'lead',
  'summary',
  'link',
  'hashtags',
  'byline',
  'section',
  'dateline',
];

export const liquid = new Liquid({
  strictFilters: true,
  strictVariables: true,
  ownPropertyOnly: true,
  // Without this, tags that name other templates read files.
  templates: {},
  parseLimit: 10_000,
  // Milliseconds: far beyond what a post needs, on a busy machine too.
  renderLimit: 1000,
  memoryLimit: 1_000_000,
});
// There are no other templates, and the same article must make the same post at any time.
for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];
for (const filter of Object.keys(liquid.filters)) {
  if (/^(date|sample$|shuffle$)/.test(filter)) delete liquid.filters[filter];
}

/** The template with its values; a `UserError` says what is wrong with it. */
export function renderTemplate(template: string, values: TemplateValues): string {
  try {
    return String(liquid.renderSync(parse(template), { ...values }));
  } catch (error) {
    throw new UserError(`the template cannot be used: ${messageOf(error)}`, {
      next: `Use only {{${templateNames.join('}}, {{')}}} and Liquid's own tags and filters.`,
    });
  }
}

/** Parsed once: a cut tries a template some twenty times. */
const parsed = new Map<string, Template[]>();

function parse(template: string): Template[] {
  const known = parsed.get(template);
  if (known) return known;
  const fresh = liquid.parse(template);
  if (parsed.size > 200) parsed.clear();
  parsed.set(template, fresh);
  return fresh;
}
