/** Leaving a list: the link in every mail, and the page it leads to (RFC 8058). */
import { timingSafeEqual } from 'node:crypto';
import type { ChannelAnswer, ChannelRequest, ChannelRoute, ChannelTools } from '#src/channels/channel.ts';
import type { EmailSettings } from '#src/channels/email/settings.ts';
import { fill, type MailWords, mailWords } from '#src/channels/email/words.ts';
import { escapeHtml } from '#src/core/escape-html.ts';

export interface LeaveLinks {
  /** Takes one-click requests. */
  url: string | null;
  mailto: string | null;
}

type Tools = Pick<ChannelTools, 'publicUrl' | 'channelId' | 'sign'>;

/** At least one of them, for this reader alone. */
export function leaveLinks(part: string, settings: EmailSettings, tools: Tools): LeaveLinks {
  const token = tools.sign(part);
  const { unsubscribe, replyTo, from } = settings;
  const values = { token, address: encodeURIComponent(part) };
  const own = isPublic(tools.publicUrl) ? `${tools.publicUrl}/channels/${tools.channelId}/unsubscribe/${token}` : null;
  const url = unsubscribe?.url === undefined ? own : fill(unsubscribe.url, values);
  const to = unsubscribe?.mailto ?? (url === null ? (replyTo ?? from).address : null);
  return { url, mailto: to && `mailto:${to}?subject=${encodeURIComponent(`unsubscribe ${token}`)}` };
}

/** The programs of readers' mail services call https alone; on this machine it is for trying. */
function isPublic(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' || hostname === 'localhost' || /^127\.|^\[::1\]$/.test(hostname);
}

const path = '/unsubscribe/:token';

export const routes: readonly ChannelRoute<EmailSettings>[] = [
  { method: 'GET', path, run: ask },
  { method: 'POST', path, run: leave },
];

/** Programs that look for harm follow every link: opening the page changes nothing. */
async function ask(request: ChannelRequest, settings: EmailSettings, tools: ChannelTools): Promise<ChannelAnswer> {
  const words = mailWords(settings.language ?? tools.siteLanguage);
  const part = readerOf(request, settings, tools);
  if (part === null) return notKnown(words);
  const question = fill(words.ask, { name: senderName(settings), address: masked(part) });
  return page(
    words,
    200,
    `<p>${escapeHtml(question)}</p>
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button type="submit">${escapeHtml(words.yes)}</button>
</form>`,
  );
}

/** The token is all it needs: readers' mail services send no cookie, and may send it again. */
async function leave(request: ChannelRequest, settings: EmailSettings, tools: ChannelTools): Promise<ChannelAnswer> {
  const words = mailWords(settings.language ?? tools.siteLanguage);
  const part = readerOf(request, settings, tools);
  if (part === null) return notKnown(words);
  await tools.optOuts.add(part);
  tools.log.info('a reader has left the list', { channel: tools.channelId });
  return page(words, 200, `<p>${escapeHtml(words.left)}</p>`);
}

/** Looks at every reader, so that the time it takes tells nothing. */
function readerOf({ parameters }: ChannelRequest, settings: EmailSettings, { sign }: Tools): string | null {
  const token = Buffer.from(parameters['token'] ?? '');
  let found: string | null = null;
  // Whoever tries the channel follows the link too.
  for (const address of [...settings.to, testAddress(settings)]) {
    const part = partOf(address);
    const own = Buffer.from(sign(part));
    if (own.length === token.length && timingSafeEqual(own, token)) found = part;
  }
  return found;
}

/** How a reader is known in the ledger, however their address is written in the settings. */
export const partOf = (address: string) => address.toLowerCase();

/** Where `loa channel test` sends its mail. */
export const testAddress = ({ testTo, from }: EmailSettings) => testTo ?? from.address;

export const senderName = ({ from }: Pick<EmailSettings, 'from'>) => from.name || from.address;

/** Whoever a mail was passed on to must not learn whose it was. */
function masked(part: string): string {
  const at = part.lastIndexOf('@');
  return `${part.slice(0, 1)}…${part.slice(at)}`;
}

const notKnown = (words: MailWords) => page(words, 404, `<p>${escapeHtml(words.unknown)}</p>`);

function page({ language, direction, leave }: MailWords, status: number, content: string): ChannelAnswer {
  const html = `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(leave)}</title>
<link rel="stylesheet" href="/assets/console.css">
</head>
<body>
<main id="content">
<h1>${escapeHtml(leave)}</h1>
${content}
</main>
</body>
</html>
`;
  return { status, html };
}
