/** The whole mail for one reader, byte for byte as it is sent: a retry sends the same. */
import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { domainOf } from '#src/channels/email/address.ts';
import { subjectOf } from '#src/channels/email/content.ts';
import { htmlOf } from '#src/channels/email/html.ts';
import { chooseInline, type InlinePhoto, type RawPiece, withoutPhotos } from '#src/channels/email/inline-photos.ts';
import type { EmailSettings } from '#src/channels/email/settings.ts';
import { textOf } from '#src/channels/email/text.ts';
import { leaveLinks, partOf, senderName } from '#src/channels/email/unsubscribe.ts';
import type { Remote } from '#src/core/delivery.ts';
import { NotPrepared } from '#src/core/send-result.ts';

/** Kept in the delivery's row. */
export interface Mail {
  messageId: string;
  envelope: { from: string; to: string };
  /** Its bytes; photos inside it are named, and put in when it is sent. */
  raw: RawPiece[];
}

/**
 * nodemailer's own list holds `List-Unsubscribe` but not `List-Unsubscribe-Post`, and RFC 8058 wants both signed.
 */
const signedHeaders = [
  ...['From', 'Sender', 'Reply-To', 'Subject', 'Date', 'Message-ID', 'To', 'Cc', 'MIME-Version', 'Content-Type'],
  ...['Content-Transfer-Encoding', 'Content-Language', 'In-Reply-To', 'References'],
  ...['List-Id', 'List-Help', 'List-Unsubscribe', 'List-Unsubscribe-Post'],
].join(':');

/**
 * Dated now, not when the article came: filters distrust mail that waited for approval or the end of a night. Otherwise
 * made again it is the same.
 */
export async function mailOf(sending: Sending<unknown>, settings: EmailSettings, tools: ChannelTools): Promise<Mail> {
  const { key, post, part, remote } = sending;
  const { from, replyTo, bounceTo, dkim } = settings;
  const domain = domainOf(from.address);
  const to = recipientOf(part, settings);
  const messageId = `${key}.${tools.channelId}@${domain}`;
  const links = leaveLinks(part, settings, tools);
  const surroundings = { sender: senderName(settings), leave: links.url ?? links.mailto! };
  const inside = settings.photos === 'inline' ? await chooseInline(post, `${key}@${domain}`, tools) : [];
  const sourceOf = (file: string, url: string) => {
    const photo = inside.find((one) => one.file === file);
    return photo ? `cid:${photo.cid}` : url;
  };
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && {
      dkim: {
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: dkim.privateKey,
        headerFieldNames: signedHeaders,
      },
    }),
  });
  const { message } = await transport.sendMail({
    // Copies: it writes into what it is given, and settings are frozen.
    from: { ...from },
    to,
    ...(replyTo && { replyTo: { ...replyTo } }),
    subject: subjectOf(post, settings.subjectPrefix, remote !== null),
    date: new Date(tools.clock.now()),
    messageId: `<${messageId}>`,
    ...(remote && inThread(remote)),
    text: textOf(post, surroundings),
    html: htmlOf(post, surroundings, ({ file, url }) => sourceOf(file, url)),
    attachments: inside.map(attachment),
    list: {
      id: { url: settings.listId ?? `${tools.channelId}.${domain}`, comment: senderName(settings) },
      // Nested: side by side they would become two headers, of which mail services read one.
      unsubscribe: [[links.url, links.mailto].filter((link) => link !== null)],
    },
    headers: {
      ...(links.url && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      'Content-Language': post.language,
      'Auto-Submitted': 'auto-generated',
      Precedence: 'bulk',
    },
    encoding: 'base64',
    textEncoding: 'base64',
    xMailer: false,
    boundaryPrefix: '--loa',
    baseBoundary: key,
  });
  const raw = (message as Buffer).toString('latin1');
  const sender = bounceTo ? marked(bounceTo, key) : from.address;
  return { messageId, envelope: { from: sender, to }, raw: withoutPhotos(raw, inside) };
}

/** The address as the settings write it; who is not in them any more gets nothing. Throws `NotPrepared`. */
export function recipientOf(part: string, { to }: Pick<EmailSettings, 'to'>): string {
  const address = to.find((one) => partOf(one) === part);
  if (address !== undefined) return address;
  throw new NotPrepared({ kind: 'permanent', scope: 'item', reason: `${part} is not on the list any more` });
}

/** A mail that a person adopted has no id that programs know. */
function inThread({ id }: Remote): { inReplyTo?: string; references?: string } {
  return /^[\w.@-]+$/.test(id) ? { inReplyTo: `<${id}>`, references: `<${id}>` } : {};
}

function attachment({ cid, type, bytes }: InlinePhoto) {
  return {
    filename: `${cid.slice(0, cid.indexOf('@'))}.${type.slice(type.indexOf('/') + 1).replace('jpeg', 'jpg')}`,
    content: Buffer.from(bytes),
    contentType: type,
    contentDisposition: 'inline' as const,
    cid,
  };
}

/** `name+MARK@host`: a mail that comes back tells which one it was. */
function marked(address: string, key: string): string {
  const at = address.lastIndexOf('@');
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${address.slice(0, at)}+${mark}${address.slice(at)}`;
}
