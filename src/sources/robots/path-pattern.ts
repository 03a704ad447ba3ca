/** The pattern of a rule: `*` stands for anything, `$` at the end for the end (RFC 9309 §2.2.3). */
export interface PathPattern {
  /** As it counts where several match. */
  length: number;
  /** `path` as `plainPath` gives it. */
  matches(path: string): boolean;
}

/**
 * A path is gone through once, however many stars there are: files of hundreds of kilobytes are asked of every page.
 */
export function pathPattern(text: string): PathPattern {
  const plain = asPlain(encoded(text));
  const isEnd = plain.endsWith('$');
  const [first = '', ...others] = (isEnd ? plain.slice(0, -1) : plain).split(/\*+/);
  const last = isEnd ? others.pop() : undefined;
  return {
    length: plain.length,
    matches(path) {
      if (isEnd && last === undefined) return path === first;
      if (!path.startsWith(first)) return false;
      let at = first.length;
      for (const part of others) {
        const found = path.indexOf(part, at);
        if (found < 0) return false;
        at = found + part.length;
      }
      return last === undefined || (path.length - last.length >= at && path.endsWith(last));
    },
  };
}

/** Path and query of an address, as patterns are compared with them. */
export function plainPath(url: string): string {
  const { pathname, search } = new URL(url);
  return asPlain(pathname + search);
}

/** In letters beyond ASCII as in addresses; what is escaped already stays so. */
function encoded(text: string): string {
  return encodeURI(text.toWellFormed()).replaceAll('%25', '%');
}

/** §2.2.2: an escaped letter, digit or `-._~` is the same as the sign itself. */
function asPlain(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, (escaped) => {
    const sign = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w.~-]/.test(sign) ? sign : escaped.toUpperCase();
  });
}
