/** Which way a language is written, by its usual script; what is no language counts as `ltr`. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  try {
    // Its type is newer than the compiler's own library.
    const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo(): { direction: 'ltr' | 'rtl' } };
    return locale.getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}
