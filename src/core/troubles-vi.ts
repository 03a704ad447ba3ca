/** What goes wrong, in Vietnamese: photos, doubts, the network, servers, alerts. */
import { blueskyTroubles } from '#src/core/bluesky-troubles-vi.ts';
import { listTroubles } from '#src/core/list-troubles-vi.ts';
import { mailTroubles } from '#src/core/mail-troubles-vi.ts';
import { pageTroubles } from '#src/core/page-troubles-vi.ts';
import type { ReasonTable } from '#src/core/told-reason.ts';

const photos: ReasonTable = [
  ['There is no picture at its address ({n}); ask the desk', 'Không có ảnh ở địa chỉ này ({n}); hãy hỏi tòa soạn'],
  ["The picture's server refuses to give it out ({n})", 'Máy chủ ảnh từ chối cho lấy ({n})'],
  ["The picture's server answered {n} instead of a picture", 'Máy chủ ảnh trả lời {n} thay vì ảnh'],
  [
    'The text has a caption but no picture came with it; ask the desk for the picture',
    'Bài có chú thích nhưng không kèm ảnh; hãy xin ảnh từ tòa soạn',
  ],
  [
    'The picture is damaged and cannot be read ({detail}); ask the desk to upload it again',
    'Ảnh bị hỏng, không đọc được ({detail}); hãy nhờ tòa soạn tải lên lại',
  ],
  ['The file is empty (0 bytes)', 'Tệp rỗng (0 byte)'],
  [
    'SVG pictures are not accepted: they may carry scripts; {advice}',
    'Không nhận ảnh SVG vì có thể chứa mã lệnh; hãy xin tòa soạn tệp JPEG hoặc PNG',
  ],
  [
    'The address answered with a web page, not a picture; {advice}',
    'Địa chỉ trả về một trang web, không phải ảnh; hãy xin tòa soạn tệp JPEG hoặc PNG',
  ],
  [
    'HEIC pictures (as iPhones store them) are not accepted: the codec is not free to use; {advice}',
    'Không nhận ảnh HEIC (ảnh gốc của iPhone); hãy xin tòa soạn tệp JPEG hoặc PNG',
  ],
  [
    'The picture file is larger than {n} MB; ask the desk for a smaller one',
    'Tệp ảnh lớn hơn {n} MB; hãy xin tòa soạn tệp nhỏ hơn',
  ],
  [
    'The picture “{file}” is not in the folder; put it beside the article',
    'Không thấy ảnh “{file}” trong thư mục; hãy đặt cạnh bài',
  ],
];

