import React, { useMemo } from 'react';
import { addMessages, t } from '../i18n';
import * as acting from '../i18n/acting';
import { ja } from '../i18n/ja';
import * as picture from '../i18n/picture';
import { vi } from '../i18n/vi';
import { ChooseTree, Failure, NotYet, Skeleton } from '../view/States';
import { ensureStyles } from '../view/styles';
import { cssVariables } from '../view/theme';
import { TreeView } from '../view/TreeView';
import { useEvaluation } from '../view/useEvaluation';
import type { KpiTreeChartProps } from './types';
import { tall } from '../view/tall';

for (const words of [{ vi, ja }, picture, acting]) {
  addMessages('vi', words.vi);
  addMessages('ja', words.ja);
}

const NARROW = 620;
const SHORT = 320;

export default function KpiTreeChart(props: KpiTreeChartProps) {
  const { width, height, theme } = props;
  const variables = useMemo(() => cssVariables(theme), [theme]);
  ensureStyles();
  return (
    <div
      className={`kpi-tree ${width < NARROW ? 'kpi-narrow' : ''} ${height < SHORT ? 'kpi-short' : ''}`}
      style={{ ...variables, width, ...tall(height) }}
      data-test="kpi-tree"
    >
      {/* Another tree is another chart: nothing of the one before may stay on screen. */}
      {props.tree ? <ChosenTree key={props.tree} {...props} /> : <ChooseTree />}
    </div>
  );
}

function ChosenTree(props: KpiTreeChartProps) {
  const { evaluation, loading, error, retry, refresh } = useEvaluation(props);
  if (error) return <Failure error={error} onRetry={retry} />;
  if (!evaluation) return <Skeleton />;
  return (
    <div className="kpi-content" aria-busy={loading} data-test="kpi-content" data-state={loading ? 'refreshing' : 'ready'}>
      {loading && (
        <div className="kpi-progress" role="progressbar" aria-label={t('Loading the tree')}>
          <NotYet />
        </div>
      )}
      <TreeView {...props} evaluation={evaluation} onRefresh={refresh} />
    </div>
  );
}
