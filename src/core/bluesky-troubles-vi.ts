/** What Bluesky refuses, in Vietnamese; and why an account's own posts cannot be looked through. */
import type { ReasonTable } from '#src/core/told-reason.ts';

export const blueskyTroubles: ReasonTable = [
  [
    'Bluesky has closed the account or its owner has ({detail}): log in with the app to see why',
    'tài khoản đã bị Bluesky hoặc chủ tài khoản đóng ({detail}): hãy đăng nhập bằng ứng dụng để xem lý do',
  ],
  [
    'Bluesky says that the account is not active ({detail}): log in with the app to see why',
    'Bluesky báo tài khoản không hoạt động ({detail}): hãy đăng nhập bằng ứng dụng để xem lý do',
  ],
  ['the session ended ({detail})', 'phiên đăng nhập đã hết hạn ({detail})'],
  [
    'Bluesky refuses our session ({detail}): make a new app password and put it into the settings',
    'Bluesky từ chối phiên đăng nhập ({detail}): hãy tạo mật khẩu ứng dụng mới và đưa vào thiết lập',
  ],
  ['Bluesky wants fewer requests ({detail})', 'Bluesky yêu cầu gửi thưa hơn ({detail})'],
  [
    'Bluesky asks for a code by e-mail, as it does for the account’s own password: make an app password (Settings, Privacy and security, App passwords) and put it into the settings',
    'Bluesky đòi mã gửi qua thư, như với mật khẩu chính của tài khoản: hãy tạo mật khẩu ứng dụng (Settings, Privacy and security, App passwords) và đưa vào thiết lập',
  ],
  [
    'Bluesky does not know this handle with this app password ({detail}): make a new app password (Settings, Privacy and security, App passwords) and put it into the settings',
    'Bluesky không nhận tên tài khoản với mật khẩu ứng dụng này ({detail}): hãy tạo mật khẩu ứng dụng mới (Settings, Privacy and security, App passwords) và đưa vào thiết lập',
  ],
  [
    "{host} answered a log-in with something that is not Bluesky's: set service to the account's provider",
    '{host} trả lời không theo cách của Bluesky: hãy đặt service là nhà cung cấp của tài khoản',
  ],
  [
    '{id} is no post of the account that the settings name: delete it by hand',
    '{id} không phải bài của tài khoản trong thiết lập: hãy xóa tay',
  ],
  ['{id} is no post of the account that the settings name', '{id} không phải bài của tài khoản trong thiết lập'],
  [
    'it was prepared for another account than @{name}, which the settings name now: cancel it, or put the former account back and retry',
    'bài được chuẩn bị cho tài khoản khác với @{name} trong thiết lập hiện nay: hãy hủy, hoặc đặt lại tài khoản cũ rồi thử lại',
  ],
  ['the post it would stand below is gone', 'bài mà nó trả lời không còn nữa'],
  ['its file has {n} bytes, {limit} are taken', 'tệp ảnh có {n} byte, dịch vụ chỉ nhận {limit}'],
  [
    "the token may not read the account's posts (403): give its application the scope read:statuses, then copy its new token",
    'mã truy cập không được xem các bài của tài khoản (403): hãy cấp quyền read:statuses cho ứng dụng rồi chép mã mới',
  ],
  ['the photos were left out: {detail}', 'bỏ các ảnh: {detail}'],
];
