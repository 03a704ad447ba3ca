/** The way between a worker and a service: where requests and answers are late, lost, refused or broken. */
import { z } from 'zod';
import type { Channel, ChannelTools, OwnPosts, Sending } from '#src/channels/channel.ts';
import { HttpFailure } from '#src/core/errors.ts';
import { postText } from '#src/core/length.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { requestTimeout } from '#src/delivery/times.ts';
import type { Process } from '#tests/faults/simulation/process.ts';
import { addressOf, channelFacts, type Service, type Wire } from '#tests/faults/simulation/services.ts';
import type { World } from '#tests/faults/simulation/world.ts';

/** What becomes of one request: when it is taken, and what its sender is told, and when. */
interface Fate {
  name: string;
  /** Milliseconds after it left; null: never. */
  takenAfter: number | null;
  /** Null: no answer ever. */
  answerAfter: number | null;
  answer: 'plain' | Error | SendResult;
}

/** Where a run sees what crosses from the workers to the services. */
export interface Border {
  /** Until when the claim holds that sends under this key. */
  leaseOf(key: string): number;
  /** Why it may not be sent at this time of the wall clock, in words; null when it may. */
  forbids(key: string, op: Wire['op'], called: { at: number; wall: number }): Promise<string | null>;
  left(wire: Wire): void;
}

export function channelOf(service: Service, process: Process, world: World, border: Border): Channel<any, any> {
  const { traits } = service;

  /** Hands a request over: from here on the process may be struck before its bytes leave. */
  function send(op: Wire['op'], sending: Sending, tools: ChannelTools): Promise<SendResult> {
    const calledAt = world.now;
    const wall = process.clock.now();
    const leaseUntil = border.leaseOf(sending.key);
    return new Promise((resolve, reject) => {
      process.after(stepBefore(world), `channel.${stepOf(op)}`, async () => {
        // The client has given up before a byte left.
        if (tools.signal.aborted) return;
        const forbidden = await border.forbids(sending.key, op, { at: calledAt, wall });
        const wire: Wire = {
          ...{ op, key: sending.key, text: textOf(sending), link: sending.post.link },
          revision: sending.post.article.revision,
          remoteId: sending.remote?.id ?? null,
          ...{ from: process.name, calledAt, leftAt: world.now, told: null, forbidden },
          frozenInTheGate:
            world.now + world.wallOffset > leaseUntil + requestTimeout && world.now - calledAt > requestTimeout,
        };
        service.wires.push(wire);
        border.left(wire);
        travel(wire, resolve, reject);
      });
    });
  }

  function travel(wire: Wire, resolve: (result: SendResult) => void, reject: (error: Error) => void): void {
    const fate = drawFate(wire, service, world);
    const what = () => `${wire.op} ${wire.key.slice(0, 6)} r${wire.revision} of ${wire.from} on ${service.channelId}`;
    world.tell(() => `${what()} leaves${wire.frozenInTheGate ? ' long after its gate' : ''}: ${fate.name}`);
    let taken: string | null = null;
    if (fate.takenAfter !== null) {
      world.after(fate.takenAfter, () => {
        const before = service.record.length;
        taken = service.take(wire);
        world.tell(
          () =>
            `${what()} is taken: ${taken ?? 'no such post'}${service.record.length === before ? ', nothing new shown' : ''}`,
        );
      });
    }
    if (fate.answerAfter === null) return;
    // The answer lies in the process's socket until it runs on.
    process.after(fate.answerAfter, 'answer', () => {
      const { answer } = fate;
      world.tell(
        () =>
          `${wire.from} is told of ${wire.key.slice(0, 6)}: ${answer === 'plain' ? (taken ?? 'gone') : answer instanceof Error ? answer.message : answer.kind}`,
      );
      wire.told = toldBy(answer);
      if (answer instanceof Error) reject(answer);
      else if (answer !== 'plain') resolve(answer);
      else resolve(plainAnswer(wire, taken));
    });
  }

  return {
    ...channelFacts(service),
    settings: z.any(),
    summary: 'A service in memory',
    publish: (sending, _settings, tools) => send('create', sending, tools),
    ...(traits.edits && { edit: (sending: Sending, _: unknown, tools: ChannelTools) => send('edit', sending, tools) }),
    ...(traits.withdraws && {
      withdraw: (sending: Sending, _: unknown, tools: ChannelTools) => send('withdraw', sending, tools),
    }),
    ...(traits.replies && {
      reply: (sending: Sending, _: unknown, tools: ChannelTools) => send('reply', sending, tools),
    }),
    ...(traits.uploads && { prepare: () => upload(process, world) }),
    ...(traits.parts.length > 1 && { parts: () => traits.parts }),
    ...(isListed(service) && { find: (since: number) => look(service, since, process, world) }),
    idOf: (url) => (url.startsWith('https://fake.example/') ? url.slice('https://fake.example/'.length) : null),
  };
}

const isListed = ({ traits }: Service) => traits.kind.includes('listed');

