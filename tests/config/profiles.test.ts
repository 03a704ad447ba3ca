import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadProfile, profileNames } from '#config/profiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('loadProfile', () => {
  it('reads every profile that comes along', () => {
    expect(profileNames()).toEqual(['english-news', 'generic', 'vietnamese-portal', 'wordpress']);
    for (const name of profileNames()) expect(loadProfile(name)).toMatchObject({ name });
  });

  it('joins lists, the nearer first, and replaces single values', () => {
    const path = file(
      'que.yaml',
      'extends: vietnamese-portal\nselectors: { body: [.bai] }\nboilerplate: [Góc quảng bá]\ncaptionLines: false\n',
    );
    const profile = loadProfile(path);
    expect(profile).toMatchObject({ name: 'que', extends: 'vietnamese-portal', captionLines: false });
    expect(profile.selectors.body[0]).toBe('.bai');
    expect(profile.selectors.body).toContain('.detail-content');
    expect(profile.boilerplate).toEqual(expect.arrayContaining(['Góc quảng bá', 'Tin liên quan', 'Read more']));
    expect(profile.byline.bareNames).toBe(true);
  });

  it('chooses by the site’s language', () => {
    expect(loadProfile('auto', 'vi').name).toBe('vietnamese-portal');
    expect(loadProfile('auto', 'en-GB').name).toBe('english-news');
    expect(loadProfile('auto', 'th').name).toBe('generic');
    expect(loadProfile('auto', 'constructor').name).toBe('generic');
  });

  it('names the nearest of an unknown name', () => {
    expect(() => loadProfile('vietnamese-portl')).toThrow('There is no profile vietnamese-portl');
    expect(catchNext(() => loadProfile('vietnamese-portl'))).toContain('Did you mean vietnamese-portal?');
    expect(() => loadProfile(join(folder, 'none.yaml'))).toThrow('There is no profile file');
  });

  it('says where a mistake stands', () => {
    const path = file('bad.yaml', 'extends: generic\nboilerplat: [x]\ncaptionLines: yes please\n');
    expect(() => loadProfile(path)).toThrow(`${path}:2:1: unknown key \`boilerplat\`: did you mean \`boilerplate\`?`);
    expect(() => loadProfile(path)).toThrow(`${path}:3:15`);
  });

  it('refuses profiles that build upon themselves', () => {
    file('a.yaml', 'extends: ./b.yaml\n');
    file('b.yaml', 'extends: ./a.yaml\n');
    expect(() => loadProfile(join(folder, 'a.yaml'))).toThrow('builds upon itself');
  });
});

function catchNext(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return (error as { next: string | null }).next;
  }
}
