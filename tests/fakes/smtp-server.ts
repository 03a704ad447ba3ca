/** A mail server for one sender, with its refusals and its silences; what readers got is only ever added to. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { faultsIn } from '#tests/fakes/mail-rules.ts';
import { type ReadMail, readMail } from '#tests/fakes/read-mail.ts';

/** Of what to the next mails happens. */
export type SmtpMood =
  /** Refused when the reader is named. */
  | { reader: number; text?: string }
  /** Refused when the sender is named. */
  | { sender: number; text?: string }
  /** Refused when the mail is there. */
  | { mail: number; text?: string }
  /** Takes the mail, then closes without a word. */
  | 'answer lost'
  /** Takes the mail, then says nothing more. */
  | 'hang'
  /** Says nothing more when the sender is named: no mail is there yet. */
  | 'hang early';

export interface DeliveredMail extends ReadMail {
  raw: string;
  from: string;
  to: string;
  /** Who had signed in. */
  user: string | null;
  encrypted: boolean;
}

export interface SmtpOptions {
  port?: number;
  user?: string;
  password?: string;
  /** STARTTLS with this certificate. Without one the connection stays as it is. */
  certificate?: { key: string; cert: string };
  /** Encrypted from the first byte. */
  secure?: boolean;
  onWrite?(mail: DeliveredMail): void;
}

export interface FakeSmtp {
  port: number;
  /** In the order they were taken. */
  record: DeliveredMail[];
  /** Connections so far. */
  connections(): number;
  misbehave(...moods: SmtpMood[]): void;
  /** Whoever signs in is refused from now on. */
  refuseSignIn(code?: number): void;
  /** This reader is refused until they are accepted. */
  refuseReader(address: string, code: number, text?: string): void;
  acceptReader(address: string): void;
  /** Resolves when the next mail is in the record. */
  taken(): Promise<DeliveredMail>;
  /** Resolves when a mood has made the server fall silent. */
  silent(): Promise<void>;
  close(): Promise<void>;
}

export async function startSmtp(options: SmtpOptions = {}): Promise<FakeSmtp> {
  const { user, password, certificate, secure = false } = options;
  const record: DeliveredMail[] = [];
  const moods: SmtpMood[] = [];
  const refusedReaders = new Map<string, Error>();
  const waiting: ((mail: DeliveredMail) => void)[] = [];
  const silences: (() => void)[] = [];
  let signInRefusal = 0;
  let connections = 0;

  const next = (applies: (mood: SmtpMood) => boolean): SmtpMood | undefined =>
    moods[0] !== undefined && applies(moods[0]) ? moods.shift() : undefined;
  const fallSilent = () => {
    for (const resolve of silences.splice(0)) resolve();
  };
  const take = (raw: string, session: SMTPServerSession) => {
    const { mailFrom, rcptTo } = session.envelope;
    const mail = {
      ...readMail(raw),
      raw,
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address).join(),
      user: session.user ? String(session.user) : null,
      encrypted: Boolean(session.secure),
    };
    record.push(mail);
    options.onWrite?.(mail);
    for (const resolve of waiting.splice(0)) resolve(mail);
  };

  const server = new SMTPServer({
    secure,
    ...(certificate ?? {}),
    size: 10 * 1024 * 1024,
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: [...(user === undefined ? ['AUTH'] : []), ...(certificate && !secure ? [] : ['STARTTLS'])],
    logger: false,
    closeTimeout: 50,
    onConnect(_session, done) {
      connections++;
      done();
    },
    onAuth(auth, _session, done) {
      if (signInRefusal > 0) return done(refusal(signInRefusal, 'Authentication credentials invalid'));
      if (auth.username !== user || auth.password !== password) {
        return done(refusal(535, `5.7.8 no such user, or not ${auth.password}`));
      }
      done(null, { user: auth.username });
    },
    onMailFrom(_address, _session, done) {
      if (next((mood) => mood === 'hang early')) return fallSilent();
      const mood = next((mood) => typeof mood === 'object' && 'sender' in mood) as { sender: number; text?: string };
      done(mood && refusal(mood.sender, mood.text));
    },
    onRcptTo({ address }, _session, done) {
      const mood = next((mood) => typeof mood === 'object' && 'reader' in mood) as { reader: number; text?: string };
      done(mood ? refusal(mood.reader, mood.text) : refusedReaders.get(address.toLowerCase()));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mood = moods.shift();
        if (typeof mood === 'object' && 'mail' in mood) return done(refusal(mood.mail, mood.text));
        const raw = Buffer.concat(chunks).toString('latin1');
        const faults = faultsIn(readMail(raw), raw);
        if (faults.length > 0) return done(refusal(554, `5.6.0 ${faults.join('; ')}`));
        take(raw, session);
        if (mood === 'hang') return fallSilent();
        if (mood === 'answer lost') return closeAll();
        done();
      });
    },
  });
  const closeAll = () => {
    for (const connection of server.connections) connection._socket?.destroy();
  };
  server.on('error', () => {});
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');

  return {
    port: (server.server.address() as AddressInfo).port,
    record,
    connections: () => connections,
    misbehave: (...how) => void moods.push(...how),
    refuseSignIn: (code = 535) => void (signInRefusal = code),
    refuseReader: (address, code, text) => void refusedReaders.set(address.toLowerCase(), refusal(code, text)),
    acceptReader: (address) => void refusedReaders.delete(address.toLowerCase()),
    taken: () => new Promise((resolve) => void waiting.push(resolve)),
    silent: () => new Promise((resolve) => void silences.push(resolve)),
    async close() {
      closeAll();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

function refusal(responseCode: number, text = 'no'): Error {
  return Object.assign(new Error(text), { responseCode });
}
