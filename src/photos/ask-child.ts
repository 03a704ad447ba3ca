import type { Manner, PhotoPool } from '#src/photos/pool.ts';
import type { RenderRequest, RenderResult } from '#src/photos/request.ts';

/** A child may have been ended for its neighbour's hunger: one more try, in a new one. */
export async function askChild(request: RenderRequest, pool: PhotoPool, manner: Manner = {}): Promise<RenderResult> {
  const result = await pool.render(request, manner);
  return result.kind === 'lost' && result.cause === 'ended' ? pool.render(request, manner) : result;
}
