/** How a picture of any shape becomes a card: cut to fill it, or shown whole on a blurred ground. */
import { cardSize } from '#src/core/rendition.ts';

export type CardLayout =
  /** Enlarged or reduced until it fills the card, then cut. */
  | { kind: 'cut' }
  /** Shown whole, at this size. */
  | { kind: 'whole'; width: number; height: number };

// More than this looks soft.
const mostEnlarged = 1.25;

// A tall picture cut to a wide strip loses heads or feet.
const leastKept = 0.45;

/** For a picture of this size in pixels. */
export function cardLayout(width: number, height: number): CardLayout {
  const [across, down] = [cardSize.width / width, cardSize.height / height];
  const kept = Math.min(across, down) / Math.max(across, down);
  if (Math.max(across, down) <= mostEnlarged && kept >= leastKept) return { kind: 'cut' };
  const scale = Math.min(across, down, mostEnlarged);
  return {
    kind: 'whole',
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** The width at which a picture is to be decoded, so that its card is not enlarged for want of pixels. */
export function cardDecodeWidth(width: number, height: number): number {
  const layout = cardLayout(width, height);
  const wanted = layout.kind === 'whole' ? layout.width : Math.max(cardSize.width, (cardSize.height * width) / height);
  return Math.min(width, Math.ceil(wanted));
}
