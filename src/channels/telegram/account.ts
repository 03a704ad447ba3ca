/** Which bot it is, where it posts, and what it may do there. */
import type { ChannelTools, CheckResult } from '#src/channels/channel.ts';
import { type Answer, call, type Fields } from '#src/channels/telegram/call.ts';
import type { TelegramSettings } from '#src/channels/telegram/settings.ts';
import { UserError } from '#src/core/errors.ts';

/** Throws a `UserError` for what the operator must mend; a missing right that only corrections need is named with the account. */
export async function checkAccount(settings: TelegramSettings, tools: ChannelTools): Promise<CheckResult> {
  const ask = (method: string, fields: Fields) => asked(method, fields, settings, tools);
  const bot = await ask('getMe', {});
  const chat = await ask('getChat', { chat_id: settings.chatId });
  const member = await ask('getChatMember', { chat_id: settings.chatId, user_id: bot.id });
  const name = chat.username ? `@${chat.username}` : (chat.title ?? settings.chatId);
  const missing = missingRights(chat.type, member);
  if (missing.includes('can_post_messages') || missing.includes('can_send_messages')) {
    throw new UserError(`@${bot.username} may not post in ${name}: it lacks the right ${missing.join(', ')}`, {
      next: `In ${name}, Administrators, add @${bot.username} and allow “Post messages”.`,
    });
  }
  const lacks = missing.length > 0 ? `, without the right ${missing.join(', ')}` : '';
  return { account: `@${bot.username} in ${name}${lacks}`, facts: { missing } };
}

/** By their names in the Bot API. A group's member needs no rights to write, nor to change or delete what it wrote. */
function missingRights(chatType: unknown, member: any): string[] {
  const { status } = member;
  if (status === 'creator') return [];
  if (chatType === 'channel') {
    const rights = ['can_post_messages', 'can_edit_messages', 'can_delete_messages'];
    return status === 'administrator' ? rights.filter((right) => member[right] !== true) : rights;
  }
  const isOut = status === 'left' || status === 'kicked' || (status === 'restricted' && !member.can_send_messages);
  return isOut ? ['can_send_messages'] : [];
}

async function asked(method: string, fields: Fields, settings: TelegramSettings, tools: ChannelTools): Promise<any> {
  const answer = await call(method, fields, settings, tools);
  if (answer.status !== 200 || typeof answer.result !== 'object' || answer.result === null) {
    throw fault(answer, settings);
  }
  return answer.result;
}

function fault({ status, description, isOurs, movedTo }: Answer, { chatId, apiRoot }: TelegramSettings): UserError {
  const said = description && `: ${description}`;
  if (movedTo) return new UserError(`The group ${chatId} has a new number`, { next: `Set chatId: "${movedTo}".` });
  if (status === 429 || status >= 500) {
    return new UserError(`Telegram cannot answer now (${status}${said})`, { next: 'Check again in a few minutes.' });
  }
  if (!isOurs) {
    return new UserError(`${new URL(apiRoot).host} answered ${status} with something that is not the Bot API's`, {
      next: 'Set apiRoot to a Bot API server, or leave it out for Telegram’s own.',
    });
  }
  if (status === 401 || status === 404) {
    return new UserError(`Telegram does not know the bot's token (${status}${said})`, {
      next: 'Copy it again: @BotFather, /mybots, the bot, API Token.',
    });
  }
  return new UserError(`The bot cannot see ${chatId} (${status}${said})`, {
    next: 'Write chatId as @name or as the number that begins with -100, and add the bot there as administrator.',
  });
}
