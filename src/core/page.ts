/** A page for people, as the console makes it and the server serves it. */

export interface PageAnswer {
  status: number;
  contentType: string;
  body: string;
}

export interface Page {
  /** `/feeds/:id`; parameters stand for one part of the path. */
  path: string;
  /** For this machine only, never through a proxy: pages that show what readers must not see. */
  operator: boolean;
  respond(parameters: Readonly<Record<string, string>>, visitor: Visitor): Promise<PageAnswer>;
}

export interface Visitor {
  /** Sits at this machine: may see the pages for operators. */
  isOperator: boolean;
  /** What they want to read, BCP 47, most wanted first; empty when the request says nothing of it. */
  languages: readonly string[];
}

export interface Pages {
  pages: readonly Page[];
  notFound(visitor: Visitor): Promise<PageAnswer>;
}
