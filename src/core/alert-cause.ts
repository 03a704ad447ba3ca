/** What makes two alerts of a channel one; whoever resumes the channel ends them by the same name. */
export function channelAlert(channelId: string, cause: 'refused' | 'failing' | 'unchecked' | 'ending'): string {
  return `channel:${channelId}:${cause}`;
}
