/** The posts of the `board` channels. */
import type { Remote } from '#src/core/delivery.ts';
import type { Post } from '#src/core/post.ts';

export interface BoardPost {
  id: string;
  channelId: string;
  post: Post;
  postedAt: number;
  editedAt: number | null;
}

export interface BoardStore {
  put(channelId: string, key: string, post: Post, now: number): Promise<Remote>;
  take(channelId: string, remoteId: string, now: number): Promise<void>;
  /** Newest first, without those taken back. */
  list(channelId: string, limit: number): Promise<BoardPost[]>;
}
