/** English sentences that say who somebody is before they say what happened. */

/** The same without offices behind a name, companions, and clauses that only describe. */
export function withoutEnglishAsides(sentence: string): string {
  const parts = sentence.split(/(?<=[,;])\s+/u);
  const kept: string[] = [];
  let dropped = false;
  // Where the verb comes after a clause that itself holds commas.
  let verbAt = -1;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (index < verbAt) continue;
    if (index > 0 && !isLast && (describes.test(part) || office.test(part) || (dropped && goesOn.test(part)))) {
      if (clause.test(part)) verbAt = parts.findIndex((later, at) => at > index && verb.test(later));
      dropped = true;
      continue;
    }
    // Between a name and its verb no comma stands, unless the name itself says who `The minister` is.
    const isNamed = kept.length > 1 && /^(?:The|A|An|His|Her|Its|Their)\s/u.test(kept[0]!);
    if (dropped && !isNamed && /^[a-z]/.test(part) && !conjunction.test(part))
      kept.push(kept.pop()!.replace(/[,;]$/u, ''));
    kept.push(part);
    dropped = false;
  }
  return kept.join(' ');
}

const describes =
  /^(?:who|whom|whose|which|where|accompanied by|flanked by|joined by|along with|together with|as well as|including|formerly|aged?\s|\d{1,3},$)/iu;

const clause = /^(?:who|whom|whose|which|where)\s/iu;

const verb =
  /^(?:has|have|had|is|are|was|were|will|would|can|could|says?|said|told|took|gave|made|won|died|led|left|met|held|began|went|came|wrote|[a-z]{2,}[a-z](?<!ne)ed)\s/u;

const office =
  /^(?:and )?(?:(?:the|a|an|his|her|its|their|who is the) )?(?:[\w'’-]+ ){0,7}(?:minister|president|chair(?:man|woman|person)?|secretary|director|governor|mayor|head|chief|commissioner|officer|spokes(?:man|woman|person)|ambassador|general|senator|representative|councill?or|leader|member|professor|manager|executive|deputy|superintendent|inspector|founder|owner|captain|coach)s?(?=[\s,;])/iu;

/** More of an office's name, or of a list of companions. */
const goesOn = /^(?:(?:and|of|for|the|by) )*\p{Lu}/u;

const conjunction = /^(?:and|but|or|so|yet|while|when|as|because|after|before|although|though|since|if|which|who)\b/;
