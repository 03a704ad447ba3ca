/** What an answer that is not the hoped-for success means. Descriptions are told apart by their words, as the server has them. */
import type { Answer } from '#src/channels/telegram/call.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { resultOfAnswer } from '#src/core/send-result.ts';

const day = 86_400;

/** A refusal or failure, judged: what went well the caller takes out first. */
export function resultOf(answer: Answer, now: number): Exclude<SendResult, { kind: 'sent' }> {
  const { status, description } = answer;
  const detail = description && `: ${description}`;
  if (status === 429) {
    return { kind: 'notSent', reason: `Telegram wants fewer messages (429${detail})`, retryAt: resetAt(answer, now) };
  }
  if (status === 401 || (status === 404 && !/\b(message|thread|chat)\b/i.test(description))) {
    return ofChannel(`Telegram does not know the bot's token (${status}${detail}): copy it again from @BotFather`);
  }
  if (status === 403) {
    return ofChannel(`the bot may not write there (403${detail}): add it to the chat again as administrator`);
  }
  if (status === 400 && unreachable.test(description)) {
    return ofChannel(
      `the bot cannot post there (400${detail}): check chatId, and that the bot is an administrator who may post`,
    );
  }
  const result = resultOfAnswer(answer, now, description);
  if (result.kind === 'sent') throw new Error('an answer alone never says what was sent');
  return result;
}

/** Nothing can be posted until a person acts; of messages to edit or delete the same words mean that one message. */
const unreachable =
  /chat not found|administrator rights|admin[_ ]required|(?:not enough|no) rights|write_forbidden|chat_restricted|peer_id_invalid|channel_private|thread not found|topic_(?:closed|deleted)|upgraded to a supergroup|chat was (?:deleted|deactivated)/i;

/** A photo is to blame: without it the message is taken. */
export function isAboutPhotos({ status, description }: Answer): boolean {
  return status === 413 || (status === 400 && photoFaults.test(description));
}

const photoFaults =
  /wrong file identifier|failed to get http url content|photo_|image_process|wrong type of the web page|webpage_|file is too big|file must be non-empty|can't use file|wrong remote file|too big for a photo|media_(?:empty|invalid)/i;

/** Seconds in the body, else in the header; without either in a minute. At most a day. */
function resetAt(answer: Answer, now: number): number {
  const seconds = answer.retryAfter;
  if (seconds !== null && seconds > 0) return now + Math.min(seconds, day) * 1000;
  return retryAfter(answer.headers, now) ?? now + 60_000;
}

function ofChannel(reason: string): { kind: 'permanent'; scope: 'channel'; reason: string } {
  return { kind: 'permanent', scope: 'channel', reason };
}
