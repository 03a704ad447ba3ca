/** For `sort`. By code unit: the order must not change with the machine's language. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
