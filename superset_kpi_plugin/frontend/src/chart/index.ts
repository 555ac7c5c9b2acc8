import { ChartMetadata, ChartPlugin } from '@superset-ui/core';
import { addMessages, t } from '../i18n';
import * as messages from '../i18n/entry';
import buildQuery from './buildQuery';
import controlPanel from './controlPanel';
import { thumbnail, thumbnailDark } from './thumbnail';
import transformProps from './transformProps';

addMessages('vi', messages.vi);
addMessages('ja', messages.ja);

class KpiTreeChartPlugin extends ChartPlugin {
  constructor() {
    super({
      metadata: new ChartMetadata({
        name: t('KPI Tree'),
        description: t(
          'A goal and what drives it, as a tree: actual against target, attainment, score and status for every KPI.',
        ),
        category: t('KPI'),
        tags: [t('Business'), t('Hierarchy'), t('Report'), t('Goals')],
        thumbnail,
        thumbnailDark,
        // A press on a member of the heatmap filters the dashboard.
        behaviors: ['INTERACTIVE_CHART'],
        // The host's menu drills into the chart's own dataset, which is only the list of trees; the chart has its own.
        suppressContextMenu: true,
      }),
      buildQuery,
      transformProps,
      loadChart: () => import('./KpiTreeChart'),
      controlPanel: controlPanel(),
    });
  }
}

new KpiTreeChartPlugin().configure({ key: 'kpi_tree' }).register();
