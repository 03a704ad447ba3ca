import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadProfile, phraseLanguages, profileMistakes, profileNames } from '#config/profiles.ts';
import { fitProfile } from '#src/core/fit-profile.ts';
import { selectorMistake } from '#src/markup/selector.ts';

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

  it('reads a source by the profile that has its kind’s name, where it is to choose', () => {
    expect(loadProfile('auto', 'vi', { kind: 'wordpress' }).name).toBe('wordpress');
    expect(loadProfile('auto', 'vi', { kind: 'feed' }).name).toBe('vietnamese-portal');
    expect(loadProfile('generic', 'vi', { kind: 'wordpress' }).name).toBe('generic');
  });

  it('holds the phrases of the languages it names and of the site’s, and brings the others along', () => {
    const profile = loadProfile('generic', 'fr-CA');
    expect(profile.boilerplate).toEqual(expect.arrayContaining(['Lire aussi', 'Related stories']));
    expect(profile.boilerplate).not.toContain('Lesen Sie auch');
    expect(profile.languages['de']?.boilerplate).toContain('Lesen Sie auch');
    expect(Object.keys(profile.languages)).not.toContain('fr');
  });

  it('lets what a profile says win over a language’s', () => {
    const path = file('khong-ten.yaml', 'extends: vietnamese-portal\nbyline: { bareNames: false }\n');
    expect(loadProfile('vietnamese-portal').byline.bareNames).toBe(true);
    expect(loadProfile(path, 'vi').byline.bareNames).toBe(false);
  });

  it('knows an operator’s own body selectors from those that come along', () => {
    expect(loadProfile('vietnamese-portal').expectsBody).toBe(false);
    expect(loadProfile(file('no-body.yaml', 'extends: vietnamese-portal\n')).expectsBody).toBe(false);
    expect(loadProfile(file('body.yaml', 'extends: generic\nselectors: { body: [.bai] }\n')).expectsBody).toBe(true);
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

describe('fitProfile', () => {
  it('adds the phrases of the article’s own language after the profile’s', () => {
    const profile = loadProfile('english-news', 'en');
    const fitted = fitProfile(profile, { language: 'vi-VN' });
    expect(fitted.boilerplate.slice(0, profile.boilerplate.length)).toEqual(profile.boilerplate);
    expect(fitted.boilerplate).toContain('Tin liên quan');
    expect(fitted).toMatchObject({ name: 'english-news', captionLines: true, byline: { bareNames: true } });
    expect(fitted.selectors).toEqual(profile.selectors);
  });

  it('changes nothing for a language it holds already, or that nobody wrote down', () => {
    const profile = loadProfile('vietnamese-portal', 'vi');
    for (const language of ['vi', 'en', 'xx', 'constructor', '', null])
      expect(fitProfile(profile, { language })).toBe(profile);
  });

  it('puts the selectors of a page’s own system first, where the profile was chosen by itself', () => {
    const generators = ['Elementor 3.2', 'WordPress 6.8.1'];
    const fitted = fitProfile(loadProfile('auto', 'vi'), { generators });
    expect(fitted.selectors.body[0]).toBe('.entry-content');
    expect(fitted.selectors.body).toContain('.detail-content');
    expect(fitProfile(loadProfile('vietnamese-portal', 'vi'), { generators }).selectors.body).not.toContain(
      '.entry-content',
    );
    expect(fitProfile(loadProfile('auto', 'vi'), { generators: ['Drupal 11'] }).selectors.body).not.toContain(
      '.entry-content',
    );
  });
});

describe('the profiles that come along', () => {
  it('hold selectors that are right', () => {
    for (const name of profileNames()) expect(profileMistakes(name, selectorMistake)).toEqual([]);
  });

  it.each(phraseLanguages())('have no phrase twice in %s', (language) => {
    const { boilerplate = [] } = loadProfile('generic').languages[language] ?? {
      boilerplate: loadProfile('generic').boilerplate,
    };
    expect(boilerplate.length).toBeGreaterThan(10);
    expect(boilerplate.filter((phrase, index) => boilerplate.indexOf(phrase) !== index)).toEqual([]);
  });
});

describe('profileMistakes', () => {
  it('names a selector that does not parse, with its place', () => {
    const path = file(
      'selectors.yaml',
      'extends: generic\nselectors:\n  body: [.bai, "div[class="]\n  drop: ["p > "]\n',
    );
    expect(profileMistakes(path, selectorMistake)).toMatchObject([
      { line: 3, column: 16, message: expect.stringContaining('is not a CSS selector') },
      { line: 4, column: 10, message: expect.stringContaining('nothing stands after') },
    ]);
  });

  it('names the nearest of a language nobody wrote phrases for', () => {
    expect(profileMistakes(file('language.yaml', 'languages: [vi, ee]\n'), selectorMistake)).toMatchObject([
      { line: 1, column: 17, message: '`languages.1` is no language with phrases here: did you mean `de`?' },
    ]);
  });

  it('takes one without brackets for a list of one', () => {
    const path = file('one.yaml', 'extends: generic\nselectors: { body: .bai }\nboilerplate: Góc quảng bá\n');
    expect(profileMistakes(path, selectorMistake)).toEqual([]);
    expect(loadProfile(path)).toMatchObject({ selectors: { body: ['.bai'] } });
    expect(loadProfile(path).boilerplate).toContain('Góc quảng bá');
    expect(profileMistakes(file('one-wrong.yaml', 'selectors: { body: "a[" }\n'), selectorMistake)).toMatchObject([
      { line: 1, column: 20, message: expect.stringContaining('is not a CSS selector') },
    ]);
    expect(profileMistakes(file('number.yaml', 'boilerplate: [Tin, 7]\n'), selectorMistake)).toMatchObject([
      { line: 1, column: 20, message: expect.stringContaining('must be text') },
    ]);
    expect(profileMistakes(file('keys.yaml', 'boilerplate: { a: b }\n'), selectorMistake)).toMatchObject([
      { line: 1, column: 14, message: expect.stringContaining('must be') },
    ]);
  });

  it('tells of a profile it builds upon that is not there, and of an empty file', () => {
    expect(profileMistakes(file('on-nothing.yaml', 'extends: genric\n'), selectorMistake)).toMatchObject([
      { message: 'There is no profile genric', fix: expect.stringContaining('generic') },
    ]);
    expect(profileMistakes(file('empty.yaml', ''), selectorMistake)).toMatchObject([
      { message: 'the file is empty', fix: 'It needs at least `extends: generic`' },
    ]);
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
