/** A page for people, as the console makes it and the server serves it. */

export interface PageAnswer {
  status: number;
  contentType: string;
  body: string;
}

export interface Page {
  /** `/feeds/:id`; parameters stand for one part of the path. */
  path: string;
  /** For signed-in visitors: pages that show what readers must not see. */
  operator: boolean;
  respond(parameters: Readonly<Record<string, string>>, visitor: Visitor): Promise<PageAnswer>;
}

export interface Visitor {
  /** Signed in: may see the pages for operators. */
  isOperator: boolean;
  /** What they want to read, BCP 47, most wanted first; empty when the request says nothing of it. */
  languages: readonly string[];
  /** What came of the form they have just sent. */
  notice?: Notice | null;
}

/** `action`: the last part of the API route's path: `hold`, `stop-all`. */
export type Notice = { kind: 'done'; action: string } | { kind: 'refused'; message: string; next: string | null };

export interface Pages {
  pages: readonly Page[];
  /**
   * How to sign in, with a form that posts `link` to the same address. `wrong`: the link that was tried is used, over or
   * mistyped; `insecure`: the visitor came by plain http where `publicUrl` is https.
   */
  signIn(visitor: Visitor, notice: 'wrong' | 'insecure' | null): Promise<PageAnswer>;
  notFound(visitor: Visitor): Promise<PageAnswer>;
}
