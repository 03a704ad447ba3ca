/** The Page's own posts. Facebook ranks them and may leave some out: what is found stands, what is not may stand too. */
import type { ChannelTools, OwnPost, OwnPosts } from '#src/channels/channel.ts';
import { type Answer, call } from '#src/channels/facebook/call.ts';
import type { FacebookSettings } from '#src/channels/facebook/settings.ts';

const fields = 'id,message,created_time,permalink_url,from,attachments{url,unshimmed_url,target{url}}';
const perPage = 100;
const mostPages = 5;

/** Since `since`, milliseconds, newest first. Throws where the Page does not show them. */
export async function findPosts(since: number, settings: FacebookSettings, tools: ChannelTools): Promise<OwnPosts> {
  const posts: OwnPost[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const query: Record<string, string> = { fields, limit: String(perPage), ...(after !== null && { after }) };
    const answer = await call(`/${settings.pageId}/feed`, { query }, settings, tools);
    const data = listIn(answer);
    posts.push(...ownAmong(data, settings.pageId).flatMap((one) => ownPost(one) ?? []));
    // By the cursor and not by `paging.next`, which holds the token.
    after = answer.json.paging?.next ? (answer.json.paging?.cursors?.after ?? null) : null;
    const isPast = data.some((one) => Date.parse(one?.created_time) < since);
    if (after === null || isPast) break;
  }
  const recent = posts.filter(({ at }) => at >= since);
  return { posts: recent.sort((a, b) => b.at - a.at), complete: false };
}

function listIn({ status, json, error }: Answer): any[] {
  if (status === 200 && !error && Array.isArray(json?.data)) return json.data;
  throw new Error(`the Page does not show its posts (${error?.code ?? status}${error ? `: ${error.message}` : ''})`);
}

/** Without what visitors wrote there. Of those who hide their names Facebook says none, and of the Page it says its own. */
function ownAmong(data: readonly any[], pageId: string): any[] {
  const authorOf = (one: any) => (one?.from?.id ? String(one.from.id) : null);
  const areNamed = data.some((one) => authorOf(one) === pageId);
  return data.filter((one) => authorOf(one) === pageId || (!areNamed && authorOf(one) === null));
}

function ownPost(one: any): OwnPost | null {
  if (typeof one?.id !== 'string') return null;
  const text = typeof one.message === 'string' ? one.message : '';
  const url = typeof one.permalink_url === 'string' ? one.permalink_url : addressOf(one.id);
  const cards: any[] = Array.isArray(one.attachments?.data) ? one.attachments.data : [];
  const onCards = cards.flatMap((card) => [card?.unshimmed_url, card?.target?.url, card?.url]);
  const inText = text.match(/https?:\/\/[^\s<>"]+/gi) ?? [];
  const links = [...inText.map(withoutPunctuation), ...onCards.filter((link) => typeof link === 'string')];
  return { id: one.id, url, at: Date.parse(one.created_time), text, links: [...new Set(links.map(behindShim))] };
}

/** Where readers find a post that was just made: Facebook sends on from there. */
export function addressOf(id: string): string {
  return `https://www.facebook.com/${id}`;
}

/** What ends a sentence is none of the address. */
function withoutPunctuation(link: string): string {
  return link.replace(/(?<![.,;:!?)\]}»”’])[.,;:!?)\]}»”’]+$/u, '');
}

/** Facebook leads clicks through `l.facebook.com/l.php?u=…`. */
function behindShim(link: string): string {
  const url = URL.parse(link);
  const isShim = url && /(?:^|\.)facebook\.com$/.test(url.hostname) && url.pathname === '/l.php';
  return (isShim && url.searchParams.get('u')) || link;
}
