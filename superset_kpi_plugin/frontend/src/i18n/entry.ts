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
  'Loading the trees': 'Đang tải các cây',
  'No tree that you may see is called so': 'Không có cây nào bạn được xem có tên như vậy',
  'The trees could not be read. Press here, or Enter, to try again.':
    'Không đọc được các cây. Nhấn vào đây hoặc nhấn Enter để thử lại.',
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
  Layout: 'Bố cục',
  'How the tree is drawn at first. Readers can switch on the chart itself.':
    'Cách vẽ cây lúc đầu. Người xem có thể đổi ngay trên biểu đồ.',
  'By the room there is': 'Theo khoảng trống có được',
  'Tree, left to right': 'Cây, từ trái sang phải',
  'Tree, top down': 'Cây, từ trên xuống',
  Outline: 'Dàn ý',
  'Icicle by weight': 'Phân vùng theo trọng số',
  'Heatmap by members': 'Bản đồ nhiệt theo giá trị',
  'Periods of history': 'Số kỳ lịch sử',
  'How many periods the small lines show. Each one is read from the datasets.':
    'Số kỳ mà các đường nhỏ thể hiện. Mỗi kỳ đều được đọc từ tập dữ liệu.',
  None: 'Không',
  'Members of': 'Các giá trị của',
  'The column of your datasets by whose members the heatmap is divided, such as region.':
    'Cột trong tập dữ liệu mà bản đồ nhiệt được chia theo, chẳng hạn region.',
  'A column': 'Một cột',
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
  'Loading the trees': 'ツリーを読み込み中',
  'No tree that you may see is called so': 'その名前で閲覧できるツリーはありません',
  'The trees could not be read. Press here, or Enter, to try again.':
    'ツリーを読み込めませんでした。ここを押すか、Enterで再試行してください。',
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
  Layout: 'レイアウト',
  'How the tree is drawn at first. Readers can switch on the chart itself.':
    '最初の描き方。閲覧者はチャート上で切り替えられます。',
  'By the room there is': '表示領域に応じて',
  'Tree, left to right': 'ツリー(左から右)',
  'Tree, top down': 'ツリー(上から下)',
  Outline: 'アウトライン',
  'Icicle by weight': '重みのアイシクル',
  'Heatmap by members': '値ごとのヒートマップ',
  'Periods of history': '履歴の期間数',
  'How many periods the small lines show. Each one is read from the datasets.':
    '小さな折れ線が示す期間の数。どの期間もデータセットから読みます。',
  None: 'なし',
  'Members of': '分ける列',
  'The column of your datasets by whose members the heatmap is divided, such as region.':
    'ヒートマップを分けるデータセットの列(regionなど)。',
  'A column': '列名',
};
