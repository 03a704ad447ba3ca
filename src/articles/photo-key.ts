/** One photo stands at many addresses: a file for every size, a crop, a query. */

const sizeWord = /^(?:thumbs?|thumb_w|zoom|resize[rd]?|crop|small|medium|large|full|original|size|fit|fill|[wh])$/i;
const sizes = /^(?:[wsh]?\d{2,4}[x_]\d{2,4}(?:-[a-z]{1,3})?|[wsh]_?\d{2,4}(?:,[a-z]+_?\w+)*|c_\w+(?:,\w+)*)$/i;
const sizeParameters =
  /^(?:w|h|width|height|q|quality|auto|fm|format|fit|crop|dpr|s|sig|itok|ssl|resize|strip|blur|v|ver|imwidth|im|rect|sharp|cs)$/i;

/** Equal for addresses that show the same photo in another size. */
export function photoKey(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  // `/styles/social/public/photo.jpg`
  const parts = url.pathname.replace(/\/styles\/[\w-]+\/public(?=\/)/, '').split('/');
  const file = parts.pop() ?? '';
  const folders = parts.filter((part, index) => {
    if (sizeWord.test(part) || sizes.test(part)) return false;
    return !(/^\d{2,4}$/.test(part) && sizeWord.test(parts[index - 1] ?? ''));
  });
  const name = file.replace(/[-_](?:\d{2,4}x\d{2,4}|scaled|e\d{10,})(?=\.\w+$)/i, '').replace(/@\dx(?=\.\w+$)/i, '');
  const query = [...url.searchParams].filter(([key]) => !sizeParameters.test(key)).map((pair) => pair.join('='));
  return [url.host, ...folders, name.toLowerCase(), ...query].join('/');
}
