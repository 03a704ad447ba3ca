import { type PhotoFormat, type PhotoRecord, renditionSizes } from '#src/core/rendition.ts';
import type { PhotoSettings } from '#src/core/settings.ts';

/** The newer formats of which a photo has not every width; none of a photo without files. */
export function missingFormats(
  { hash, width, height, renditions }: PhotoRecord,
  { formats, widths }: PhotoSettings,
): PhotoFormat[] {
  if (hash === null || width === null || height === null) return [];
  const sizes = renditionSizes(width, height, widths);
  return formats
    .filter((format) => format !== 'jpeg')
    .filter((format) =>
      sizes.some((size) => !renditions.some((one) => one.format === format && one.width === size.width)),
    );
}
