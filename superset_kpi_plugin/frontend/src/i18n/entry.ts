/** The messages of what every page loads: the chart's entry in the gallery and its controls. */
import type { Messages } from '.';

export const vi: Messages = {
  'KPI Tree': 'Cây KPI',
  'A goal and what drives it, as a tree: actual against target, attainment, score and status for every KPI.':
    'Một mục tiêu và các yếu tố thúc đẩy nó, dưới dạng cây: thực tế so với chỉ tiêu, mức đạt, điểm và trạng thái của từng KPI.',
  Goals: 'Mục tiêu',
  'KPI tree': 'Cây KPI',
  'The tree to draw. You can type to search by name.': 'Cây cần vẽ. Bạn có thể gõ để tìm theo tên.',
  'Choose a KPI tree': 'Chọn một cây KPI',
  'A tree you may not see, or that is gone': 'Cây bạn không được xem hoặc không còn tồn tại',
  'Write the day as YYYY-MM-DD': 'Hãy viết ngày theo dạng YYYY-MM-DD',
  'Time range': 'Khoảng thời gian',
  'The window the tree is computed for. Without one, it is the current period of the tree. The time range of a dashboard goes before this one.':
    'Khoảng thời gian để tính cây. Nếu không chọn, đó là kỳ hiện tại của cây. Khoảng thời gian của bảng điều khiển được ưu tiên hơn.',
  'As of': 'Tính đến ngày',
  'The day from which the tree is looked at, as YYYY-MM-DD; nothing later is read. Today if empty.':
    'Ngày nhìn vào cây, dạng YYYY-MM-DD; dữ liệu sau ngày này không được đọc. Để trống là hôm nay.',
  Today: 'Hôm nay',
  'Applied to every dataset of the tree that has the column.':
    'Được áp dụng cho mọi tập dữ liệu của cây có cột này.',
  Display: 'Hiển thị',
  'Unfolded levels': 'Số cấp được mở',
  'How many levels are unfolded when the chart is first drawn.': 'Số cấp được mở khi biểu đồ được vẽ lần đầu.',
  'All levels': 'Tất cả các cấp',
};

export const ja: Messages = {
  'KPI Tree': 'KPIツリー',
  'A goal and what drives it, as a tree: actual against target, attainment, score and status for every KPI.':
    '最終目標とそれを動かす要因をツリーで表示します。各KPIの実績と目標、達成率、スコア、ステータスが分かります。',
  Goals: '目標',
  'KPI tree': 'KPIツリー',
  'The tree to draw. You can type to search by name.': '表示するツリー。名前を入力して検索できます。',
  'Choose a KPI tree': 'KPIツリーを選択してください',
  'A tree you may not see, or that is gone': '閲覧権限がないか、存在しないツリー',
  'Write the day as YYYY-MM-DD': '日付は YYYY-MM-DD の形式で入力してください',
  'Time range': '期間',
  'The window the tree is computed for. Without one, it is the current period of the tree. The time range of a dashboard goes before this one.':
    'ツリーを計算する期間。指定しない場合はツリーの当期です。ダッシュボードの期間が優先されます。',
  'As of': '基準日',
  'The day from which the tree is looked at, as YYYY-MM-DD; nothing later is read. Today if empty.':
    'ツリーを見る時点の日付(YYYY-MM-DD)。それより後のデータは読みません。空欄の場合は今日です。',
  Today: '今日',
  'Applied to every dataset of the tree that has the column.': 'その列を持つ、ツリーのすべてのデータセットに適用されます。',
  Display: '表示',
  'Unfolded levels': '展開する階層数',
  'How many levels are unfolded when the chart is first drawn.': 'チャートを最初に表示するときに展開する階層数。',
  'All levels': 'すべての階層',
};
