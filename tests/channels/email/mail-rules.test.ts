import { expect, it } from 'vitest';
import { faultsIn } from '#tests/fakes/mail-rules.ts';
import { readMail } from '#tests/fakes/read-mail.ts';

const headers = [
  'From: tin@bao.example',
  'To: an@hop-thu.example',
  'Subject: Mua',
  'Date: Thu, 26 Nov 2026 08:00:00 +0000',
  'Message-ID: <a@bao.example>',
  'MIME-Version: 1.0',
  'List-ID: <mail.bao.example>',
  'List-Unsubscribe: <https://bao.example/u/1>, <mailto:roi@bao.example?subject=1>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'Content-Type: multipart/alternative; boundary=x',
];
const parts = ['--x', 'Content-Type: text/plain', '', 'Mua', '--x', 'Content-Type: text/html', '', '<p>Mua', '--x--'];

const faults = (change: (lines: string[]) => string[], body = parts) => {
  const raw = [...change([...headers]), '', ...body].join('\r\n');
  return faultsIn(readMail(raw), raw);
};

it('the mail server of the tests takes a mail that is well made, and no other', () => {
  expect(faults((lines) => lines)).toEqual([]);
  const leave = 'List-Unsubscribe: <mailto:roi@bao.example>';
  expect(faults((lines) => [...lines, leave])).toEqual(['List-Unsubscribe twice']);
  expect(faults((lines) => lines.filter((line) => !line.startsWith('List-Unsubscribe-Post')))).toHaveLength(1);
  expect(faults((lines) => lines.filter((line) => !line.startsWith('Date')))).toEqual(['no date']);
  expect(faults((lines) => [...lines, 'Subject: Lu'])).toEqual(['subject twice']);
  const signature = 'DKIM-Signature: v=1; h=From:Subject:List-Unsubscribe; b=x';
  expect(faults((lines) => [signature, ...lines])).toEqual(['list-unsubscribe-post unsigned']);
  expect(faults((lines) => lines, parts.with(3, ' '))).toEqual(['its text is empty']);
  expect(faults((lines) => lines, parts.with(7, '<img src="cid:p0@bao.example">'))).toHaveLength(1);
  expect(faults((lines) => lines, parts.with(7, `<p>${'x'.repeat(999)}`))).toEqual(['a line is longer than 998']);
});
