/** What a name in a byline looks like: people, offices, outlets and agencies. */
import type { Profile } from '#src/core/profile.ts';
import { isTeam } from '#src/core/roles.ts';
import { isCapitals } from '#src/core/text.ts';

type Rules = Profile['byline'];

const mostWords = 6;

/** After a colon, or by what it is called: `Nguồn: Cổng thông tin tỉnh`, `Theo Báo Quân đội nhân dân`. */
export function isOffice(name: string, prefix: string | null): boolean {
  return (
    /[:：]$/.test(prefix ?? '') ||
    (/(?:bởi|by)$/u.test(prefix ?? '') && isDesk(name)) ||
    (prefix !== null && /^(?:Báo|Đài|Cổng|Trang|Tạp chí|Thông tấn xã)\s/u.test(name))
  );
}

/** `Phòng Truyền thông`, `Văn phòng HĐND-UBND xã`: who signs on portals. */
export function isDesk(name: string): boolean {
  return /^(?:Báo|Đài|Tạp chí|Ban|Phòng|Văn phòng|Trung tâm|Bộ phận|Khoa|Hội|Sở|Ủy ban|Uỷ ban|Công an|Trường|Trạm|Đảng ủy|Đảng uỷ|Đoàn|Liên đoàn|Chi cục|Tổ)\s/u.test(
    name,
  );
}

const outletName = /^[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+){0,3}\.[a-zA-Z]{2,6}$|^\p{Lu}.* (?:[Oo]nline|điện tử)$/u;
const calledSo =
  /^(?:Bác sĩ|Luật sư|Thạc sĩ|Tiến sĩ|Nhà văn|Nhà thơ|Nhạc sĩ|Họa sĩ|Nghệ sĩ|Linh mục|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý))\s/u;

const titled = /^(?:(?:BS|ThS|TS|PGS|GS|KS|CN|DS|BSCK|CK|KTS|LS|NGND|NGƯT|NSND|NSƯT|Dr|Prof)(?:I{1,3}|\d)?\.)+$/u;

export function isAgency(name: string, rules: Rules): boolean {
  return rules.acronyms.includes(name.toUpperCase());
}

/** `own`: a prefix or the page marks it; `office`: it may be a body of people, printed with small letters. */
export function isName(name: string, own: boolean, office: boolean): boolean {
  if (name.length > 60 || /[\d:;!?“”"…@#=<>{}|\\]/u.test(name) || !/\p{L}/u.test(name)) return false;
  if (isTeam(name)) return true;
  // `Nguồn: baosonghau.vn`, `Theo Sông Hậu online`
  if (own && outletName.test(name)) return true;
  const words = name.replace(calledSo, '').split(' ');
  if (words.length > mostWords + (office ? 3 : 0)) return false;
  const isNameWord = (word: string) => /^[\p{Lu}\p{Lt}]/u.test(word);
  // Scripts without capitals give no sign of a name but the prefix.
  if (words.every((word) => /^\p{Lo}/u.test(word))) return own && name.length <= 40;
  if (office && isNameWord(words[0] ?? '')) return true;
  if (own) return isNameWord(words[0] ?? '') && isNameWord(words.at(-1) ?? '');
  return words.every((word) => isNameWord(word) && (!/\.$/.test(word) || titled.test(word))) || isCapitals(name);
}
