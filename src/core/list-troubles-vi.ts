/** What goes wrong with sitemaps, lists of articles and articles' pages, in Vietnamese. */
import type { ReasonTable } from '#src/core/told-reason.ts';

export const listTroubles: ReasonTable = [
  [
    'robots.txt of {host} does not let Loa read any of the {n} articles at {place}',
    'robots.txt của {host} không cho Loa đọc bài nào trong {n} bài ở {place}',
  ],
  [
    'robots.txt of {host} does not let Loa read {n} of {k} articles; they are left out',
    'robots.txt của {host} không cho Loa đọc {n} trong {k} bài; các bài đó bị bỏ qua',
  ],
  ['{why}: only what the feed holds was taken.', '{why}: chỉ lấy phần có sẵn trong nguồn tin.'],
  ['robots.txt of {host} does not let Loa read {place}', 'robots.txt của {host} không cho Loa đọc {place}'],
  [
    '{site}/robots.txt cannot be read, so nobody can tell whether Loa may read {place}',
    'không đọc được {site}/robots.txt nên không rõ Loa có được đọc {place} không',
  ],
  ['{place} shows {why} instead of the page', '{place} hiện {why} thay vì nội dung'],
  ['a login', 'trang đăng nhập'],
  ['a wall that asks for consent', 'trang xin chấp thuận cookie'],
  ['a notice that its site is out of order', 'thông báo trang đang tạm hỏng'],
  ['a check for humans ({firm})', 'bước kiểm tra người máy ({firm})'],
  ['a check for humans', 'bước kiểm tra người máy'],
  [
    'Ask whoever runs the site to allow the robot "Loa" there, or use a feed that holds the whole texts.',
    'Hãy nhờ bên quản trị trang cho phép robot "Loa" ở đó, hoặc dùng nguồn tin có toàn văn.',
  ],
  [
    'Ask whoever runs the site to allow the robot "Loa", or use a feed that holds the whole texts.',
    'Hãy nhờ bên quản trị trang cho phép robot "Loa", hoặc dùng nguồn tin có toàn văn.',
  ],
  [
    'Ask whoever runs the site to let the robot "Loa" in, or use a feed that holds the whole texts.',
    'Hãy nhờ bên quản trị trang cho robot "Loa" vào, hoặc dùng nguồn tin có toàn văn.',
  ],
  [
    '{place} lists no article any more, though it listed {n}: its layout has changed ({detail})',
    '{place} không còn liệt kê bài nào, trong khi trước đó có {n} bài: bố cục trang đã đổi ({detail})',
  ],
  [
    '{place} lists no article any more, though it did before; what it listed is kept',
    '{place} không còn liệt kê bài nào như trước; những bài đã thấy vẫn được giữ',
  ],
  ['{place} lists no article: {detail}', '{place} không liệt kê bài nào: {detail}'],
  [
    'Look at the page, and put the selector of its articles’ links into `links`.',
    'Hãy xem trang và ghi bộ chọn CSS của liên kết tới bài vào `links`.',
  ],
  [
    'Look at the page, and put the selector of its articles’ links into `links`, such as `.news-list h3 a`.',
    'Hãy xem trang và ghi bộ chọn CSS của liên kết tới bài vào `links`, ví dụ `.news-list h3 a`.',
  ],
  [
    '{place} is built by scripts in the reader’s browser: what the server sends lists no article',
    '{place} do mã lệnh dựng trong trình duyệt: phần máy chủ gửi về không liệt kê bài nào',
  ],
  [
    'Look on the site for a feed or a sitemap, or ask whoever runs it to send the list in the page itself.',
    'Hãy tìm nguồn tin hoặc sitemap của trang, hoặc nhờ bên quản trị gửi danh sách ngay trong trang.',
  ],
  [
    'No sitemap was found on {site}: robots.txt names none, and none is at the usual places',
    'Không tìm thấy sitemap nào ở {site}: robots.txt không nêu và các địa chỉ thường gặp cũng không có',
  ],
  [
    'Give the address of the sitemap itself as `url`, or watch a list of articles with `kind: page`.',
    'Hãy ghi địa chỉ của chính sitemap vào `url`, hoặc theo dõi một trang danh sách bằng `kind: page`.',
  ],
  ['{place} does not hold a sitemap', '{place} không phải là sitemap'],
];
