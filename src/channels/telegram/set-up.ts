/** What an operator does at Telegram before; for the docs. */

export const setUp: readonly string[] = [
  'Write `/newbot` to @BotFather: it gives the token.',
  'In the channel, Administrators, add the bot and allow “Post messages”; for corrections and withdrawals also “Edit messages” and “Delete messages”. `loa channel test` says which right is missing.',
  '`chatId` of a public channel is its name with `@`, in quotes. Of a private one it is a number: copy the link of a message; in `https://t.me/c/1234567890/5` the channel is `-1001234567890`.',
  'Telegram knows no alt texts and no languages, and shows nobody’s own posts to a bot: a post whose answer was lost waits for a person.',
];
