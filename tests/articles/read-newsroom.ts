/** Reads a page of a newsroom nobody knows anything of but its language. */
import { loadProfile } from '#config/profiles.ts';
import { readWithSigns } from '#src/articles/read.ts';
import type { Article } from '#src/core/article.ts';

interface Site {
  language: string;
  zone?: string;
  name?: string;
  url?: string;
}

export function readNewsroom(
  html: string,
  { language, zone = 'UTC', name = 'The Paper', url = 'https://paper.example/2026/story' }: Site,
): Article {
  const site = { name, url: new URL(url).origin, language, timezone: zone };
  const context = { profile: loadProfile('auto', language), site, now: Date.parse('2026-11-25T15:00:00Z') };
  return readWithSigns({ kind: 'page', url, html, hints: {} }, context).article;
}

/** A story in four paragraphs. */
export const ferry = [
  'The ferry to Skerry Isle will sail twice a day this winter, the harbour board decided on Tuesday after a long meeting.',
  'Islanders had asked for three crossings, and brought a petition with more names than the island has voters.',
  'The extra sailing leaves at four, so that pupils who board in town can be home for their tea on Fridays.',
  'The board will look at the numbers again in March, when the days are longer and the ramp has its new chains.',
];
export const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join('\n');
