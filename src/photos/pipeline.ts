/** One photo's way from original to files: named steps, each handed the same work sheet. Runs in a child. */
import { PhotoRefusal } from '#src/photos/failure.ts';
import type { EmbeddedText, RenderRequest, RenderResult } from '#src/photos/request.ts';
import { checkOriginal } from '#src/photos/steps/check-original.ts';
import { decodeOriginal } from '#src/photos/steps/decode-original.ts';
import { planRenditions } from '#src/photos/steps/plan-renditions.ts';
import { readEmbedded } from '#src/photos/steps/read-embedded.ts';
import { writeRenditions } from '#src/photos/steps/write-renditions.ts';
import type { Work } from '#src/photos/work.ts';

type Step = (work: Work) => Promise<void>;

const steps: readonly Step[] = [checkOriginal, readEmbedded, planRenditions, decodeOriginal, writeRenditions];

/** Renders one photo. Files that stand there already are kept as they are. Throws only when the machine fails. */
export async function renderPicture(request: RenderRequest): Promise<Exclude<RenderResult, { kind: 'lost' }>> {
  const work: Work = { request, width: 0, height: 0, embedded: noWords, planned: [], pixels: null, renditions: [] };
  try {
    for (const step of steps) await step(work);
  } catch (error) {
    if (error instanceof PhotoRefusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
  const { width, height, renditions, embedded } = work;
  return { kind: 'rendered', width, height, renditions, embedded };
}

const noWords: EmbeddedText = { headline: null, caption: null, byline: null, credit: null, copyright: null, alt: null };
