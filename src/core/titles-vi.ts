/** Vietnamese sentences that introduce people with all their offices before they say what happened. */

/** The same without offices behind a name, and without the guests after the first. */
export function withoutVietnameseTitles(sentence: string): string {
  const parts = sentence.split(/(?<=[,;])\s+/u);
  let told = '';
  let dropped = false;
  for (const [index, part] of parts.entries()) {
    const isAside =
      index > 0 && (office.test(part) || person.test(part) || company.test(part) || (dropped && isMoreOf(part)));
    if (!isAside) {
      told = told === '' ? part : `${told} ${part}`;
      dropped = false;
      continue;
    }
    dropped = true;
    const action = predicate.exec(part);
    if (action === null) continue;
    // What they did belongs to who was named first.
    told = `${told.replace(/[,;]\s*$/u, '')} ${part.slice(action.index).trimStart()}`;
    dropped = false;
  }
  const end = /[.!?…]["'”’»)]*$/u;
  return end.test(told) ? told : `${told.replace(/[\s,;]+$/u, '')}.`;
}

/** Whether somebody does something in it. */
export function hasVietnamesePredicate(text: string): boolean {
  return predicate.test(text);
}

const office =
  /^(?:và |cùng )?(?:nguyên |quyền )?(?:[UỦ][ỷy] viên|Bí thư|Phó Bí thư|Chủ tịch|Phó Chủ tịch|Trưởng |Phó Trưởng|Giám đốc|Phó Giám đốc|Tổng Giám đốc|Phó Tổng|Thứ trưởng|Bộ trưởng|Thủ tướng|Phó Thủ tướng|Tổng Bí thư|Chánh |Phó Chánh|Viện trưởng|Phó Viện trưởng|Hiệu trưởng|Phó Hiệu trưởng|Cục trưởng|Phó Cục trưởng|Vụ trưởng|Phó Vụ trưởng|Đại biểu Quốc hội|Chủ nhiệm|Phó Chủ nhiệm|Tư lệnh|Phó Tư lệnh|Chính ủy|Phó Chính ủy|Chỉ huy|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Tổng Biên tập|Thành viên|Anh hùng|Tỉnh ủy viên|Thành ủy viên|Đảng ủy viên|Tổng Thư ký|Đại sứ|Thường trực|Kiểm soát viên|Người phát ngôn|Đội trưởng|Đội phó)/u;

const person =
  /^(?:và |cùng |cùng với )?(?:các )?(?:đồng chí|ông|bà|PGS|GS|TS|ThS|Thiếu tướng|Trung tướng|Đại tá|Thượng tọa|Hòa thượng)[\s.]/u;

const company =
  /^(?:và |cùng |cùng với )?(?:các (?:sở|ban|ngành|đồng chí|phòng|đơn vị|đại biểu|thành viên)|(?:đại diện )?lãnh đạo |đại diện |một số |đông đảo |cùng )/u;

/** A further part of an office's name: `Giám đốc Sở Nông nghiệp, Môi trường`. */
const isMoreOf = (part: string): boolean =>
  /^(?:ngành|đoàn thể|địa phương|phòng|ban|\p{Lu})/u.test(part) && !predicate.test(part);

/** Where the telling begins. */
const predicate =
  /(?<=^|\s)(?:(?:đã|đang|sẽ|vừa|mới)\s|làm trưởng đoàn|làm việc|dẫn đầu|cho biết|cho hay|(?:đồng )?chủ trì|(?:tham |tới |đến )?dự\s|đến (?:thăm|kiểm tra|dự)|phát biểu|kiểm tra|khảo sát|thăm(?:,| hỏi|\s)|tiếp (?:xúc|đoàn)|trao\s|ký\s|yêu cầu|nhấn mạnh|khẳng định|tổ chức|chỉ đạo|có (?:buổi|chuyến|cuộc)|khai mạc|bế mạc|khánh thành|khởi công|dâng hương|gặp (?:mặt|gỡ)|thông báo|đề nghị|công bố|ban hành|phê duyệt|thông qua|diễn ra|xảy ra|bắt (?:giữ|đầu|tạm)|khởi tố|hoàn thành|đưa vào|mở (?:lại|cửa)|ghi nhận|phối hợp|tiếp tục|triển khai|đạt\s|là\s|có\s|bị\s|được\s)/u;
