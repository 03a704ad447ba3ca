/** The one request that readers can see: the frozen record under its own key. */
import { pageOf, postCollection, uriOf } from '#src/channels/bluesky/address.ts';
import { uploadBlob } from '#src/channels/bluesky/blobs.ts';
import { type Answer, jsonBody, restOf, resultOf } from '#src/channels/bluesky/call.ts';
import type { Prepared } from '#src/channels/bluesky/freeze.ts';
import { ask } from '#src/channels/bluesky/session.ts';
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import type { ChannelTools } from '#src/channels/channel.ts';
import { messageOf } from '#src/core/errors.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { NotPrepared } from '#src/core/send-result.ts';

/** Counted by the service for a new record. */
export const createPoints = 3;

/** The same bytes under the same key stand once, however often they are put. A refusal for a photo's sake shows nothing. */
export async function put(prepared: Prepared, settings: BlueskySettings, tools: ChannelTools): Promise<SendResult> {
  const send = (record: string) => putRecord(record, prepared, settings, tools);
  let answer = await send(prepared.record);
  if (lostBlob(answer)) {
    const failure = await uploadAgain(prepared, settings, tools);
    if (failure === null) answer = await send(prepared.record);
    if (lostBlob(answer)) return withoutBlobs(failure ?? answer.said);
  }
  if (!refusesPhotos(answer) || prepared.plain === null) return made(answer, prepared, tools);
  const note = `the photos were left out: ${answer.said}`;
  tools.log.warn(note, { channel: tools.channelId });
  const result = made(await send(prepared.plain), prepared, tools);
  return result.kind === 'sent' ? { ...result, notes: [note] } : result;
}

async function putRecord(
  record: string,
  { repo, rkey }: Prepared,
  settings: BlueskySettings,
  tools: ChannelTools,
): Promise<Answer> {
  const { answer } = await ask(
    ({ did, handle }) => {
      if (did !== repo) throw new NotPrepared({ kind: 'permanent', scope: 'item', reason: anotherAccount(handle) });
      const head = JSON.stringify({ repo, collection: postCollection, rkey, validate: true });
      return { nsid: 'com.atproto.repo.putRecord', ...jsonBody(`${head.slice(0, -1)},"record":${record}}`) };
    },
    settings,
    tools,
  );
  return answer;
}

function made(answer: Answer, name: Prepared, tools: ChannelTools): SendResult {
  const now = tools.clock.now();
  const { status, json } = answer;
  if (status !== 200 || json?.uri !== uriOf(name)) return resultOf(answer, now);
  return { kind: 'sent', id: json.uri, url: pageOf(name), ...restOf(answer, createPoints, now) };
}

const isRefusal = ({ status, error }: Answer, ...names: string[]) => status === 400 && names.includes(error);
const lostBlob = (answer: Answer) => isRefusal(answer, 'BlobNotFound');
const refusesPhotos = (answer: Answer) => isRefusal(answer, 'InvalidMimeType', 'InvalidSize');

/** Blobs are named by their bytes: the same files give the same record. Null when all are there again. */
async function uploadAgain({ files }: Prepared, settings: BlueskySettings, tools: ChannelTools) {
  try {
    for (const { file, type, link } of files) {
      const blob = await uploadBlob(file, type, settings, tools);
      if (blob.ref.$link !== link) return 'a photo is not the one it was';
    }
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

function withoutBlobs(why: string): SendResult {
  return { kind: 'notSent', reason: `the photos are uploaded again: ${why}`, prepareAgain: true };
}

const anotherAccount = (handle: string) =>
  `it was prepared for another account than @${handle}, which the settings name now: cancel it, or put the former account back and retry`;
