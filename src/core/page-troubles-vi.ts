/** What Telegram and Facebook refuse, in Vietnamese. */
import type { ReasonTable } from '#src/core/told-reason.ts';

export const pageTroubles: ReasonTable = [
  ['Telegram wants fewer messages ({detail})', 'Telegram yêu cầu gửi thưa hơn ({detail})'],
  [
    "Telegram does not know the bot's token ({detail}): copy it again from @BotFather",
    'Telegram không nhận mã của bot ({detail}): hãy chép lại từ @BotFather',
  ],
  [
    'the bot may not write there ({detail}): add it to the chat again as administrator',
    'bot không được viết ở đó ({detail}): hãy thêm lại bot vào kênh với quyền quản trị',
  ],
  [
    'the bot cannot post there ({detail}): check chatId, and that the bot is an administrator who may post',
    'bot không đăng được ở đó ({detail}): hãy xem lại chatId và quyền đăng bài của bot',
  ],
  ['the post is not there any more: nothing is left to correct', 'bài đăng không còn ở đó: không còn gì để đính chính'],
  [
    'the post stands in {chat}, and the settings name {other} now. Do it by hand at {url}',
    'bài đăng ở {chat}, còn thiết lập hiện nay ghi {other}. Hãy làm bằng tay tại {url}',
  ],
  [
    'the post stands in {chat}, and the settings name {other} now. Do it by hand',
    'bài đăng ở {chat}, còn thiết lập hiện nay ghi {other}. Hãy làm bằng tay',
  ],
  [
    'Telegram does not let the bot change this message: {detail}. Do it by hand at {url}',
    'Telegram không cho bot sửa tin này: {detail}. Hãy sửa tay tại {url}',
  ],
  [
    'Telegram does not let the bot change this message: {detail}. Do it by hand',
    'Telegram không cho bot sửa tin này: {detail}. Hãy sửa tay',
  ],
  ['photo {n} of {all} left out: {detail}', 'bỏ ảnh {n} trong {all}: {detail}'],
  [
    'Telegram does not take {which}: the post goes without ({detail})',
    'Telegram không nhận ảnh: đăng không có ảnh đó ({detail})',
  ],
  ['a photo could not be read: {detail}', 'không đọc được một ảnh: {detail}'],
  ['Facebook wants fewer requests ({detail})', 'Facebook yêu cầu gửi thưa hơn ({detail})'],
  [
    "Facebook refuses the Page's token ({detail}): log in again as the Page's admin and make a new Page token",
    'Facebook từ chối mã của Trang ({detail}): hãy đăng nhập lại với quyền quản trị Trang và tạo mã mới',
  ],
  [
    "Facebook blocks what the Page posts ({detail}): look at the Page's support inbox",
    'Facebook chặn bài của Trang ({detail}): hãy xem hộp thư hỗ trợ của Trang',
  ],
  [
    'the token may not post to the Page ({detail}): it needs pages_manage_posts, and its owner the task to create content',
    'mã này không được đăng lên Trang ({detail}): mã cần pages_manage_posts, chủ mã cần quyền tạo nội dung',
  ],
  [
    'Facebook says that the same post stands there already ({detail})',
    'Facebook báo rằng đã có bài giống hệt ở đó ({detail})',
  ],
  ['Facebook failed ({detail})', 'Facebook gặp lỗi ({detail})'],
  ['Facebook does not take it ({detail})', 'Facebook không nhận bài ({detail})'],
  [
    'Facebook does not let Loa delete this post: {why}. Do it by hand at {url}',
    'Facebook không cho Loa xóa bài này: {why}. Hãy xóa tay tại {url}',
  ],
  [
    'Facebook does not let Loa change this post: {why}. Do it by hand at {url}',
    'Facebook không cho Loa sửa bài này: {why}. Hãy sửa tay tại {url}',
  ],
  [
    'Facebook does not let Loa delete this post: {why}. Do it by hand',
    'Facebook không cho Loa xóa bài này: {why}. Hãy xóa tay',
  ],
  [
    'Facebook does not let Loa change this post: {why}. Do it by hand',
    'Facebook không cho Loa sửa bài này: {why}. Hãy sửa tay',
  ],
  ['Facebook does not show the token this Page: {detail}', 'Facebook không cho mã này thấy Trang: {detail}'],
  ['the Page does not show its posts ({detail})', 'Trang không cho xem các bài đã đăng ({detail})'],
];
