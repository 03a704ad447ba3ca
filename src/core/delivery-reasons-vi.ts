/** The reasons of deliveries in Vietnamese. What a service or a person wrote stays in their own words. */
import type { ReasonTable } from '#src/core/told-reason.ts';

export const vietnameseDeliveries: ReasonTable = [
  ['a person asked for it to go all the same; {more}', 'có người yêu cầu vẫn gửi; {more}'],
  ['a person asked for it to go all the same', 'có người yêu cầu vẫn gửi'],
  ['waits for approval', 'chờ duyệt'],
  [
    'the service takes no more posts from this account for now',
    'dịch vụ tạm thời không nhận thêm bài của tài khoản này',
  ],
  ['it was posted by hand at {url}: correct it there', 'bài do người đăng tại {url}: hãy sửa ở đó'],
  [
    'it was posted by hand at {url}: take it back there, then cancel this row',
    'bài do người đăng tại {url}: hãy gỡ ở đó, rồi hủy dòng này',
  ],
  [
    'it was posted by hand: take it back there, then cancel this row',
    'bài do người đăng: hãy gỡ ở đó, rồi hủy dòng này',
  ],
  ['the post says the same already', 'bài đăng đã có nội dung như vậy'],
  ['the notice is longer than the {n} {unit} that {kind} takes', 'lời báo dài hơn {n} {unit} mà {kind} nhận'],
  ['mail cannot be taken back', 'thư đã gửi không thu lại được'],
  [
    'came with many others at once: a person decides (loa source seen, newest or drip {source})',
    'đến cùng lúc với nhiều bài khác: chờ người quyết định (loa source seen, newest hoặc drip {source})',
  ],
  [
    'came with many others at once, and a person marked them as seen: in the feeds, not posted',
    'đến cùng lúc với nhiều bài khác và đã được đánh dấu là đã xem: có trong nguồn tin, không đăng lên kênh',
  ],
  ['its publication time is still ahead', 'chưa đến giờ xuất bản'],
  [
    'stood there before Loa began watching: in the feeds, not posted',
    'bài đã có trước khi Loa bắt đầu theo dõi: có trong nguồn tin, không đăng lên kênh',
  ],
  ['the channel is newer than the article', 'kênh được thêm sau khi có bài này'],
  [
    'already {age} old when it was first seen: this channel posts nothing older than {limit}',
    'đã {age} tuổi khi thấy lần đầu: kênh này không đăng bài cũ hơn {limit}',
  ],
  [
    'it waited {age} since it was free to go, and this channel posts nothing older than {limit}',
    'đã chờ {age} kể từ khi được phép gửi, mà kênh này không đăng bài cũ hơn {limit}',
  ],
  [
    'the article is {age} old, and this channel posts nothing older than {limit}',
    'bài đã {age} tuổi, mà kênh này không đăng bài cũ hơn {limit}',
  ],
  ['the channel is paused: {why}', 'kênh đang tạm dừng: {why}'],
  ['the channel is paused', 'kênh đang tạm dừng'],
  ['the channel rests: its service failed or asked to wait', 'kênh đang nghỉ: dịch vụ gặp lỗi hoặc yêu cầu chờ'],
  ['waits for another post that is on its way', 'chờ một bài khác đang được đăng xong'],
  ["waits for the channel's pace or the end of its quiet hours", 'chờ theo nhịp đăng hoặc hết giờ im lặng của kênh'],
  ['a person holds the article', 'bài đang bị giữ lại'],
  ['Loa was stopped before it was sent', 'Loa bị dừng trước khi gửi'],
  ['preparing it took longer than the claim holds', 'chuẩn bị lâu hơn thời gian cho phép'],
  ["the machine's clock jumped", 'đồng hồ máy bị nhảy giờ'],
  ['the worker stopped while it was sending', 'tiến trình bị dừng trong lúc gửi'],
  [
    'the worker stopped {n} times over this post: look at the channel, then retry or cancel it',
    'tiến trình đã dừng {n} lần vì bài đăng này: hãy xem kênh, rồi thử lại hoặc hủy',
  ],
  [
    'a try {age} ago may have gone through, too long ago to repeat it safely: look at the account, then adopt, retry or cancel it',
    'một lần gửi cách đây {age} có thể đã thành công, quá lâu để gửi lại an toàn: hãy xem tài khoản, rồi nhận bài, thử lại hoặc hủy',
  ],
  [
    '{why}. Nobody knows whether the post stands on {kind}: look at the account; if it is there, adopt it with its address, else retry or cancel it',
    '{why}. Không rõ bài đã có trên {kind} hay chưa: hãy xem tài khoản; nếu có thì nhận bài theo địa chỉ, nếu không thì thử lại hoặc hủy',
  ],
  [
    '{why}. Nobody knows whether it reached the reader: look into the log of the server that sends it; if it went out, adopt it as {address}, else retry or cancel it',
    '{why}. Không rõ đã đến người nhận hay chưa: hãy xem nhật ký của máy chủ gửi; nếu đã gửi thì nhận là {address}, nếu không thì thử lại hoặc hủy',
  ],
  [
    '{why}. Nobody knows whether it reached the reader: look into the log of the server that sends it; if it went out, cancel it, else retry it',
    '{why}. Không rõ đã đến người nhận hay chưa: hãy xem nhật ký của máy chủ gửi; nếu đã gửi thì hủy, nếu không thì thử lại',
  ],
  [
    '{why}. It may stand there: it is sent again under the same key, which shows nothing twice',
    '{why}. Có thể bài đã có ở đó: bài được gửi lại với cùng khóa nên không hiện hai lần',
  ],
  [
    '{why}. Whether the post stands on {kind} is not known: it is looked for there',
    '{why}. Không rõ bài đã có trên {kind} hay chưa: đang tìm ở đó',
  ],
  [
    'it was looked for on {kind} {n} of {all} times and not found yet',
    'đã tìm trên {kind} {n} trong {all} lần, chưa thấy',
  ],
  ['it could not be looked for on {kind}: {why}', 'không tìm được trên {kind}: {why}'],
  ['it was looked for on {kind} and not found: it is sent again', 'đã tìm trên {kind} mà không thấy: gửi lại'],
  [
    '{why}. It was looked for on {kind} and not found, but it may stand there: look at the account; if it is there, adopt it with its address, else retry or cancel it',
    '{why}. Đã tìm trên {kind} mà không thấy, nhưng bài vẫn có thể đã ở đó: hãy xem tài khoản; nếu có thì nhận bài theo địa chỉ, nếu không thì thử lại hoặc hủy',
  ],
  [
    '{why}. It could not be looked for on {kind} ({trouble}): look at the account; if it is there, adopt it with its address, else retry or cancel it',
    '{why}. Không tìm được trên {kind} ({trouble}): hãy xem tài khoản; nếu có thì nhận bài theo địa chỉ, nếu không thì thử lại hoặc hủy',
  ],
  [
    'the article was withdrawn, and its post was not found on {kind}',
    'bài đã bị gỡ, và không thấy bài đăng của nó trên {kind}',
  ],
  ['its outcome is not known', 'không rõ kết quả'],
  ['the worker stopped while it was looking', 'tiến trình bị dừng trong lúc tìm'],
  ['not found', 'không thấy'],
  ["found among the account's own posts", 'đã thấy trong các bài của tài khoản'],
  ['already posted by hand', 'đã được đăng bằng tay'],
  ['unsubscribed', 'đã hủy đăng ký nhận'],
  [
    'posts on {kind} cannot be answered: nothing is told below it',
    'không trả lời được bài trên {kind}: không đăng gì bên dưới',
  ],
  ['nobody knows which post to answer', 'không rõ phải trả lời bài nào'],
  [
    'Loa knows only the address of this post: change or delete it by hand at {url}, then cancel this row',
    'Loa chỉ biết địa chỉ của bài này: hãy tự sửa hoặc xóa tại {url}, rồi hủy dòng này',
  ],
  ['{why}. Given up after {n} tries', '{why}. Đã thôi sau {n} lần thử'],
  ['{why}. Given up after {n} try', '{why}. Đã thôi sau {n} lần thử'],
  ['posts on {kind} cannot be changed: it stands as it was', 'bài trên {kind} không sửa được: giữ nguyên như cũ'],
  ['the post carries this revision already', 'bài đăng đã theo bản này'],
  [
    'posts on {kind} cannot be taken back by Loa: delete it by hand at {url}, then cancel this row',
    'Loa không gỡ được bài trên {kind}: hãy tự xóa tại {url}, rồi hủy dòng này',
  ],
  [
    'posts on {kind} cannot be taken back by Loa: delete it by hand, then cancel this row',
    'Loa không gỡ được bài trên {kind}: hãy tự xóa, rồi hủy dòng này',
  ],
  ['superseded by revision {n}', 'đã được thay bằng bản {n}'],
  ['nothing to correct: {why}', 'không có gì để sửa: {why}'],
  ['nothing to take back: {why}', 'không có gì để gỡ: {why}'],
  ['it was never posted there', 'bài chưa từng được đăng ở đó'],
  ['no post of it is known ({state})', 'không biết có bài đăng nào của tin này ({state})'],
  ['cancelled by a person', 'có người đã hủy'],
  ['found there and adopted by a person', 'đã thấy ở đó và được nhận'],
  ['restored from a backup: a person decides', 'phục hồi từ bản sao lưu: chờ người quyết định'],
  [
    'the channel\'s setting is "withdrawals: {setting}": the post stands',
    'kênh đặt “withdrawals: {setting}”: bài đăng vẫn giữ',
  ],
  [
    'the link alone is longer than the {n} {unit} that {kind} takes',
    'riêng liên kết đã dài hơn {n} {unit} mà {kind} nhận',
  ],
  ['waits until a person has said whether the post stands', 'chờ có người cho biết bài có trên dịch vụ hay không'],
  [
    'the service answered {n}, but with something else than expected',
    'dịch vụ trả lời {n} nhưng nội dung không như mong đợi',
  ],
  ['the service answered {n}: {detail}', 'dịch vụ trả lời {n}: {detail}'],
  ['the service answered {n}', 'dịch vụ trả lời {n}'],
  ['the receiver answered {n}: {detail}', 'máy nhận trả lời {n}: {detail}'],
  ['the receiver answered {n}', 'máy nhận trả lời {n}'],
];
