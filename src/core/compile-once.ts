/** Rules are data: what is made of them (patterns of hundreds of phrases) is made once for the same content. */

const mostKept = 100;

/** `make`, asked once for the same rules, be they the same object or an equal one: a page's rules come anew with it. */
export function compileOnce<Rules extends object, Made>(make: (rules: Rules) => Made): (rules: Rules) => Made {
  const byObject = new WeakMap<Rules, Made>();
  const byContent = new Map<string, Made>();
  return (rules) => {
    const known = byObject.get(rules);
    if (known !== undefined) return known;
    const key = JSON.stringify(rules);
    const made = byContent.get(key) ?? make(rules);
    if (byContent.size >= mostKept) byContent.clear();
    byContent.set(key, made);
    byObject.set(rules, made);
    return made;
  };
}
