import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { email } from '#src/channels/email/channel.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { adoptByHand } from '#src/delivery/by-hand.ts';
import { createConnect } from '#src/net/guarded-socket.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FakeSmtp, startSmtp } from '#tests/fakes/smtp-server.ts';

describe('the deliveries of a list', () => {
  let bench: DeliveryBench;
  let smtp: FakeSmtp;

  beforeAll(async () => {
    bench = await openDeliveryBench();
    smtp = await startSmtp();
    bench.deps.connect = createConnect({ allow: ['127.0.0.0/8'] });
  });
  afterAll(async () => {
    await smtp.close();
    await bench.close();
  });

  function openList(to: string[], change: Partial<ChannelSettings> = {}): string {
    bench.clear();
    const settings = email.settings.parse({ host: '127.0.0.1', port: smtp.port, from: 'tin@bao.example', to });
    return bench.open(email, { settings, ...change });
  }
  const mailsTo = (to: string) => smtp.record.filter((mail) => mail.to === to);

  it('parks a mail whose answer was lost, and never sends it again', async () => {
    openList(['mot@hop-thu.example']);
    smtp.misbehave('answer lost');
    const { id } = await bench.publish();
    await bench.settle(20);
    const reason = expect.stringMatching(
      /whether it reached the reader: look into the log .* adopt it as mid:MESSAGE-ID,/,
    );
    expect(await bench.rows(id)).toMatchObject([{ state: 'parked', reason }]);
    expect(mailsTo('mot@hop-thu.example')).toHaveLength(1);
  });

  it('goes on in the thread of a mail that a person found in the log of the mail server', async () => {
    openList(['chin@hop-thu.example'], { corrections: 'reply' });
    smtp.misbehave('answer lost');
    const { id } = await bench.publish();
    await bench.settle(3);
    const [mail] = mailsTo('chin@hop-thu.example');
    const [messageId] = mail!.headers.get('message-id')!;
    const [row] = await bench.rows(id);
    await expect(adoptByHand(row!.id, 'https://mail.example/inbox/1', bench.deps)).rejects.toMatchObject({
      next: 'It looks like this: mid:MESSAGE-ID',
    });
    await adoptByHand(row!.id, `mid:${messageId!.slice(1, -1)}`, bench.deps);
    await bench.revise(id, 'Mở lại đường đèo Sơn Thủy');
    await bench.settle(5);
    expect(mailsTo('chin@hop-thu.example')[1]!.headers.get('in-reply-to')).toEqual([messageId]);
  });

  it('gives up one reader that is refused for good, tries another again, and the third has theirs', async () => {
    openList(['hai@hop-thu.example', 'ba@hop-thu.example', 'bon@hop-thu.example']);
    smtp.refuseReader('hai@hop-thu.example', 550, '5.1.1 no such user');
    smtp.refuseReader('ba@hop-thu.example', 450, '4.2.0 greylisted');
    const { id } = await bench.publish();
    await bench.settle(3);
    const states = async () => Object.fromEntries((await bench.rows(id)).map(({ part, state }) => [part, state]));
    expect(await states()).toEqual({
      'hai@hop-thu.example': 'dead',
      'ba@hop-thu.example': 'retry',
      'bon@hop-thu.example': 'sent',
    });
    smtp.acceptReader('ba@hop-thu.example');
    await bench.settle(10);
    expect((await states())['ba@hop-thu.example']).toBe('sent');
    expect(mailsTo('ba@hop-thu.example')).toHaveLength(1);
    expect(mailsTo('bon@hop-thu.example')).toHaveLength(1);
  });

  it('corrects and withdraws by a mail in the same thread, to those alone who got the first', async () => {
    openList(['nam@hop-thu.example', 'sau@hop-thu.example'], { corrections: 'reply', withdrawals: 'reply' });
    smtp.refuseReader('sau@hop-thu.example', 550, '5.1.1 no such user');
    const { id } = await bench.publish({ headline: 'Mở đường đèo' });
    await bench.settle(3);
    await bench.revise(id, 'Mở lại đường đèo Sơn Thủy');
    await bench.settle(5);
    await bench.withdraw(id);
    await bench.settle(5);
    const [first, correction, withdrawal] = mailsTo('nam@hop-thu.example');
    expect(correction!.subject).toBe('Đính chính: Mở lại đường đèo Sơn Thủy');
    expect(withdrawal!.subject).toBe('Bài viết này đã được gỡ. Mở lại đường đèo Sơn Thủy');
    for (const mail of [correction, withdrawal]) {
      expect(mail!.headers.get('in-reply-to')).toEqual(first!.headers.get('message-id'));
      expect(mail!.headers.get('message-id')).not.toEqual(first!.headers.get('message-id'));
    }
    expect(mailsTo('sau@hop-thu.example')).toEqual([]);
  });

  it('says that nobody can take a mail back', async () => {
    openList(['bay@hop-thu.example']);
    const { id } = await bench.publish();
    await bench.settle(3);
    await bench.withdraw(id);
    await bench.settle(5);
    const rows = await bench.rows(id);
    expect(rows.find(({ op }) => op === 'withdraw')?.reason).toContain('mail cannot be taken back');
    expect(mailsTo('bay@hop-thu.example')).toHaveLength(1);
  });
});
