/** What goes wrong with mail, in Vietnamese. */
import type { ReasonTable } from '#src/core/told-reason.ts';

export const mailTroubles: ReasonTable = [
  ['{why}: the certificate of {host} has to be mended', '{why}: cần sửa chứng chỉ của {host}'],
  [
    'the mail was handed over, and the server did not say that it took it ({why})',
    'thư đã được chuyển đi nhưng máy chủ không báo là đã nhận ({why})',
  ],
  [
    'the mail server does not take user and password: {why}',
    'máy chủ thư không chấp nhận tên đăng nhập và mật khẩu: {why}',
  ],
  ['the mail server does not take {address} as sender: {why}', 'máy chủ thư không cho gửi từ địa chỉ {address}: {why}'],
  ['the connection to {host} cannot be encrypted: {why}', 'không mã hóa được kết nối tới {host}: {why}'],
  [
    'the mail server answered {detail}. Correct the address, or take it off the list',
    'máy chủ thư trả lời {detail}. Hãy sửa địa chỉ hoặc bỏ khỏi danh sách',
  ],
  [
    'the mail server answered {detail}. Mail from {domain} is distrusted there: look at its SPF, DKIM and DMARC',
    'máy chủ thư trả lời {detail}. Thư từ {domain} không được tin ở đó: hãy kiểm tra SPF, DKIM và DMARC',
  ],
  ['the mail server answered {detail}', 'máy chủ thư trả lời {detail}'],
  ['a photo inside the mail has changed: it is written anew', 'một ảnh trong thư đã thay đổi: thư được soạn lại'],
  [
    '{host} was not waited for: Loa is stopping or the work was called off',
    '{host} chưa trả lời: Loa đang dừng hoặc việc đã được hủy',
  ],
  ['{host} was not waited for: its time was over', '{host} không trả lời kịp'],
  ['{address} is not on the list any more', '{address} không còn trong danh sách'],
  ['mail cannot be taken back', 'thư đã gửi không thể thu hồi'],
];
