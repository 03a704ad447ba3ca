/** Columns for people: each as wide as its widest cell, the last one as it comes. */
export function table(rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '')));
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? '')))) ?? [];
  return cells
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column]!, column === row.length - 1))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, to: number, isLast: boolean): string {
  return isLast ? cell : cell + ' '.repeat(to - width(cell));
}

/** In characters as a person counts them: a letter with its marks is one. */
function width(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
