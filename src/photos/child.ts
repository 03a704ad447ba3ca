/** A photo child: takes one request after another over its channel, and ends when its parent does. */
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fitPicture } from '#src/photos/fit-picture.ts';
import { renderPicture } from '#src/photos/pipeline.ts';
import type { ChildAnswer, ChildRequest } from '#src/photos/request.ts';

yieldToOthers();
process.on('disconnect', () => process.exit());
process.on('message', async (request: ChildRequest) => {
  const answer = await answerTo(request);
  process.send?.(answer);
});

async function answerTo(request: ChildRequest): Promise<ChildAnswer> {
  try {
    return 'target' in request ? await fitPicture(request) : await renderPicture(request);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return { kind: 'broken', message: message ?? String(error), code: code ?? null };
  }
}

/** Pictures wait for feeds and posts, and when memory runs out the kernel ends a picture rather than the worker. */
function yieldToOthers(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '800');
  } catch {
    // Some containers forbid it; it is only a courtesy.
  }
}
