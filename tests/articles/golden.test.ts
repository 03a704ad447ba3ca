import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Article } from '#src/core/article.ts';
import type { Hints } from '#src/core/raw-article.ts';

interface Golden {
  given: { profile: string; language: string; timezone: string; url: string | null; hints: Hints };
  article: Article;
}

const folder = join(import.meta.dirname, '../golden/articles');
const now = Date.parse('2026-11-25T15:00:00Z');

describe('articles as an editor would describe them', () => {
  for (const file of readdirSync(folder).filter((name) => /\.(?:html|txt)$/.test(name))) {
    it(file, () => {
      const text = readFileSync(join(folder, file), 'utf8');
      const golden = JSON.parse(readFileSync(join(folder, file.replace(/\.\w+$/, '.json')), 'utf8')) as Golden;
      expect(read(file, text, golden.given)).toEqual(golden.article);
    });
  }
});

function read(file: string, content: string, { profile, language, timezone, url, hints }: Golden['given']): Article {
  const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language, timezone };
  const context = { profile: loadProfile(profile), site, now };
  if (file.endsWith('.txt')) return readArticle({ kind: 'text', text: content, hints }, context);
  return readArticle({ kind: 'page', url, html: content, hints }, context);
}
