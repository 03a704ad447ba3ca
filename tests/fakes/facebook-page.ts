/** The Page of the fake Graph API: no keys, a list that may leave posts out, and refusals by code. */

export interface FakePagePost {
  id: string;
  message: string;
  /** Of the card; null without. */
  link: string | null;
  photos: FakePagePhoto[];
  comments: { id: string; message: string }[];
  /** Of the Page, or of a visitor. */
  from: string;
  at: number;
  /** The list of posts leaves it out. */
  isOmitted: boolean;
}

export interface FakePagePhoto {
  id: string;
  caption: string | null;
  alt: string | null;
  bytes: number;
}

/** One write that readers could see. */
export interface FacebookWrite {
  op: 'create' | 'edit' | 'delete' | 'comment';
  id: string;
  text: string;
  at: number;
}

export interface FacebookOptions {
  token: string;
  now(): number;
  port?: number;
  pageId?: string;
  /** With it every request must be signed. */
  app?: { id: string; secret: string };
  onWrite?(write: FacebookWrite): void;
}

export interface FacebookRefusal {
  subcode?: number;
  status?: number;
  isTransient?: boolean;
  headers?: Record<string, string>;
}

export type Fields = Record<string, any>;
/** Bytes of each, by its field. */
export type Files = Map<string, number>;

export class Refusal extends Error {
  readonly code: number;
  readonly more: FacebookRefusal;
  constructor(code: number, message: string, more: FacebookRefusal = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }
}

export function openFacebookPage(options: FacebookOptions) {
  const { token, now, pageId = '104900000000001' } = options;
  const posts = new Map<string, FakePagePost>();
  const unattached = new Map<string, FakePagePhoto>();
  const used = new Set<string>();
  const record: FacebookWrite[] = [];
  const uploads: FakePagePhoto[] = [];
  let isOmitted = false;
  let ids = 122_000_000_000_000;

  const write = (op: FacebookWrite['op'], id: string, text: string) => {
    const entry = { op, id, text, at: now() };
    record.push(entry);
    options.onWrite?.(entry);
  };
  const add = (post: Pick<FakePagePost, 'message' | 'link' | 'photos' | 'from'>): FakePagePost => {
    const made = { ...post, id: `${pageId}_${++ids}`, comments: [], at: now(), isOmitted };
    posts.set(made.id, made);
    return made;
  };
  const attach = (media: { media_fbid: string }[]): FakePagePhoto[] => {
    for (const [index, { media_fbid: id }] of media.entries()) {
      if (used.has(id) || media.findIndex((one) => one.media_fbid === id) !== index)
        throw new Refusal(100, 'Photos were already posted', { subcode: 1366051 });
      if (unattached.has(id)) continue;
      throw new Refusal(100, `(#100) Param attached_media[${index}] must be a valid media_fbid of the Page`);
    }
    return media.map(({ media_fbid: id }) => {
      const photo = unattached.get(id)!;
      unattached.delete(id);
      used.add(id);
      return photo;
    });
  };
  const publish = (fields: Fields): unknown => {
    const { message = '', link = null, attached_media: media = [] } = fields;
    if (message.length > 63_206) throw new Refusal(100, '(#100) The message is too long');
    if (link !== null && !URL.canParse(link))
      throw new Refusal(100, 'The url you supplied is invalid', { subcode: 2061006 });
    if (message === '' && !link && media.length === 0) throw new Refusal(100, '(#100) The post is empty');
    const newest = [...posts.values()].at(-1);
    if (newest && newest.message === message && newest.link === link && media.length === 0) {
      throw new Refusal(506, '(#506) Duplicate status message');
    }
    const made = add({ message, link, photos: attach(media), from: pageId });
    write('create', made.id, message);
    return { id: made.id };
  };
  const upload = (fields: Fields, files: Files): unknown => {
    const bytes = files.get('source');
    if (bytes === undefined) throw new Refusal(100, '(#100) Missing source', { subcode: 2069019 });
    if (bytes > 4 * 1024 * 1024) throw new Refusal(100, 'Photos should be under 4 MB', { subcode: 1366046 });
    if (String(fields['published']) !== 'false') throw new Refusal(100, 'only unpublished photos here');
    const { caption = null, alt_text_custom: alt = null } = fields;
    const photo = { id: String(++ids), caption, alt, bytes };
    unattached.set(photo.id, photo);
    uploads.push(photo);
    return { id: photo.id };
  };
  const list = (query: URLSearchParams): unknown => {
    const shown = [...posts.values()].filter((post) => !post.isOmitted).reverse();
    const from = Number(query.get('after') ?? 0);
    const to = from + Number(query.get('limit') ?? 25);
    const next = to < shown.length ? { next: `https://graph.example/?access_token=${token}&after=${to}` } : {};
    return { data: shown.slice(from, to).map(entity), paging: { cursors: { after: String(to) }, ...next } };
  };
  const onPost = (method: string, id: string, fields: Fields): unknown => {
    const post = posts.get(id);
    if (!post) throw new Refusal(100, `Unsupported request. Object with ID '${id}' does not exist`, { subcode: 33 });
    if (method === 'GET') return entity(post);
    if (method === 'DELETE') posts.delete(id);
    else Object.assign(post, { message: String(fields['message'] ?? '') });
    write(method === 'DELETE' ? 'delete' : 'edit', id, post.message);
    return { success: true };
  };
  const comment = (id: string, fields: Fields): unknown => {
    const post = posts.get(id);
    if (!post) throw new Refusal(100, `Object with ID '${id}' does not exist`, { subcode: 33 });
    if (!fields['message']) throw new Refusal(100, '(#100) The comment is empty');
    const made = { id: `${id.split('_')[1]}_${++ids}`, message: String(fields['message'] ?? '') };
    post.comments.push(made);
    write('comment', made.id, made.message);
    return { id: made.id };
  };

  return {
    ...{ pageId, posts, record, uploads, publish, upload, list, onPost, comment },
    omit: (value: boolean) => void (isOmitted = value),
    purge: () => unattached.clear(),
    writeByHand: ({ message, link = null, from = pageId }: { message: string; link?: string | null; from?: string }) =>
      add({ message, link, from, photos: [] }),
  };
}

/** As the list gives it; a card's address leads through Facebook's own. */
function entity({ id, message, link, from, at }: FakePagePost) {
  const shim = link && `https://l.facebook.com/l.php?u=${encodeURIComponent(link)}&h=AT0`;
  return {
    id,
    message,
    created_time: new Date(at).toISOString().replace(/\.\d+Z$/, '+0000'),
    permalink_url: `https://www.facebook.com/${id.split('_')[0]}/posts/${id.split('_')[1]}`,
    from: { id: from },
    ...(shim && { attachments: { data: [{ url: shim, target: { url: shim } }] } }),
  };
}