const doubts: ReasonTable = [
  [
    'The publication date “{date}” was not understood; the time it was first seen counts.',
    'Không hiểu ngày xuất bản “{date}”; tính từ lúc thấy bài lần đầu.',
  ],
  [
    'The update date “{date}” was not understood; the time it was first seen counts.',
    'Không hiểu ngày cập nhật “{date}”; tính từ lúc thấy bài lần đầu.',
  ],
  [
    'The publication date “{date}” lies in the future; the time it was first seen counts.',
    'Ngày xuất bản “{date}” ở tương lai; tính từ lúc thấy bài lần đầu.',
  ],
  [
    'The publication date “{date}” lies in the future: nothing is posted before it.',
    'Ngày xuất bản “{date}” ở tương lai: không đăng gì trước lúc đó.',
  ],
  [
    "The source gives local time as if it were UTC; the page's own time counts.",
    'Nguồn ghi giờ địa phương như giờ UTC; tính theo giờ ghi trên trang.',
  ],
  [
    'The update date “{date}” lies in the future; the time it was first seen counts.',
    'Ngày cập nhật “{date}” ở tương lai; tính từ lúc thấy bài lần đầu.',
  ],
  [
    "The publication date “{date}” has no time of day; the day's start in {zone} stands for it.",
    'Ngày xuất bản “{date}” không có giờ; lấy đầu ngày theo múi giờ {zone}.',
  ],
  [
    "The update date “{date}” has no time of day; the day's start in {zone} stands for it.",
    'Ngày cập nhật “{date}” không có giờ; lấy đầu ngày theo múi giờ {zone}.',
  ],
  ['The story goes on at {url}: only its first part was read.', 'Bài còn tiếp ở {url}: chỉ phần đầu được đọc.'],
  [
    'The publication date “{date}” cannot be true; the time it was first seen counts.',
    'Ngày xuất bản “{date}” không thể đúng; tính từ lúc thấy bài lần đầu.',
  ],
  [
    'The update date “{date}” cannot be true; the time it was first seen counts.',
    'Ngày cập nhật “{date}” không thể đúng; tính từ lúc thấy bài lần đầu.',
  ],
  ['The dateline “{text}” names no year: {date} was taken.', 'Dòng ngày “{text}” không ghi năm: lấy {date}.'],
  ['The headline was longer than {n} characters and was cut.', 'Tiêu đề dài hơn {n} ký tự nên đã bị cắt.'],
  [
    'No headline was found: the first clause of the lead stands for it.',
    'Không tìm thấy tiêu đề: lấy vế đầu của sa pô thay thế.',
  ],
  ['The first line was taken as the headline.', 'Dòng đầu được lấy làm tiêu đề.'],
  [
    'The page says it is not free to read: the text may not be complete.',
    'Trang ghi là bài có thu phí: nội dung có thể chưa đủ.',
  ],
  [
    'Nothing on the page says that it is an article: it has no date, no names and few words.',
    'Không gì trên trang cho thấy đây là một bài: không ngày, không tên người viết, quá ít chữ.',
  ],
  [
    'The post is for members only: the text may not be complete.',
    'Bài chỉ dành cho thành viên: nội dung có thể chưa đủ.',
  ],
  [
    'The post is for paying members only: the text may not be complete.',
    'Bài chỉ dành cho thành viên trả phí: nội dung có thể chưa đủ.',
  ],
  [
    'One line was taken as a photo caption; the photo itself did not come along.',
    'Một dòng được lấy làm chú thích ảnh; ảnh thì không có kèm.',
  ],
  [
    '{n} lines were taken as photo captions; the photos themselves did not come along.',
    '{n} dòng được lấy làm chú thích ảnh; ảnh thì không có kèm.',
  ],
];

const network: ReasonTable = [
  [
    '{host} refused the connection; check the port and that the server runs',
    '{host} từ chối kết nối; hãy xem cổng và máy chủ có chạy không',
  ],
  ['{host} broke the connection off', '{host} ngắt kết nối'],
  ['{host} did not take the connection within {n} seconds', '{host} không nhận kết nối trong {n} giây'],
  ['{host} did not begin to answer within {n} seconds', '{host} không trả lời trong {n} giây'],
  ['{host} did not answer within {n} s', '{host} không trả lời trong {n} giây'],
  ['{host} cannot be reached from here; check the network', 'không kết nối được tới {host}; hãy xem lại mạng'],
  ['The name {host} cannot be found ({code}); {advice}', 'Không tìm thấy tên {host} ({code})'],
];

const services: ReasonTable = [
  [
    'the server refuses our token ({detail}): make a new access token with the scopes profile, read:statuses, write:statuses and write:media',
    'máy chủ từ chối mã truy cập của kênh ({detail}): hãy tạo mã mới với các quyền profile, read:statuses, write:statuses và write:media',
  ],
  ['the server refuses our token ({detail}): {advice}', 'máy chủ từ chối mã truy cập của kênh ({detail}): {advice}'],
  ['the server wants fewer requests ({detail})', 'máy chủ yêu cầu gửi thưa hơn ({detail})'],
  ['the photos are still being processed ({detail})', 'máy chủ còn đang xử lý ảnh ({detail})'],
  [
    'the post is too long for the server ({detail}): start Loa again, so that its limits are read again, then retry',
    'bài đăng quá dài với máy chủ ({detail}): hãy khởi động lại Loa để đọc lại giới hạn, rồi thử lại',
  ],
  ['the photos are uploaded again: {detail}', 'tải ảnh lên lại: {detail}'],
  [
    'the server does not know the photos any more, nor did it show our own posts: {why}',
    'máy chủ không còn giữ ảnh, cũng không cho xem các bài đã đăng của kênh: {why}',
  ],
  ['the server has not come to an end with processing a photo', 'máy chủ chưa xử lý xong một ảnh'],
  ['channel {channel}: {why}', 'kênh {channel}: {why}'],
];

