/** The strict reading of XML that we wrote ourselves. */
import { SaxesParser } from 'saxes';

/** Throws with line and column at the first fault against XML 1.0 or its namespaces. */
export function assertWellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}
