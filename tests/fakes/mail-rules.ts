/** What large mail services and the standards want of a mail to a list; a server that finds less refuses it. */
import type { ReadMail } from '#tests/fakes/read-mail.ts';

/** In plain words; none for a mail that is well made. `raw` with one character for each byte. */
export function faultsIn(mail: ReadMail, raw: string): string[] {
  return [...headerFaults(mail, raw), ...listFaults(mail), ...partFaults(mail)];
}

/** RFC 5322: each at most once, and lines of 998 at most. */
function headerFaults({ headers }: ReadMail, raw: string): string[] {
  const single = ['from', 'to', 'subject', 'date', 'message-id', 'reply-to', 'mime-version', 'list-id', 'content-type'];
  const needed = single.filter((name) => name !== 'reply-to' && !headers.has(name)).map((name) => `no ${name}`);
  const repeated = single.filter((name) => (headers.get(name)?.length ?? 0) > 1).map((name) => `${name} twice`);
  const lines = raw.split('\r\n');
  return [
    ...needed,
    ...repeated,
    ...(lines.some((line) => line.length > 998) ? ['a line is longer than 998'] : []),
    ...(lines.some((line) => /[\r\n]/.test(line)) ? ['a line ends in half'] : []),
    ...(/[^\x00-\x7f]/.test(raw) ? ['it is not ASCII'] : []),
  ];
}

/** RFC 2369, RFC 8058. */
function listFaults({ headers }: ReadMail): string[] {
  const [leave = '', ...further] = headers.get('list-unsubscribe') ?? [];
  const posts = headers.get('list-unsubscribe-post') ?? [];
  const links = leave.split(/\s*,\s*/);
  const isWeb = links.some((link) => /^<https?:/.test(link));
  const [signature] = headers.get('dkim-signature') ?? [];
  const signed =
    /\bh=([^;]*)/
      .exec(signature ?? '')?.[1]
      ?.toLowerCase()
      .replace(/\s/g, '')
      .split(':') ?? [];
  const named = ['from', 'list-unsubscribe', ...(posts.length > 0 ? ['list-unsubscribe-post'] : [])];
  return [
    ...(further.length > 0 ? ['List-Unsubscribe twice'] : []),
    ...(links.every((link) => /^<(https?:|mailto:)[^<>\s]+>$/.test(link)) ? [] : [`List-Unsubscribe: ${leave}`]),
    ...(isWeb === (posts.join() === 'List-Unsubscribe=One-Click') ? [] : [`List-Unsubscribe-Post: ${posts.join()}`]),
    ...(signature === undefined
      ? []
      : named.filter((name) => !signed.includes(name)).map((name) => `${name} unsigned`)),
  ];
}

/** Text first, HTML last; every picture inside is there, and nothing hangs on it that is not shown. */
function partFaults({ parts, text, html, nesting }: ReadMail): string[] {
  const types = parts.map(({ type }) => type);
  const isOrdered = types.indexOf('text/plain') >= 0 && types.indexOf('text/plain') < types.indexOf('text/html');
  const shown = [...html.matchAll(/src="cid:([^"]+)"/g)].map(([, cid]) => cid);
  const inside = parts.flatMap(({ headers }) => headers.get('content-id') ?? []).map((id) => id.replace(/^<|>$/g, ''));
  const addresses = [...html.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, address]) => address!);
  return [
    ...(nesting[0] === 'multipart/alternative' && isOrdered ? [] : [`it is made of ${types.join(', ')}`]),
    ...(text.trim() === '' ? ['its text is empty'] : []),
    ...(shown.toSorted().join() === inside.toSorted().join() ? [] : [`pictures ${shown.join()} of ${inside.join()}`]),
    ...(addresses.every((address) => /^(https?|mailto|cid):/.test(address)) ? [] : ['a link leads nowhere']),
    ...(/<(script|form|svg|link|iframe)\b/i.test(html) ? ['HTML that mail programs do not take'] : []),
  ];
}
