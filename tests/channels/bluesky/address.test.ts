import { describe, expect, it } from 'vitest';
import { idOf } from '#src/channels/bluesky/address.ts';

const did = 'did:plc:q7xv3baovidu2m5nkz4tlowd';
const key = '3n2x3jhfak222';

describe('addresses of posts, as people copy them', () => {
  it('give the post, by handle or by DID', () => {
    const byHandle = { identifier: 'bao.example' };
    expect(idOf(`https://bsky.app/profile/${did}/post/${key}`, byHandle)).toBe(`at://${did}/app.bsky.feed.post/${key}`);
    expect(idOf(` https://bsky.app/profile/Bao.Example/post/${key}?ref=x `, byHandle)).toBe(
      `at://Bao.Example/app.bsky.feed.post/${key}`,
    );
    expect(idOf(`https://bsky.app/profile/${encodeURIComponent(did)}/post/${key}/`, { identifier: did })).toBe(
      `at://${did}/app.bsky.feed.post/${key}`,
    );
    expect(idOf(`at://${did}/app.bsky.feed.post/${key}`, byHandle)).toBe(`at://${did}/app.bsky.feed.post/${key}`);
  });

  it('give nothing for others and for what is no post', () => {
    for (const address of [
      `https://bsky.app/profile/khac.example/post/${key}`,
      'https://bsky.app/profile/bao.example',
      `https://bsky.app/profile/bao.example/feed/${key}`,
      `https://bao.example/profile/bao.example/post/${key}`,
      `http://bsky.app/profile/bao.example/post/${key}`,
      `at://${did}/app.bsky.feed.like/${key}`,
      `https://bsky.app/profile/%E0%A4%A/post/${key}`,
      'bài viết',
      '',
    ]) {
      expect(idOf(address, { identifier: 'bao.example' }), address).toBeNull();
    }
    expect(idOf(`https://bsky.app/profile/did:plc:another/post/${key}`, { identifier: did })).toBeNull();
  });
});
