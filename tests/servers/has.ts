import { type Program, programs } from '#tests/servers/programs.ts';

/** Whether the tests may use it: `describe.skipIf(!has('redis'))`. */
export function has(name: Program['name']): boolean {
  return find(name) !== null;
}

/** Path of a program that is there. */
export function pathOf(name: Program['name']): string {
  const path = find(name);
  if (!path) throw new Error(`${name} is not on this machine`);
  return path;
}

function find(name: Program['name']): string | null {
  return programs.find((program) => program.name === name)!.find();
}
