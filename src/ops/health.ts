import { messageOf } from '#src/core/errors.ts';

export interface PartHealth {
  name: string;
  ok: boolean;
  /** What is wrong, in plain words. */
  detail: string | null;
}

/** Asks each part for a sign of life; one that fails says why and does not hide the others. */
export function checkParts(parts: Readonly<Record<string, () => Promise<unknown>>>): Promise<PartHealth[]> {
  return Promise.all(
    Object.entries(parts).map(async ([name, ask]) => {
      try {
        await ask();
        return { name, ok: true, detail: null };
      } catch (error) {
        return { name, ok: false, detail: messageOf(error) };
      }
    }),
  );
}
