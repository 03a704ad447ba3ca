/** One photo's way from original to files: named steps, each handed the same work sheet. Runs in a child. */
import { PhotoRefusal } from '#src/photos/failure.ts';
import type { EmbeddedText, RenderRequest, RenderResult } from '#src/photos/request.ts';
import { checkOriginal } from '#src/photos/steps/check-original.ts';
import { decodeOriginal } from '#src/photos/steps/decode-original.ts';
import { planRenditions } from '#src/photos/steps/plan-renditions.ts';
import { readEmbedded } from '#src/photos/steps/read-embedded.ts';
import { writeCard } from '#src/photos/steps/write-card.ts';
import { writeRenditions } from '#src/photos/steps/write-renditions.ts';
import type { Work } from '#src/photos/work.ts';

type Step = (work: Work) => Promise<void>;

const steps: readonly Step[] = [
  checkOriginal,
  readEmbedded,
  planRenditions,
  decodeOriginal,
  writeRenditions,
  writeCard,
];

/** Renders one photo. Files that stand there already are kept as they are. Throws only when the machine fails. */
export async function renderPicture(request: RenderRequest): Promise<Exclude<RenderResult, { kind: 'lost' }>> {
  const work = blankSheet(request);
  try {
    for (const step of steps) await step(work);
  } catch (error) {
    if (error instanceof PhotoRefusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
  const { width, height, renditions, cardBytes, embedded } = work;
  return { kind: 'rendered', width, height, renditions, cardBytes, embedded };
}

function blankSheet(request: RenderRequest): Work {
  const size = { width: 0, height: 0 };
  return {
    request,
    ...size,
    embedded: noWords,
    planned: [],
    card: null,
    pixels: null,
    renditions: [],
    cardBytes: null,
  };
}

const noWords: EmbeddedText = { headline: null, caption: null, byline: null, credit: null, copyright: null, alt: null };