const servers: ReasonTable = [
  [
    'The queue ({place}) does not do its work: {why}. What is under way waits; readers are served.',
    'Hàng đợi ({place}) không hoạt động: {why}. Việc đang làm phải chờ; bạn đọc vẫn được phục vụ.',
  ],
  ['nothing listens there', 'không có gì trả lời ở địa chỉ đó'],
  ['it does not answer', 'không trả lời'],
  ['it is starting and still reads its data', 'đang khởi động và đọc dữ liệu'],
  ['it is a read-only replica', 'đây là bản sao chỉ đọc'],
  ['there is no such host', 'không có máy nào tên này'],
  [
    'The database at {host} cannot be reached: nothing listens there',
    'Không kết nối được cơ sở dữ liệu tại {host}: không có gì trả lời ở đó',
  ],
  [
    'The database at {host} does not answer: the connection broke',
    'Cơ sở dữ liệu tại {host} không trả lời: mất kết nối',
  ],
  ['The database at {host} does not answer', 'Cơ sở dữ liệu tại {host} không trả lời'],
  [
    'The database at {host} stores nothing more: its disk is full',
    'Cơ sở dữ liệu tại {host} không lưu thêm được: ổ đĩa đã đầy',
  ],
  [
    'Start it, or correct `database:` in the settings; Loa goes on by itself once it answers.',
    'Hãy khởi động nó, hoặc sửa `database:` trong cấu hình; Loa tự chạy tiếp khi nó trả lời.',
  ],
  ['Make room there; Loa goes on by itself.', 'Hãy dọn chỗ trống; Loa sẽ tự chạy tiếp.'],
];

