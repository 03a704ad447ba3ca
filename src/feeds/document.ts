// PLACEHOLDER
export interface FeedDocument {
  id: string;
}
