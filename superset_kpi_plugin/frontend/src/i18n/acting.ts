/** What can be done with the chart: proof on the links, cross-filters, the menu, files, SQL. */
import type { Messages } from '.';

export const vi: Messages = {
  'By definition': 'Theo định nghĩa',
  'Influence: a hypothesis': 'Ảnh hưởng: một giả thuyết',
  'Choose a column': 'Chọn một cột',
  'The members are as they are: what is supposed is supposed of the whole.':
    'Các thành phần là số thực: giả định chỉ áp dụng cho toàn thể.',
  'Choose a column of your datasets, such as region: every node is then shown for each of its members.':
    'Chọn một cột trong các tập dữ liệu, ví dụ region: mỗi nút sẽ được hiển thị theo từng thành phần của cột.',
  'Filters the dashboard: {column} is {member}': 'Đang lọc bảng điều khiển: {column} là {member}',
  'Name, by {column}': 'Tên, theo {column}',
  Remove: 'Bỏ lọc',
  'Stop filtering the dashboard by {member}': 'Ngừng lọc bảng điều khiển theo {member}',
  'Filter the dashboard by {member}': 'Lọc bảng điều khiển theo {member}',
  'What can be done here': 'Các thao tác có thể làm ở đây',
  'What if it were another number': 'Nếu là một con số khác thì sao',
  'View the SQL': 'Xem câu lệnh SQL',
  'Those that read {name}: {count}.': 'Câu lệnh đọc {name}: {count}.',
  'Show all statements': 'Hiện tất cả câu lệnh',
  'You may not view SQL here: ask an admin for the permission to view queries on dashboards.':
    'Bạn không được xem SQL ở đây: hãy xin quản trị viên quyền xem truy vấn trên bảng điều khiển.',
  SQL: 'SQL',
  'from the cache, read {moment}': 'từ bộ nhớ đệm, đọc lúc {moment}',
  'Cached {ago}': 'Lưu đệm {ago}',
  'Cached just now': 'Vừa lưu đệm',
  'Loaded from the cache, read on {moment}. Click to force-refresh.': 'Tải từ bộ nhớ đệm, đọc lúc {moment}. Nhấn để buộc làm mới.',
  'And for every member of {column}': 'Và cho từng thành phần của {column}',
  'Download Excel': 'Tải xuống Excel',
  'Proving the links over the last closed periods': 'Đang kiểm chứng các liên kết qua những kỳ đã đóng gần nhất',
  'Hide the proof of links': 'Ẩn kiểm chứng liên kết',
  'Links over closed periods up to {period}': 'Liên kết qua các kỳ đã đóng đến {period}',
  'Link to {parent}: {verdict}': 'Liên kết với {parent}: {verdict}',
  'The formula is what the parent is: there is nothing to prove.':
    'Công thức chính là định nghĩa của nút cha: không có gì phải kiểm chứng.',
  'Measured against the formula over {count} periods': 'So số đo với công thức qua {count} kỳ',
  'Measured against the formula over {count} periods, median error {median}':
    'So số đo với công thức qua {count} kỳ, sai số trung vị {median}',
  '{count} changes held against each other': 'So sánh {count} lần thay đổi với nhau',
  '{count} changes held against each other, correlation {correlation}':
    'So sánh {count} lần thay đổi với nhau, tương quan {correlation}',
  '{column}, {nodes} of {all} nodes': '{column}, {nodes}/{all} nút',
};

export const ja: Messages = {
  'By definition': '定義による',
  'Influence: a hypothesis': '影響: 仮説',
  'Choose a column': '列を選択',
  'The members are as they are: what is supposed is supposed of the whole.': 'メンバーの値は実際のものです。仮定は全体にのみ適用されます。',
  'Choose a column of your datasets, such as region: every node is then shown for each of its members.':
    'データセットの列(例: region)を選ぶと、すべてのノードをそのメンバーごとに表示します。',
  'Filters the dashboard: {column} is {member}': 'ダッシュボードを絞り込み中: {column} = {member}',
  'Name, by {column}': '名前({column}別)',
  Remove: '解除',
  'Stop filtering the dashboard by {member}': '{member} でのダッシュボードの絞り込みを解除',
  'Filter the dashboard by {member}': 'ダッシュボードを {member} で絞り込む',
  'What can be done here': 'ここでできる操作',
  'What if it were another number': '別の数値だったら',
  'View the SQL': 'SQLを見る',
  'Those that read {name}: {count}.': '{name} を読む文: {count}。',
  'Show all statements': 'すべての文を表示',
  'You may not view SQL here: ask an admin for the permission to view queries on dashboards.':
    'ここではSQLを閲覧できません。ダッシュボードのクエリ閲覧権限を管理者に依頼してください。',
  SQL: 'SQL',
  'from the cache, read {moment}': 'キャッシュから({moment} に取得)',
  'Cached {ago}': '{ago}のキャッシュ',
  'Cached just now': 'キャッシュ直後',
  'Loaded from the cache, read on {moment}. Click to force-refresh.': 'キャッシュから読み込み({moment}取得)。クリックすると強制的に更新します。',
  'And for every member of {column}': '{column} の各メンバーについても',
  'Download Excel': 'Excelをダウンロード',
  'Proving the links over the last closed periods': '直近の締め済み期間でリンクを検証中',
  'Hide the proof of links': 'リンクの検証を隠す',
  'Links over closed periods up to {period}': '{period} までの締め済み期間でのリンク',
  'Link to {parent}: {verdict}': '{parent} へのリンク: {verdict}',
  'The formula is what the parent is: there is nothing to prove.': '数式が親そのものの定義なので、検証するものはありません。',
  'Measured against the formula over {count} periods': '{count} 期間の実測値を数式と比較',
  'Measured against the formula over {count} periods, median error {median}': '{count} 期間の実測値を数式と比較、誤差の中央値 {median}',
  '{count} changes held against each other': '{count} 回の変化を比較',
  '{count} changes held against each other, correlation {correlation}': '{count} 回の変化を比較、相関 {correlation}',
  '{column}, {nodes} of {all} nodes': '{column}、{all} ノード中 {nodes}',
};
