import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { sourceTools } from '#jobs/source-tools.ts';
import type { ArticleRef } from '#src/core/signal.ts';

/** Lets the source put away what was dealt with, or refused with `failure`; called when the ledger has it. */
export async function settleRef(
  { source, settings }: ConfiguredSource,
  ref: ArticleRef,
  failure: string | null,
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  await source.settle?.(ref, failure, settings.settings, sourceTools(deps, signal));
}
