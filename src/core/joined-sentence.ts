import type { Verdict } from '#src/core/identity.ts';

export interface JoinedReading {
  sourceId: string;
  externalId: string;
  by: Verdict['by'];
  /** Its source had the article before, under another name. */
  isOwn: boolean;
  /** Whose text the article has from here on. */
  text: 'own' | 'stays' | 'moves';
  textFrom: string;
}

/** How it was recognised: `source desk has it as 4711: the same address; …`. In the ledger, so in English. */
export function joinedSentence({ sourceId, externalId, by, isOwn, text, textFrom }: JoinedReading): string {
  const name = externalId.length > 200 ? `${externalId.slice(0, 199).toWellFormed()}…` : externalId;
  const who = isOwn ? `source ${sourceId} calls it ${name} now` : `source ${sourceId} has it too, as ${name}`;
  return `${who}: ${evidence[by ?? 'id']}${whose(text, textFrom, sourceId)}`;
}

const evidence: Readonly<Record<NonNullable<Verdict['by']>, string>> = {
  id: 'the same id',
  address: 'the same address',
  number: 'the same number in its address, and much in common',
  headline: 'the same headline on the same day',
  content: 'almost the same text',
};

function whose(text: JoinedReading['text'], from: string, sourceId: string): string {
  if (text === 'stays') return `; the text stays that of source ${from}, which gives more`;
  return text === 'moves' ? `; its text is richer and comes from source ${sourceId} from here on` : '';
}
