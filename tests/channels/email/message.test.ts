import { createHash, createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailOf } from '#src/channels/email/message.ts';
import { reader, settingsFor, startBench } from '#tests/channels/email/bench.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';
import { readMail } from '#tests/fakes/read-mail.ts';

const photo = (change: object = {}) => ({
  url: 'https://loa.example/photos/deo.jpg',
  file: 'photos/deo.jpg',
  ...{ width: 1200, height: 800, bytes: 9000, type: 'image/jpeg' },
  ...{ alt: 'Xe khách trên đèo', caption: 'Chuyến xe đầu tiên qua đèo.', credit: 'Ảnh: Hoàng Huấn' },
  ...change,
});

/** A story as the composer would give it with the usual template. */
function story(headline: string, summary: string, language: string) {
  const { article, link } = somePost();
  return somePost({
    article: { ...article, headline, summary },
    segments: [
      { kind: 'text', text: `${headline}\n\n${summary}\n\n` },
      { kind: 'link', text: link, url: link },
    ],
    language,
  });
}

async function written(post = somePost(), change: Record<string, unknown> = {}, tools = fakeChannelTools()) {
  const { raw } = await mailOf(someSending({ post, part: reader }), settingsFor(587, change), tools);
  const whole = raw.map((piece) => (typeof piece === 'string' ? piece : '')).join('');
  return { raw: whole, ...readMail(whole) };
}

const one = (headers: Map<string, string[]>, name: string) => {
  expect(headers.get(name), name).toHaveLength(1);
  return headers.get(name)![0]!;
};

