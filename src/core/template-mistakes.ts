/** What is wrong with a template, in every branch of it, before an article is there. */
import { LiquidError, type Template } from 'liquidjs';
import { messageOf } from '#src/core/errors.ts';
import { nearest } from '#src/core/nearest.ts';
import { liquid, templateNames } from '#src/core/template.ts';

export interface TemplateMistake {
  /** The end of a sentence that begins with the template's name. */
  message: string;
  /** Where it stands in the template, in UTF-16 units. */
  offset: number;
}

/** None for a template that can be used. */
export function templateMistakes(template: string): TemplateMistake[] {
  try {
    const parsed = liquid.parse(template);
    const unknown = unknownNames(template, parsed);
    if (unknown.length > 0) return unknown;
    liquid.renderSync(parsed, Object.fromEntries(templateNames.map((name) => [name, name])));
    return [];
  } catch (error) {
    return [mistakeOf(error, template)];
  }
}

function unknownNames(template: string, parsed: Template[]): TemplateMistake[] {
  return Object.values(liquid.analyzeSync(parsed).globals)
    .flat()
    .flatMap((variable) => {
      const [name, property] = variable.segments.map(String);
      const { row, col } = variable.location;
      const offset = lineStart(template, row) + col - 1;
      if (!(templateNames as readonly string[]).includes(name!)) {
        return [placed(template, offset, `names the unknown variable \`${name}\`${guess(name!, templateNames)}`)];
      }
      if (property === undefined || property === 'size') return [];
      return [placed(template, offset, `asks \`${name}\` for \`${property}\`: it is text and has only \`size\``)];
    })
    .toSorted((a, b) => a.offset - b.offset);
}

function mistakeOf(error: unknown, template: string): TemplateMistake {
  const begin = error instanceof LiquidError ? error.token.begin : 0;
  const said = messageOf(error)
    .split('\n')[0]!
    .replace(/, line:\d+, col:\d+$/, '');
  const filter = /^undefined filter: (.+)$/.exec(said)?.[1];
  if (filter !== undefined) {
    const at = template.slice(begin).search(new RegExp(`\\|\\s*${RegExp.escape(filter)}`));
    const offset = at < 0 ? begin : template.indexOf(filter, begin + at);
    return placed(
      template,
      offset,
      `uses the unknown filter \`${filter}\`${guess(filter, Object.keys(liquid.filters))}`,
    );
  }
  const tag = /^tag "(.+)" not found$/.exec(said)?.[1];
  if (tag !== undefined) {
    return placed(template, begin, `uses the unknown tag \`${tag}\`${guess(tag, Object.keys(liquid.tags))}`);
  }
  return placed(template, begin, `cannot be used: ${said}`);
}

function guess(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near) return `: did you mean \`${near}\`?`;
  return known === templateNames ? `; it may name ${known.join(', ')}` : '';
}

function placed(template: string, offset: number, message: string): TemplateMistake {
  const before = template.slice(0, offset).split('\n');
  // In front of a question or a list: they end the sentence.
  const [said, rest = ''] = message.split(/(?=: did you mean|; it may name)/);
  return { message: `${said} (line ${before.length}, column ${before.at(-1)!.length + 1} of it)${rest}`, offset };
}

function lineStart(text: string, row: number): number {
  let at = 0;
  for (let line = 1; line < row; line++) at = text.indexOf('\n', at) + 1;
  return at;
}
