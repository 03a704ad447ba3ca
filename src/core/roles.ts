/** What reporters are called beside their names. */

const before =
  /^(?:nhà báo|phóng viên|nhóm phóng viên|biên tập viên|cộng tác viên|staff (?:writer|reporter)|reporter|correspondent|journalist|journaliste|correspondante?|periodista|redakteur(?:in)?|reporter(?:in)?|wartawan|ผู้สื่อข่าว|الصحفية?|مراسلة?|(?:本报|本刊|本网|本社|新华社|中新社)?(?:见习|實習)?(?:记者|記者|通讯员))[\s:]+(?=[\p{Lu}\p{Lo}])/iu;
const after =
  /(?:[\s,]+|(?<=\p{Lo}))(?:staff(?: (?:writer|reporter|photographer))?s?|記者|记者|特派員|通信員|通讯员|カメラマン|기자|특파원|da redação|de la redacción)$/iu;
/** `Jane Roe Senior Political Correspondent`: set together from two lines. */
const together =
  /(?<=\p{L}\s\p{L}[\p{L}\p{M}’'-]*)(?:\s(?:Senior|Chief|Deputy|Associate|Assistant|Managing|Contributing|Special|Staff|Political|Politics|Business|Economics|Sports?|Science|Health|Education|Transport|Crime|Environment|Foreign|Diplomatic|National|Local|City|World|Technology|Data|Investigative|Home|Affairs|Culture|Arts|Travel|Features?|News|Digital))*\s(?:Correspondent|Reporter|Editor|Writer|Columnist|Journalist|Photographer)$/u;
const place = /\s+in\s+\p{Lu}[\p{L}\p{M}.-]*(?:\s+\p{Lu}[\p{L}\p{M}.-]*)?$/u;
const role =
  /^(?:special to (?:the )?\p{L}.*|(?:công chức|viên chức|cán bộ|giáo viên)\s.*|(?:[\p{L}\p{M}&.'’-]+\s+){0,3}(?:correspondent|reporter|writer|editor|journalist|columnist|photographer|producer|bureau chief|staff|contributor|korrespondent(?:in)?|redakteur(?:in)?|reporterin|journaliste|correspondante?|envoyée? spéciale?|rédact(?:eur|rice)|periodista|corresponsal|redactora?|jornalista|repórter|wartawan|phóng viên|biên tập viên|cộng tác viên|корреспондент|журналист|обозреватель|редактор|communications|public affairs|media relations|news service|press office)(?:\s+(?:at|for|of|in|on|für|de|à|en|aus)\b.*)?|記者|记者|기자|編集委員|論説委員)$/iu;

/** `Nhà báo Thu Hà` -> `Thu Hà`, `Reuters staff` -> `Reuters`. */
export function withoutRole(name: string): string {
  const bare = name
    .replace(before, '')
    .replace(/(?<=\p{L})\s+special to (?:the )?\p{Lu}.{1,40}$/iu, '')
    .replace(place, '')
    .replace(together, '');
  const shorter = bare.replace(after, '');
  return shorter === '' ? bare : shorter;
}

/** `Transport correspondent`: a part of a byline that names nobody. */
export function isRole(part: string): boolean {
  return role.test(part) && !isTeam(part);
}

/** `Nhóm phóng viên`: several who sign as one. */
export function isTeam(name: string): boolean {
  return /^(?:nhóm|tổ) (?:phóng viên|pv|tác giả|cộng tác viên)$/iu.test(name);
}