function look(service: Service, since: number, process: Process, world: World): Promise<OwnPosts> {
  return new Promise((resolve, reject) => {
    process.after(stepBefore(world), 'channel.find', () => {
      const fails = world.faults && world.dice.chance(0.15);
      const seen = service.list(since);
      world.tell(
        () =>
          `${process.name} looks at ${service.channelId}: ${fails ? 'no answer' : seen.posts.map(({ id }) => id).join(' ') || 'nothing'}`,
      );
      process.after(delay(world), 'answer', () =>
        fails ? reject(new HttpFailure('reset', 'the connection broke', { sent: true })) : resolve(seen),
      );
    });
  });
}

let uploads = 0;

function upload(process: Process, world: World): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const slow = world.faults && world.dice.chance(0.2);
    process.after(slow ? world.dice.between(1_000, 70_000) : delay(world), 'channel.prepare', () => {
      if (world.faults && world.dice.chance(0.15)) reject(new HttpFailure('reset', 'the upload broke', { sent: true }));
      else resolve({ media: `upload-${++uploads}` });
    });
  });
}

function drawFate(wire: Wire, { latest, traits }: Service, world: World): Fate {
  const { dice } = world;
  const soon = delay(world);
  const answered = soon + delay(world);
  const fine: Fate = { name: 'taken', takenAfter: soon, answerAfter: answered, answer: 'plain' };
  if (!world.faults || dice.chance(0.5)) return fine;
  const lost = () => new HttpFailure('reset', 'the connection broke', { sent: true });
  const doubt = (status: number): SendResult => ({ kind: 'ambiguous', reason: `the service answered ${status}` });
  // Only a create may come long after its time: nothing orders an edit's bytes but the connection they were written to.
  const late = wire.op === 'create' ? requestTimeout + dice.below(latest) : requestTimeout;
  const retryAt = world.now + world.wallOffset + dice.between(1_000, 120_000);
  const fates: Fate[] = [
    { name: 'its answer is slow', takenAfter: soon, answerAfter: dice.between(5_000, 19_000), answer: 'plain' },
    { name: 'its answer is lost', takenAfter: soon, answerAfter: answered, answer: lost() },
    { name: 'lost on its way', takenAfter: null, answerAfter: answered, answer: lost() },
    {
      name: 'refused before a byte left',
      takenAfter: null,
      answerAfter: soon,
      answer: new HttpFailure('refused', 'nobody listens', { sent: false }),
    },
    {
      name: '429',
      takenAfter: null,
      answerAfter: soon,
      answer: { kind: 'notSent', reason: 'the service answered 429', ...(dice.chance(0.5) && { retryAt }) },
    },
    { name: '502 before it was taken', takenAfter: null, answerAfter: answered, answer: doubt(502) },
    { name: '502 after it was taken', takenAfter: soon, answerAfter: answered, answer: doubt(502) },
    { name: 'garbage after it was taken', takenAfter: soon, answerAfter: answered, answer: doubt(200) },
    { name: 'hangs', takenAfter: null, answerAfter: null, answer: 'plain' },
    { name: 'taken, then hangs', takenAfter: dice.below(requestTimeout), answerAfter: null, answer: 'plain' },
    { name: 'taken long after', takenAfter: late, answerAfter: null, answer: 'plain' },
    { name: 'taken long after a 504', takenAfter: late, answerAfter: answered, answer: doubt(504) },
    {
      name: 'refused for good',
      takenAfter: null,
      answerAfter: soon,
      answer: { kind: 'permanent', scope: dice.chance(0.7) ? 'item' : 'channel', reason: 'the service refuses it' },
    },
  ];
  const fate = dice.pick(fates);
  // Rare in life, and the end of a story that could have gone on.
  if (fate.name === 'refused for good' && dice.chance(0.6)) return fine;
  if (traits.kind === 'keyed' && wire.op === 'create' && fate.takenAfter === late && traits.revives) return fine;
  return fate;
}

function plainAnswer({ op }: Wire, id: string | null): SendResult {
  if (id !== null) return { kind: 'sent', id, url: addressOf(id) };
  // Gone already: what a withdrawal wants.
  if (op === 'withdraw') return { kind: 'sent', id: '', url: null };
  return { kind: 'permanent', scope: 'item', reason: 'the service answered 404: there is no such post' };
}

function toldBy(answer: Fate['answer']): Wire['told'] {
  if (answer === 'plain') return 'shown';
  if (answer instanceof HttpFailure) return answer.sent ? null : 'not shown';
  return answer instanceof Error || answer.kind === 'ambiguous' ? null : 'not shown';
}

function stepOf(op: Wire['op']): string {
  return op === 'create' ? 'publish' : op;
}

function textOf({ post }: Sending): string {
  return postText(post.segments);
}

/** Between the protocol's call and the bytes on the wire. */
const stepBefore = ({ dice }: World) => dice.below(5);
const delay = ({ dice }: World) => dice.between(5, 600);
