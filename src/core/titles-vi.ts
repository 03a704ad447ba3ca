/** Vietnamese sentences that introduce people with all their offices before they say what happened. */

/** The same without plans and occasions before it, offices and lives behind a name, and guests after the first. */
export function withoutVietnameseTitles(sentence: string): string {
  let told = '';
  let dropped = false;
  for (const part of withoutPreamble(sentence.split(/(?<=[,;])\s+/u))) {
    const action = predicate.exec(part);
    if (isLife(part) || (isAside(part, told, dropped) && action === null)) {
      dropped = true;
    } else if (isAside(part, told, dropped) || (dropped && action?.index === 0)) {
      // What they did belongs to who was named first.
      told = `${told.replace(/[,;]\s*$/u, '')} ${part.slice(action!.index).trimStart()}`;
      dropped = false;
    } else {
      told = told === '' ? part : `${told} ${part}`;
      dropped = false;
    }
  }
  return /[.!?…]["'”’»)]*$/u.test(told) ? told : `${told.replace(/[\s,;]+$/u, '')}.`;
}

/** From the time, the place or the body that acts on; all of it where no such part follows. */
function withoutPreamble(parts: string[]): string[] {
  if (!preamble.test(parts[0]!)) return parts;
  const start = parts.findIndex((part, index) => index > 0 && begins.test(part));
  const rest = parts.slice(start);
  if (start < 1 || !predicate.test(rest.join(' '))) return parts;
  return [rest[0]![0]!.toUpperCase() + rest[0]!.slice(1), ...rest.slice(1)];
}

const preamble =
  /^(?:Thực hiện|Căn cứ|Hưởng ứng|Được sự|Nhằm|Trong khuôn khổ|Tiếp tục|Hướng tới|Chào mừng|Để|Với mục|Nhân|Triển khai|Thiết thực|Trên cơ sở|Theo chương trình)\s/u;

const begins =
  /^(?:sáng|trưa|chiều|tối|đêm|ngày|hôm|vừa qua|mới đây|từ ngày|trong (?:hai|ba|các) ngày|tại|UBND|HĐND|\p{Lu}\p{L}+ \p{L}+)/u;

/** An office of whoever stands before it, a further guest, or more of what was left out. */
function isAside(part: string, told: string, dropped: boolean): boolean {
  if (told === '') return false;
  if (office.test(part)) return true;
  if (person.test(part) || company.test(part)) return dropped || somebody.test(told);
  return dropped && (moreGuests.test(part) || !(predicate.test(part) || goesOn.test(part)));
}

/** Whether somebody does something in it. */
export function hasVietnamesePredicate(text: string): boolean {
  return predicate.test(text) || /\s(?:là|có|bị|được)\s/u.test(text);
}

const office =
  /^(?:và |cùng )?(?:nguyên |quyền )?(?:[UỦ][ỷy] viên|Bí thư|Phó Bí thư|Chủ tịch|Phó Chủ tịch|Trưởng |Phó Trưởng|Giám đốc|Phó Giám đốc|Tổng Giám đốc|Phó Tổng|Thứ trưởng|Bộ trưởng|Thủ tướng|Phó Thủ tướng|Tổng Bí thư|Chánh |Phó Chánh|Viện trưởng|Phó Viện trưởng|Hiệu trưởng|Phó Hiệu trưởng|Cục trưởng|Phó Cục trưởng|Vụ trưởng|Phó Vụ trưởng|Đại biểu Quốc hội|Chủ nhiệm|Phó Chủ nhiệm|Tư lệnh|Phó Tư lệnh|Chính ủy|Phó Chính ủy|Chỉ huy|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Tổng Biên tập|Thành viên|Anh hùng|Tỉnh ủy viên|Thành ủy viên|Đảng ủy viên|Tổng Thư ký|Đại sứ|Thường trực|Kiểm soát viên|Người phát ngôn|Đội trưởng|Đội phó)/u;

const person =
  /^(?:và |cùng |cùng với )?(?:các )?(?:đồng chí|ông|bà|PGS|GS|TS|ThS|Thiếu tướng|Trung tướng|Đại tá|Thượng tọa|Hòa thượng)[\s.]/u;

const company =
  /^(?:và |cùng |cùng với )?(?:các (?:sở|ban|ngành|đồng chí|phòng|đơn vị|đại biểu|thành viên)|(?:đại diện )?lãnh đạo |đại diện |một số |đông đảo |cùng )/u;

const moreGuests =
  /^(?:ngành|ban|đoàn thể|địa phương|phòng|đơn vị|huyện|thành phố)(?:,| và | cùng | (?:có )?liên quan| chức năng| chuyên môn| trực thuộc)/u;

/** Where the telling goes on after something was left out. */
const goesOn =
  /^(?:tại|ở|nơi|trong|với|công trình|thuộc|nhằm|để|từ|vào|ngày|sáng|chiều|tối|trên|sau|trước|khi|do|vì|qua|theo|song|nhưng)\s/u;

/** What somebody is and was. */
const isLife = (part: string): boolean =>
  /^(?:sinh (?:năm|ngày)|SN \d|trú (?:tại|ở)|thường trú|ngụ|quê|hiện (?:là|trú|ở)|dân tộc|người (?:từng|đã|có|con)|(?:một|hai|ba|bốn|năm|nhiều) lần|\d+ tuổi)/u.test(
    part,
  );

const somebody = /(?<=^|\s)(?:đồng chí|ông|bà|PGS|GS|TS|ThS|Đoàn|đoàn|lãnh đạo)[\s.]/iu;

/** Where the telling begins. */
const predicate =
  /(?<=^|\s)(?:(?:đã|đang|sẽ|vừa|mới)\s|làm trưởng đoàn|làm việc|dẫn đầu|cho biết|cho hay|(?:đồng )?chủ trì|(?:tham |tới |đến )?dự\s(?!khuyết|án)|đến (?:thăm|kiểm tra|dự)|phát biểu|kiểm tra|khảo sát|thăm(?:,| hỏi|\s)|tiếp (?:xúc|đoàn)|trao\s|ký\s|yêu cầu|nhấn mạnh|khẳng định|tổ chức|chỉ đạo|có (?:buổi|chuyến|cuộc)|khai mạc|bế mạc|khánh thành|khởi công|dâng hương|gặp (?:mặt|gỡ)|thông báo|đề nghị|công bố|ban hành|phê duyệt|thông qua|diễn ra|xảy ra|bắt (?:giữ|đầu|tạm)|khởi tố|hoàn thành|đưa vào|mở (?:lại|cửa)|ghi nhận|phối hợp|tiếp tục|triển khai|đạt\s)/u;