const alerts: ReasonTable = [
  [
    'Feed {feed} could not be built: {why}. The last good one is still served.',
    'Không tạo được nguồn tin {feed}: {why}. Bản tốt gần nhất vẫn được phục vụ.',
  ],
  ['Source {source} ({place}) cannot be read: {why}', 'Không đọc được nguồn {source} ({place}): {why}'],
  [
    'It is asked again at {time}. Open the address yourself; if it has moved, change it in the settings.',
    'Loa sẽ hỏi lại lúc {time}. Hãy tự mở địa chỉ này; nếu đã đổi, hãy sửa trong cấu hình.',
  ],
  ['It is asked again at {time}. {why}', 'Loa sẽ hỏi lại lúc {time}. {why}'],
  [
    'The hub {hub} does not tell of the changes of source {source} since {time}: {why}',
    'Hub {hub} không báo thay đổi của nguồn {source} từ {time}: {why}',
  ],
  [
    'Nothing is lost: the source is polled instead. Check that the internet reaches `publicUrl`, and tell whoever runs the site.',
    'Không mất gì: nguồn vẫn được hỏi định kỳ. Hãy kiểm tra xem từ internet có vào được `publicUrl` không, và báo cho bên quản trị trang.',
  ],
  ['the hub answered {n}: {detail}', 'hub trả lời {n}: {detail}'],
  ['the hub answered {n}', 'hub trả lời {n}'],
  ['the hub never came to {address} to verify', 'hub không đến {address} để xác nhận'],
  ['the hub refuses: {detail}', 'hub từ chối: {detail}'],
  ['the hub refuses', 'hub từ chối'],
  ['Source {source}: {why}', 'Nguồn {source}: {why}'],
  ['An article of {source} was left out: “{name}”: {why}', 'Một bài của {source} bị bỏ qua: “{name}”: {why}'],
  [
    'The pages of source {source} no longer fit profile {profile}: in {n} articles in a row no story was found, and they were left out',
    'Trang của nguồn {source} không còn khớp với hồ sơ {profile}: {n} bài liên tiếp không tìm thấy nội dung và bị bỏ qua',
  ],
  [
    'The pages of source {source} no longer fit profile {profile}: {n} articles in a row have none of its body selectors, and their text was found by likeness',
    'Trang của nguồn {source} không còn khớp với hồ sơ {profile}: {n} bài liên tiếp không có phần thân bài như đã khai, nội dung được tìm theo phỏng đoán',
  ],
  [
    'The newest articles of source {source} have no photos, and the {n} before them all had some',
    'Các bài mới nhất của nguồn {source} không có ảnh, trong khi {n} bài trước đều có',
  ],
  [
    'See what is found: {command}. If its layout has changed, change the profile: docs/profiles.md',
    'Xem Loa đọc được gì: {command}. Nếu bố cục trang đã đổi, hãy sửa hồ sơ: docs/profiles.md',
  ],
  [
    'no story was found in its page: no body selector matches, and nothing on it reads like one (profile {profile})',
    'không tìm thấy nội dung bài trong trang: không phần thân bài nào khớp và không có gì giống bài viết (hồ sơ {profile})',
  ],
  [
    'no story was found in its page: nothing on it reads like one (profile {profile})',
    'không tìm thấy nội dung bài trong trang: không có gì giống bài viết (hồ sơ {profile})',
  ],
  ['A post on {channel} is parked: {why}', 'Một bài đăng trên {channel} cần xem: {why}'],
  ['A post on {channel} is dead: {why}', 'Một bài đăng trên {channel} không gửi được: {why}'],
  ['Channel {channel} failed {n} times in a row: {why}', 'Kênh {channel} lỗi {n} lần liên tiếp: {why}'],
  [
    'It is tried again by itself; look at the service if it goes on.',
    'Loa sẽ tự thử lại; nếu còn lỗi, hãy xem dịch vụ.',
  ],
  ['Channel {channel} was paused: {why}', 'Kênh {channel} bị tạm dừng: {why}'],
  [
    'Source {source}: {n} stories renamed, {k} really new. Nothing new of it is read or posted until a person decides; the feeds stay as they are.',
    'Nguồn {source}: {n} bài đổi mã, {k} bài thực sự mới. Bài mới của nguồn này chưa được đọc và đăng cho đến khi có người quyết định; các nguồn tin giữ nguyên.',
  ],
  [
    'Source {source}: 1 story renamed, {k} really new. Nothing new of it is read or posted until a person decides; the feeds stay as they are.',
    'Nguồn {source}: 1 bài đổi mã, {k} bài thực sự mới. Bài mới của nguồn này chưa được đọc và đăng cho đến khi có người quyết định; các nguồn tin giữ nguyên.',
  ],
  [
    'To join the new ids to the stories they mean, and go on with the really new ones: {command}',
    'Để nối mã mới với bài cũ và tiếp tục với các bài thực sự mới: {command}',
  ],
  [
    'Source {source}: {n} new articles at once. They are in the feeds; their posts wait for a person.',
    'Nguồn {source}: {n} bài mới cùng lúc. Các bài đã vào nguồn tin; việc đăng lên kênh chờ người quyết định.',
  ],
  [
    'Source {source}: 1 new article at once. They are in the feeds; their posts wait for a person.',
    'Nguồn {source}: còn 1 bài trong loạt bài mới. Bài đã vào nguồn tin; việc đăng lên kênh chờ người quyết định.',
  ],
  [
    'To post none of them: {seen}. Only the newest 3: {newest}. All, at the pace of each channel: {drip}',
    'Không đăng bài nào: {seen}. Chỉ đăng 3 bài mới nhất: {newest}. Đăng hết, theo nhịp của từng kênh: {drip}',
  ],
  ['Correct its settings, then: {command}', 'Hãy sửa cấu hình của kênh, rồi: {command}'],
  ['Nothing reaches any channel until: {command}', 'Không bài nào được đăng lên kênh nào cho đến khi: {command}'],
];

export const vietnameseTroubles: ReasonTable = [
  ...photos,
  ...doubts,
  ...network,
  ...services,
  ...servers,
  ...alerts,
  ...listTroubles,
  ...mailTroubles,
  ...pageTroubles,
  ...blueskyTroubles,
];
