/** A channel's template, read strictly: Liquid without files, unknown names refused, bounded work. */
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

const liquid = new Liquid({
  strictFilters: true,
  strictVariables: true,
  ownPropertyOnly: true,
  // Without this, `include` and `render` read files.
  templates: {},
  parseLimit: 10_000,
  renderLimit: 200,
  memoryLimit: 1_000_000,
});

/** The template with its values; a `UserError` says what is wrong with it. */
export function renderTemplate(template: string, values: TemplateValues): string {
  try {
    return String(liquid.renderSync(parse(template), { ...values }));
  } catch (error) {
    throw new UserError(`the template cannot be used: ${messageOf(error)}`, {
      next: `Use only {{${names.join('}}, {{')}}} and Liquid's own tags and filters.`,
    });
  }
}

/** What is wrong with a template, as the end of a sentence that begins with its name; null when it can be used. */
export function templateMistake(template: string): string | null {
  try {
    liquid.renderSync(parse(template), Object.fromEntries(names.map((name) => [name, name])));
    return null;
  } catch (error) {
    return `cannot be used: ${messageOf(error)}; it may name ${names.join(', ')}`;
  }
}

const names = ['headline', 'lead', 'summary', 'link', 'hashtags', 'byline', 'section', 'dateline'];

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
