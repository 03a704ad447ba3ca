/** Where readers find a message: `t.me/NAME/ID` of a public chat, `t.me/c/NUMBER/ID` for the members of a private one. */
import type { Remote } from '#src/core/delivery.ts';

/** Messages as the server gives them: one, or an album's; null when they are none. */
export function remoteOf(result: any): Remote | null {
  const messages: any[] = Array.isArray(result) ? result : [result];
  const ids = messages.map((message) => message?.message_id);
  if (ids.length === 0 || !ids.every((id) => Number.isSafeInteger(id) && id > 0)) return null;
  const { chat } = messages[0];
  return { id: ids.join(','), url: addressOf(chat, ids[0]) };
}

/** The ids of a post's messages, first the one that holds its text. */
export const messageIds = ({ id }: Pick<Remote, 'id'>): number[] => id.split(',').map(Number);

/** Of the configured chat only: the same number means another message elsewhere. */
export function idInAddress(address: string, chatId: string): string | null {
  const url = URL.parse(address.includes('://') ? address : `https://${address}`);
  if (
    !url ||
    !/^(?:www\.)?(?:t\.me|telegram\.me|telegram\.dog)$/.test(url.hostname) ||
    url.searchParams.has('comment')
  ) {
    return null;
  }
  const parts = url.pathname.split('/').filter((part) => part !== '' && part !== 's');
  const chat = parts[0] === 'c' ? `-100${parts[1]}` : `@${parts[0]}`.toLowerCase();
  const rest = parts.slice(parts[0] === 'c' ? 2 : 1);
  const id = rest.at(-1);
  // Between the chat and the message stands the topic, where there is one.
  if (chat !== chatId.toLowerCase() || rest.length > 2 || !id || !/^[1-9]\d*$/.test(id)) return null;
  return id;
}

function addressOf(chat: any, id: number): string | null {
  if (typeof chat?.username === 'string' && /^\w+$/.test(chat.username)) return `https://t.me/${chat.username}/${id}`;
  const number = /^-100(\d+)$/.exec(String(chat?.id))?.[1];
  return number ? `https://t.me/c/${number}/${id}` : null;
}
