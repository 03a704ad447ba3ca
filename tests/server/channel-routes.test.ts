import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { email } from '#src/channels/email/channel.ts';
import { readerPages } from '#src/delivery/reader-pages.ts';
import { channelTools } from '#src/delivery/tools.ts';
import { createConnect } from '#src/net/guarded-socket.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FakeSmtp, startSmtp } from '#tests/fakes/smtp-server.ts';
import { serverPerTest } from '#tests/server/server-bench.ts';

const start = serverPerTest();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const oneClick = 'List-Unsubscribe=One-Click';

describe('leaving a list by mail', () => {
  let bench: DeliveryBench;
  let smtp: FakeSmtp;

  beforeAll(async () => {
    bench = await openDeliveryBench();
    smtp = await startSmtp();
    const connect = createConnect({ allow: ['127.0.0.0/8'] });
    bench.deps.connect = connect;
  });
  afterAll(async () => {
    await smtp.close();
    await bench.close();
  });

  /** A list of two, its first mails, and a server that shows its pages. */
  async function withList() {
    const settings = email.settings.parse({
      ...{ host: '127.0.0.1', port: smtp.port, from: 'Báo Ví Dụ <tin@bao.example>' },
      to: ['Doc.Gia@hop-thu.example', 'lan@hop-thu.example'],
    });
    bench.clear();
    const id = bench.open(email, { settings });
    const before = smtp.record.length;
    await bench.publish({ headline: 'Mở lại đường đèo Sơn Thủy' });
    await bench.settle(3);
    const mails = smtp.record.slice(before);
    const server = await start({ deps: { channelPages: readerPages(bench.deps) } });
    const pathOf = (to: string): string => {
      const mail = mails.find((one) => one.to === to)!;
      return new URL(/<(https:[^>]+)>/.exec(mail.headers.get('list-unsubscribe')![0]!)![1]!).pathname;
    };
    return { id, mails, server, pathOf };
  }

  it('takes one click, for ever, and the others still get their mails', async () => {
    const { id, mails, server, pathOf } = await withList();
    expect(mails.map(({ to }) => to).sort()).toEqual(['Doc.Gia@hop-thu.example', 'lan@hop-thu.example']);
    const path = pathOf('Doc.Gia@hop-thu.example');
    const page = await server.get(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="vi" dir="ltr">');
    expect(page.text).toContain('D…@hop-thu.example'.toLowerCase());
    expect(page.text).not.toContain('doc.gia');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['cache-control']).toBe('no-store');
    expect(await bench.ledger.optOuts.list(id)).toEqual([]);

    for (let times = 0; times < 2; times++) {
      // As a reader's mail service sends it: from elsewhere, without a cookie.
      const answer = await server.post(path, oneClick, {
        ...form,
        origin: 'https://mail.example',
        'sec-fetch-site': 'cross-site',
      });
      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect(await bench.ledger.optOuts.list(id)).toMatchObject([{ part: 'doc.gia@hop-thu.example' }]);

    const before = smtp.record.length;
    const { id: articleId } = await bench.publish({ headline: 'Chợ phiên họp lại' });
    await bench.settle(3);
    expect(smtp.record.slice(before).map(({ to }) => to)).toEqual(['lan@hop-thu.example']);
    const rows = await bench.rows(articleId);
    expect(rows.find(({ part }) => part === 'doc.gia@hop-thu.example')).toMatchObject({
      state: 'skipped',
      reason: 'unsubscribed',
    });

    await bench.ledger.optOuts.remove(id, 'doc.gia@hop-thu.example');
    const again = smtp.record.length;
    await bench.publish({ headline: 'Lớp học trở lại' });
    await bench.settle(3);
    expect(smtp.record.slice(again)).toHaveLength(2);
  });

  it('takes the click as multipart, and without a body', async () => {
    const { id, server, pathOf } = await withList();
    const body = `--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n`;
    const type = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await server.post(pathOf('lan@hop-thu.example'), body, type)).status).toBe(200);
    expect((await server.post(pathOf('Doc.Gia@hop-thu.example'), '')).status).toBe(200);
    expect(await bench.ledger.optOuts.list(id)).toHaveLength(2);
  });

  it('knows no other link, no other channel, and reads no large body', async () => {
    const { id, server, pathOf } = await withList();
    const path = pathOf('lan@hop-thu.example');
    const wrong = path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await server.get(wrong)).status).toBe(404);
    expect((await server.post(wrong, oneClick, form)).status).toBe(404);
    expect((await server.post(path.replace(id, 'another'), oneClick, form)).status).toBe(404);
    expect((await server.get(path.slice(0, -20))).status).toBe(404);
    expect((await server.post(path, 'x'.repeat(70_000), form)).status).toBe(413);
    expect(await bench.ledger.optOuts.list(id)).toEqual([]);
  });

  it('can be tried with the mail of a test', async () => {
    const { id, server } = await withList();
    const { settings, channel } = bench.deps.channels.get(id)!;
    const tools = channelTools({ settings, channel }, new AbortController().signal, bench.deps);
    await channel.test!(settings.settings, tools);
    const mail = smtp.record.at(-1)!;
    expect(mail.to).toBe('tin@bao.example');
    const link = /<(https:[^>]+)>/.exec(mail.headers.get('list-unsubscribe')![0]!)![1]!;
    expect((await server.get(new URL(link).pathname)).status).toBe(200);
  });

  it('stops answering whoever guesses', async () => {
    const { server, pathOf } = await withList();
    const path = pathOf('lan@hop-thu.example');
    const wrong = `${path.slice(0, -4)}AAAA`;
    for (let times = 0; times < 60; times++) await server.post(wrong, oneClick, form);
    expect((await server.post(wrong, oneClick, form)).status).toBe(429);
    // Behind a proxy that guesser and readers share, a reader still gets out.
    expect((await server.post(path, oneClick, form)).status).toBe(200);
  });
});
