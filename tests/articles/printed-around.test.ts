import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Article } from '#src/core/article.ts';

const site = { name: 'The Example', url: 'https://a.example', language: 'en', timezone: 'UTC' };
const context = { profile: loadProfile('auto', 'en'), site, now: Date.parse('2026-11-25T15:00:00Z') };
const story = [
  'The bridge at Norhaven reopened on Tuesday after eleven months of repairs, four months later than planned.',
  'The work cost two million, most of it for the southern pier, according to the county council.',
  'Residents on both banks said children no longer need to walk twelve kilometres to school.',
  'The county will install lamps at both ends next month and then let small lorries through.',
];

function read(top: string, inside = ''): Article {
  const [one, two, ...rest] = story.map((text) => `<p>${text}</p>`);
  const body = `<h1>Bridge reopens at Norhaven</h1>${top}<div class="k1">${one}${two}${inside}${rest.join('')}</div>`;
  const html = `<html lang="en"><head><title>Bridge reopens at Norhaven</title></head><body><main><article>${body}</article></main></body></html>`;
  return readArticle({ kind: 'page', url: 'https://a.example/news/bridge', html, hints: {} }, context);
}

describe('names over the story', () => {
  it.each([
    [
      'two addresses',
      '<address>By <a rel="author" href="/a/1">Jane Roe</a></address><address>and <a rel="author" href="/a/2">Tom Poe</a></address>',
      ['Jane Roe', 'Tom Poe'],
    ],
    [
      'links with places',
      '<address><a rel="author" href="/a/1">Jane Roe</a> in Norhaven and <a rel="author" href="/a/2">Tom Poe</a> in London</address>',
      ['Jane Roe', 'Tom Poe'],
    ],
    ['a second line', '<p class="b">By Jane Roe<br>Special to The Example</p>', ['Jane Roe']],
    ['agencies', '<div class="b">By Jane Roe and agencies</div>', ['Jane Roe']],
  ])('%s', (_, top, names) => {
    expect(read(top).byline).toEqual(names);
  });
});

describe('what is said of a photo', () => {
  const image = '<img src="/a.jpg" width="800" height="500">';
  it.each([
    [
      'twice, for two screens',
      `<figure>${image}<figcaption class="m">The pier. (Tom Poe/The Example)</figcaption><figcaption class="d">The pier. (Tom Poe/The Example)</figcaption></figure>`,
      'The pier.',
      'Tom Poe/The Example',
    ],
    ['in its label', `<figure aria-label="A lorry on the pier">${image}</figure>`, 'A lorry on the pier', null],
    [
      'in attributes',
      `<figure><img src="/a.jpg" width="800" height="500" data-credit="Tom Poe"><figcaption>The pier.</figcaption></figure>`,
      'The pier.',
      'Tom Poe',
    ],
    [
      'on the box around it',
      `<div class="k2" data-caption="The pier at dawn">${image}</div>`,
      'The pier at dawn',
      null,
    ],
    [
      'in a plain box',
      `<div class="k2">${image}<p class="k3">The pier at dawn (Photo: Tom Poe)</p></div>`,
      'The pier at dawn',
      'Tom Poe',
    ],
  ])('%s', (_, html, caption, credit) => {
    const article = read('', html);
    expect(article.photos).toMatchObject([{ url: 'https://a.example/a.jpg', caption, credit }]);
    expect(article.text.split('\n\n')).toEqual(story);
  });
});

it('takes no note of a change for the lead', () => {
  expect(read('<p><em>This story was updated on Nov. 20 at 4 p.m.</em></p>').lead).toBe(story[0]);
});

it('cuts the label over an advertisement also in the first third', () => {
  const article = read('<p>Advertisement</p>', '<p>Scroll to continue with content</p>');
  expect(article.text.split('\n\n')).toEqual(story);
});
