/** What a channel's kind can do, as the plan needs to know it. */
export interface ChannelTraits {
  canEdit: boolean;
  canReply: boolean;
  /** An edit tells people who shared the post. */
  editNotifies: boolean;
  /** Why nobody can take a post back; null where it can be tried. */
  irrevocable: string | null;
  /** Who gets a post of their own; one empty name where all readers share one. */
  parts: readonly string[];
}

/** Of a channel on which posts can be changed, answered and taken back, and where all readers see the same one. */
export const commonTraits: ChannelTraits = {
  canEdit: true,
  canReply: true,
  editNotifies: false,
  irrevocable: null,
  parts: [''],
};
