/** Everything of a post but its sending: after it the record never changes again, whatever happens to its tries. */
import { nameOf, postCollection } from '#src/channels/bluesky/address.ts';
import { uploadAll } from '#src/channels/bluesky/blobs.ts';
import { resultOf } from '#src/channels/bluesky/call.ts';
import { type Named, recordOf } from '#src/channels/bluesky/record.ts';
import { ask, openSession, ownRepo } from '#src/channels/bluesky/session.ts';
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import { tidOf } from '#src/channels/bluesky/tid.ts';
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { NotPrepared } from '#src/core/send-result.ts';

export interface Prepared {
  /** The account's DID: to another one it is never sent. */
  repo: string;
  rkey: string;
  /** The record as JSON text: as text it keeps its bytes in any database. */
  record: string;
  /** The same without photos, for a provider that takes none of these; null where there are none. */
  plain: string | null;
  /** Files behind the record's blobs, in its order. */
  files: { file: string; type: string; link: string }[];
  /** What was left out, in plain words. */
  notes: string[];
}

/** The channel's `prepare`. The key comes from the delivery, so that it is the same also when this is done anew. */
export async function freeze(
  sending: Sending<Prepared>,
  settings: BlueskySettings,
  tools: ChannelTools,
): Promise<Prepared> {
  const { key, post, remote, at } = sending;
  const { did } = await openSession(settings, tools);
  const reply = remote && (await threadOf(remote.id, settings, tools));
  const { photos, notes } = await uploadAll(sending, settings, tools);
  // Timelines sort by it: a post that waited for the morning must not stand among yesterday's.
  const parts = { createdAt: tools.clock.now(), photos: [], thumb: null, reply };
  const pictured = settings.embed === 'card' ? { thumb: photos[0]?.blob ?? null } : { photos };
  const plain = JSON.stringify(recordOf(post, parts));
  const files = photos.map(({ file, blob }) => {
    const { type } = post.photos.find((photo) => photo.file === file)!;
    return { file, type, link: blob.ref.$link };
  });
  return {
    repo: did,
    rkey: tidOf(Date.parse(at), key),
    record: JSON.stringify(recordOf(post, { ...parts, ...pictured })),
    plain: photos.length > 0 ? plain : null,
    files,
    notes,
  };
}

/** Where a reply hangs: below the post, in whatever thread that is part of. */
async function threadOf(
  id: string,
  settings: BlueskySettings,
  tools: ChannelTools,
): Promise<{ root: Named; parent: Named }> {
  const name = nameOf(id);
  const { answer } = await ask(
    (session) => {
      const repo = ownRepo(name?.repo, session);
      if (!name || repo === null) throw forPost(`${id} is no post of the account that the settings name`);
      const query = { repo, collection: postCollection, rkey: name.rkey };
      return { nsid: `com.atproto.repo.getRecord?${new URLSearchParams(query)}` };
    },
    settings,
    tools,
  );
  const { status, json, error, said } = answer;
  const parent = named(json);
  if (status === 200 && parent) return { root: named(json.value?.reply?.root) ?? parent, parent };
  const isGone = status === 404 || (status === 400 && (error === 'RecordNotFound' || /could not locate/i.test(said)));
  if (isGone) throw forPost('the post it would stand below is gone');
  throw new NotPrepared(resultOf(answer, tools.clock.now()));
}

function named(value: any): Named | null {
  const { uri, cid } = value ?? {};
  return typeof uri === 'string' && typeof cid === 'string' ? { uri, cid } : null;
}

const forPost = (reason: string) => new NotPrepared({ kind: 'permanent', scope: 'item', reason });
