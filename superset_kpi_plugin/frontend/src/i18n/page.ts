/** The messages of the page "KPI Trees": the list, the start, a tree's page. */
import type { Messages } from '.';

export const vi: Messages = {
  'KPI Trees': 'Cây KPI',
  'There is no KPI tree yet': 'Chưa có cây KPI nào',
  'This page is not here for you': 'Trang này không dành cho bạn',
  'It does not exist, or you may not see it. Ask the owner of the tree to publish it or to give you access.':
    'Trang không tồn tại hoặc bạn không được xem. Hãy đề nghị người phụ trách cây xuất bản hoặc cấp quyền cho bạn.',
  'To all KPI trees': 'Về danh sách cây KPI',
  'This could not be loaded': 'Không tải được nội dung này',
};

export const ja: Messages = {
  'KPI Trees': 'KPIツリー',
  'There is no KPI tree yet': 'KPIツリーはまだありません',
  'This page is not here for you': 'このページは表示できません',
  'It does not exist, or you may not see it. Ask the owner of the tree to publish it or to give you access.':
    '存在しないか、閲覧権限がありません。ツリーの所有者に公開またはアクセス権の付与を依頼してください。',
  'To all KPI trees': 'KPIツリーの一覧へ',
  'This could not be loaded': '読み込めませんでした',
};
