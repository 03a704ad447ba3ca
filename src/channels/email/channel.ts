/** Mails to a list of readers, one for each, over the newsroom's own mail server. */

import { Readable } from 'node:stream';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { Channel, ChannelTools, Sending } from '#src/channels/channel.ts';
import { withPhotos } from '#src/channels/email/inline-photos.ts';
import { type Mail, mailOf, recipientOf } from '#src/channels/email/message.ts';
import { withSession } from '#src/channels/email/session.ts';
import { setUp } from '#src/channels/email/set-up.ts';
import { type EmailSettings, settings } from '#src/channels/email/settings.ts';
import { trialOf } from '#src/channels/email/trial.ts';
import { partOf, routes, testAddress } from '#src/channels/email/unsubscribe.ts';
import { verdictOf } from '#src/channels/email/verdict.ts';
import { UserError } from '#src/core/errors.ts';
import type { SendResult } from '#src/core/outcome.ts';

const minutes = 60_000;
const hours = 60 * minutes;

/** Servers that let strangers wait take the mail after five minutes, or after an hour. */
const schedule = [minutes, 5 * minutes, 15 * minutes, hours];
const mostTries = 48;

export const email: Channel<EmailSettings, Mail> = {
  kind: 'email',
  settings,
  summary: 'A mail to each reader of a list, over your own mail server (SMTP)',
  setUp,
  guarantee: () => 'D',
  limits: () => ({
    length: null,
    unit: 'graphemes',
    linkLength: null,
    photos: 10,
    altLength: null,
    captions: 'all',
    photo: { bytes: 200 * 1024, pixels: 1200 * 1600, width: 1200 },
  }),
  parts: ({ to }) => to.map(partOf),
  rates({ host, port, user, from, perMinute, perDay }) {
    const account = `smtp ${user ?? from.address} ${host}:${port}`;
    const minute = { account: `${account} minute`, units: perMinute, per: minutes };
    return perDay === undefined ? [minute] : [minute, { account: `${account} day`, units: perDay, per: 24 * hours }];
  },
  retryDelay: (attempts) => (attempts > mostTries ? null : (schedule[attempts - 1] ?? hours)),
  unpaced: true,
  irrevocable: 'mail cannot be taken back',
  routes,
  postAddress: 'mid:MESSAGE-ID',
  idOf: messageIdIn,

  async check(settings, tools) {
    try {
      await withSession(settings, tools, async () => {});
    } catch (error) {
      const { reason } = verdictOf(error, false, settings);
      const place = reason.startsWith(settings.host) ? '' : `${settings.host}:${settings.port}: `;
      throw new UserError(`${place}${reason}`, { cause: error });
    }
    return { account: `${settings.from.address} by ${settings.host}`, facts: {} };
  },

  prepare: mailOf,
  publish: send,
  reply: send,

  async test(settings, tools) {
    const address = testAddress(settings);
    const result = await send(trialOf(address, tools), { ...settings, to: [address] }, tools);
    if (result.kind !== 'sent') throw new UserError(`no mail to ${address}: ${result.reason}`);
    return `A mail is on its way to ${address}: look whether it arrives, and not among the spam.`;
  },
};

/** As a mail server's log shows it, behind `mid:` (RFC 2392). */
function messageIdIn(url: string): string | null {
  return /^mid:<?([\w.-]+@[\w.-]+)>?$/i.exec(url.trim())?.[1] ?? null;
}

async function send(sending: Sending<Mail>, settings: EmailSettings, tools: ChannelTools): Promise<SendResult> {
  let hasBegun = false;
  try {
    recipientOf(sending.part, settings);
    const mail = sending.prepared ?? (await mailOf(sending, settings, tools));
    const bytes = await withPhotos(mail.raw, tools);
    // Read once the server has said that it takes the mail, not before.
    const stream = new Readable({
      read() {
        hasBegun = true;
        this.push(bytes);
        this.push(null);
      },
    });
    const envelope = { ...mail.envelope, size: bytes.length };
    const { rejectedErrors: [refusal] = [] } = await withSession(settings, tools, (step) =>
      step<SMTPConnectionSendInfo>((connection, done) => connection.send(envelope, stream, done)),
    );
    if (refusal) return verdictOf(refusal, false, settings);
    return { kind: 'sent', id: mail.messageId, url: null };
  } catch (error) {
    return verdictOf(error, hasBegun, settings);
  }
}
