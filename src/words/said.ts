/** What is said of a fault: what happened, and what to do next. */
export interface Said {
  what: string;
  /** the next command or act, as a sentence; undefined: there is none */
  next: string | undefined;
}

export function said(what: string, next?: string): Said {
  return { what, next };
}
