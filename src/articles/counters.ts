/** Lines that a page writes anew with every look: how often it was read, how long ago, when it was changed. */
import { readDate } from '#src/core/date.ts';

const number = String.raw`[\d.,]+\s*(?:k|m|nghìn|tr)?`;
const things = String.raw`(?:page\s?)?views?|reads?|hits|shares?|likes?|comments?|times|(?:lượt|lần)(?:\s(?:xem|đọc|truy cập|thích|chia sẻ))?|bình luận|phản hồi|người xem|댓글|조회수?|просмотр\p{L}*|комментари\p{L}*|vistas|visitas|lecturas|vues|lectures|aufrufe|次|人`;
const openers = String.raw`(?:viewed|read|seen|hits?|views?|shares?|comments?|visits?|lượt|(?:số )?(?:lượt|lần)\s(?:xem|đọc|truy cập)|đã\s(?:xem|đọc)|lượt\sđọc|xem|bình luận|phản hồi|댓글|조회수?|просмотр\p{L}*|浏览(?:次数|量)?|阅读(?:量|数)?|点击(?:数|量)?|閲覧数|aufrufe|gelesen|vues|lu|vistas|visitas|leído)`;
const counter = new RegExp(
  String.raw`^(?:${openers}[\s:：]*${number}\s*(?:${things})?|(?:\p{L}+\s)?${number}\s*(?:${things}))$`,
  'iu',
);
const readingTime =
  /^(?:\p{L}+\s)?[\d.,]+\s*(?:min(?:s|uten?|utes?|utos?|uti)?|phút|分|분|นาที|دقائق|دقيقة)(?:\.|\b|(?!\p{L})).{0,20}$|^(?:A[+-]?\s?){2,3}$|^(?:cỡ chữ|kích thước chữ|font size|text size|schriftgröße|taille du texte)[\s:：A+-]*$/iu;
const longAgo =
  /(?:\d+|an?|một|une?|einem?r?|una?)\s*(?:s|m|h|d|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|giây|phút|giờ|ngày|tuần|tháng)\s*(?:ago|trước)|^vor \d+ \p{L}+$|^il y a \d+ \p{L}+$|^hace \d+ \p{L}+$|^\d+ \p{L}+ (?:yang )?lalu$|\d+\s*(?:分|時間|日|小时|小時|天|분|시간|일)\s*(?:前|전)|قبل \d+/iu;
const longest = 40;

/** `Lượt xem: 1.234`, `Viewed 1,234 times`, `5 min read`, `2 hours ago`. */
export function isCounter(text: string): boolean {
  return text.length <= longest && (counter.test(text) || readingTime.test(text) || longAgo.test(text));
}

const changed =
  /^[([]?\s*(?:last\s|lần\s?|ngày\s|giờ\s)?(?:updated?|modified|published|posted|edited|cập nhật|đăng|xuất bản|aktualisiert|veröffentlicht|stand|mis à jour|publié|actualizado|publicado|atualizado|diperbarui|อัปเดต|更新(?:日)?|最終更新|수정|입력|обновлено|опубликовано|تحديث)(?:\s|:|：|\p{P}|\d)/iu;

/** `Cập nhật lúc 08:30 ngày 26/11/2026` */
export function isStamp(text: string, zone: string): boolean {
  return text.length <= 80 && changed.test(text) && readDate(text, zone) !== null;
}
