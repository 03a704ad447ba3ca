/** Puts values into a sentence of a words table: `fill('revision {n}', { n: 2 })`. What has no value is left empty. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