describe('the headers', () => {
  it('name the reader alone, the sender, the list and the language', async () => {
    const { headers } = await written(somePost(), { replyTo: 'toa-soan@bao.example', listId: 'tin.bao.example' });
    expect(one(headers, 'to')).toBe(reader);
    expect(one(headers, 'from')).toBe('Báo Ví Dụ <tin@bao.example>');
    expect(one(headers, 'reply-to')).toBe('toa-soan@bao.example');
    expect(one(headers, 'list-id')).toBe('Báo Ví Dụ <tin.bao.example>');
    expect(one(headers, 'content-language')).toBe('vi');
    expect(one(headers, 'auto-submitted')).toBe('auto-generated');
    expect(one(headers, 'precedence')).toBe('bulk');
    expect(one(headers, 'date')).toBe('Wed, 25 Nov 2026 08:00:00 +0000');
    expect(one(headers, 'message-id')).toBe(`<${someSending().key}.ours@bao.example>`);
    expect(headers.has('x-mailer')).toBe(false);
  });

  it('lead out of the list with one click, by one header', async () => {
    const { headers } = await written(somePost(), { unsubscribe: { mailto: 'roi@bao.example' } });
    const token = fakeChannelTools().sign(reader);
    const expected = `<https://loa.example/channels/ours/unsubscribe/${token}>, <mailto:roi@bao.example?subject=unsubscribe%20${token}>`;
    expect(one(headers, 'list-unsubscribe')).toBe(expected);
    expect(one(headers, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('lead out by mail where readers cannot reach a page of Loa by https', async () => {
    const { headers, text, html } = await written(
      somePost(),
      {},
      fakeChannelTools({ publicUrl: 'http://loa.bao.example' }),
    );
    expect(one(headers, 'list-unsubscribe')).toMatch(/^<mailto:tin@bao\.example\?subject=unsubscribe%20[\w-]{43}>$/);
    expect(headers.has('list-unsubscribe-post')).toBe(false);
    for (const part of [text, html]) expect(part).toContain('mailto:tin@bao.example');
  });

  it('lead to the newsroom’s own service where the settings name it', async () => {
    const url = 'https://danh-sach.bao.example/roi?dia-chi={address}&ma={token}';
    const { headers } = await written(somePost(), { unsubscribe: { url } });
    const token = fakeChannelTools().sign(reader);
    expect(one(headers, 'list-unsubscribe')).toBe(
      `<https://danh-sach.bao.example/roi?dia-chi=doc.gia%40hop-thu.example&ma=${token}>`,
    );
  });

  it.each([
    ['vi', 'Mở lại đường đèo Sơn Thủy: 1.484 hộ dân đi lại bình thường', 'ltr'],
    ['th', 'เปิดถนนข้ามเขาซอนถุยอีกครั้งหลังน้ำท่วมใหญ่', 'ltr'],
    ['ar', 'إعادة فتح طريق الجبل بعد الفيضان الكبير', 'rtl'],
    ['ja', '峠道が再開、一番バスが通る', 'ltr'],
    ['en', 'Pass open again 👩‍👩‍👧‍👦🚌 after the flood', 'ltr'],
  ])('carry a headline in %s whole', async (language, headline, direction) => {
    const mail = await written(story(headline, `${headline}.`, language));
    expect(mail.subject).toBe(headline);
    expect(mail.raw).toMatch(/^[\t\r\n -~]*$/);
    expect(Math.max(...mail.raw.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
    expect(mail.html).toContain(`<html lang="${language}" dir="${direction}">`);
    for (const part of [mail.text, mail.html]) expect(part).toContain(headline);
  });

  it('have a subject of 150 characters at most, prefix and all', async () => {
    const { subject } = await written(story('Đèo '.repeat(100), 'Tin.', 'vi'), { subjectPrefix: '[Báo]' });
    expect(subject).toMatch(/^\[Báo\] Đèo .*…$/);
    expect([...new Intl.Segmenter('vi').segment(subject)].length).toBeLessThanOrEqual(150);
  });

  it.each([
    ['a correction', 'Đính chính: Mở lại đường đèo', 'Đính chính: Mở lại đường đèo'],
    ['a withdrawal', 'Bài viết này đã được gỡ.\n\nMở lại đường đèo', 'Bài viết này đã được gỡ. Mở lại đường đèo'],
    ['whatever a template says', `${'Xin lưu ý '.repeat(10)}\n\nMở lại đường đèo`, 'Re: Mở lại đường đèo'],
  ])('answer the first mail with %s, and say so in the subject', async (_name, text, expected) => {
    const post = { ...story('Mở lại đường đèo', 'Tin.', 'vi'), segments: [{ kind: 'text' as const, text }] };
    const sending = someSending({ post, part: reader, remote: { id: 'first.ours@bao.example', url: null } });
    const { raw } = await mailOf(sending, settingsFor(587), fakeChannelTools());
    const { headers, subject } = readMail(raw.join(''));
    expect(subject).toBe(expected);
    expect(one(headers, 'in-reply-to')).toBe('<first.ours@bao.example>');
    expect(one(headers, 'references')).toBe('<first.ours@bao.example>');
  });
});

describe('hostile words', () => {
  const wild = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\r\nBcc: all@example.com\r\n\r\nhello',
      '"><img src=x onerror=alert(1)>',
      '=?utf-8?B?DQo=?=',
      '‮{{x}}',
    ),
  );

  it('add no header, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(wild, wild, async (headline, caption) => {
        const mail = await written({ ...story(headline, headline, 'vi'), photos: [photo({ caption, alt: caption })] });
        const plain = await written(story('Tin', 'Tin', 'vi'));
        expect([...mail.headers.keys()].filter((name) => name !== 'subject')).toEqual(
          [...plain.headers.keys()].filter((name) => name !== 'subject'),
        );
        expect(mail.subject).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 60 },
    );
  });

  it('are text in the page, not markup', async () => {
    const evil = `<script>alert(1)</script>"'><a href="javascript:x">`;
    const post = story(evil, evil, 'vi');
    post.segments.push({ kind: 'link', text: 'here', url: 'javascript:alert(1)' });
    const { html } = await written({ ...post, photos: [photo({ caption: evil, alt: evil, credit: evil })] });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('href="javascript');
    expect(html.match(/<a /g)).toHaveLength(2);
  });
});

describe('the body', () => {
  it('is text first, HTML last', async () => {
    const { nesting, parts, text, html } = await written({ ...somePost(), photos: [photo()] });
    expect(nesting).toEqual(['multipart/alternative']);
    expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html']);
    expect(text).toContain('https://bao.example/thoi-su/duong-deo?utm_source=loa');
    expect(text).toContain('* Chuyến xe đầu tiên qua đèo. (Ảnh: Hoàng Huấn)');
    expect(text).toContain('Hủy đăng ký: https://loa.example/channels/ours/unsubscribe/');
    expect(html).toContain('<h1');
    expect(html).toContain('src="https://loa.example/photos/deo.jpg" alt="Xe khách trên đèo" width="552"');
    expect(html).toContain('Chuyến xe đầu tiên qua đèo. (Ảnh: Hoàng Huấn)');
    expect(html).not.toMatch(/<(script|form|link|svg)/);
  });

  it('holds its photos where the settings want that, and the ledger their names alone', async () => {
    const bytes = Uint8Array.from({ length: 9000 }, (_, index) => index % 251);
    const bench = await startBench({ photos: 'inline' });
    const post = {
      ...somePost(),
      photos: [photo(), photo({ file: 'photos/gone.jpg', url: 'https://loa.example/gone' })],
    };
    const tools = { photo: async (file: string) => (file === 'photos/deo.jpg' ? bytes : null) };
    const sending = await bench.prepare(someSending({ post, part: reader }), tools);
    expect(JSON.stringify(sending.prepared).length).toBeLessThan(16_000);
    expect((await bench.publish({ post }, tools)).kind).toBe('sent');
    const [mail] = bench.server.record;
    expect(mail!.nesting).toEqual(['multipart/alternative', 'multipart/related']);
    const image = mail!.parts.find(({ type }) => type === 'image/jpeg')!;
    expect(Buffer.compare(image.content, bytes)).toBe(0);
    const id = one(image.headers, 'content-id').slice(1, -1);
    expect(mail!.html).toContain(`src="cid:${id}"`);
    expect(mail!.html).toContain('src="https://loa.example/gone"');
  });

  it('takes a megabyte of photos inside, the rest from the web', async () => {
    const photos = Array.from({ length: 8 }, (_, index) =>
      photo({ file: `${index}.jpg`, url: `https://loa.example/${index}` }),
    );
    const tools = fakeChannelTools({ photo: async () => new Uint8Array(200 * 1024) });
    const { html } = await written({ ...somePost(), photos }, { photos: 'inline' }, tools);
    expect(html.match(/src="cid:/g)).toHaveLength(5);
    expect(html.match(/src="https:/g)).toHaveLength(3);
  });
});

describe('the signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkim = {
    domain: 'bao.example',
    selector: 'loa1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };

  it('is right, and covers both headers that lead out of the list', async () => {
    const bench = await startBench({ dkim, unsubscribe: { mailto: 'roi@bao.example' } });
    await bench.publish({ post: { ...story('Đèo Sơn Thủy', '.dòng đầu\n..dòng sau', 'vi'), photos: [photo()] } });
    const { raw, headers } = bench.server.record[0]!;
    const tags = tagsOf(one(headers, 'dkim-signature'));
    expect(tags).toMatchObject({ v: '1', a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'bao.example', s: 'loa1' });
    const signed = tags['h']!.split(':');
    for (const name of ['from', 'subject', 'date', 'to', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']) {
      expect(signed).toContain(name);
    }
    expect(bodyHash(raw)).toBe(tags['bh']);
    const pem = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
    const verify = createVerify('sha256').update(signedData(raw, signed), 'latin1');
    expect(verify.verify(pem, tags['b']!, 'base64')).toBe(true);
    const changed = raw.replace('One-Click', 'Two-Click');
    expect(createVerify('sha256').update(signedData(changed, signed), 'latin1').verify(pem, tags['b']!, 'base64')).toBe(
      false,
    );
  });
});

/** RFC 6376 section 3.2. */
function tagsOf(value: string): Record<string, string> {
  const pairs = value.split(';').filter((tag) => tag.includes('='));
  return Object.fromEntries(
    pairs.map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s+/g, '')]),
  );
}

/** RFC 6376 section 3.4.4. */
function bodyHash(raw: string): string {
  const lines = raw.slice(raw.indexOf('\r\n\r\n') + 4).split('\r\n');
  const body = lines
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(\r\n)+$/, '');
  return createHash('sha256').update(`${body}\r\n`, 'latin1').digest('base64');
}

/** RFC 6376 sections 3.4.2 and 3.7. */
function signedData(raw: string, names: readonly string[]): string {
  const lines = raw.slice(0, raw.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/);
  const relaxed = (line: string): string => {
    const at = line.indexOf(':');
    const value = line
      .slice(at + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim();
    return `${line.slice(0, at).toLowerCase().trim()}:${value}`;
  };
  const find = (name: string) => lines.findLast((line) => line.toLowerCase().startsWith(`${name}:`));
  const own = find('dkim-signature')!.replace(/\bb=[\s\S]*$/, 'b=');
  return [...names.map((name) => relaxed(find(name)!)), relaxed(own)].join('\r\n');
}
