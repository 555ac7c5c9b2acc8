import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, DatePicker, Select, Space } from 'antd';
import dayjs from 'dayjs';
import React from 'react';
import type { EvaluationWindow, PastKind } from '../../api/types';
import type { TreeDoc } from '../../builder/draft/document';
import { t } from '../../i18n';
import { DAY, periodBeside, readRange, stepped, writeRange } from './range';
import { RangeButton } from './RangeButton';
import type { Asked } from './shared';

interface Props {
  tree: TreeDoc;
  asked: Asked;
  onAsk: (change: Partial<Asked>) => void;
  /** The window that is shown; the steps go from there. */
  window: () => EvaluationWindow | undefined;
}

/** For which period the tree is read, from which day, and with what it is compared. */
export function TreeControls({ tree, asked, onAsk, window }: Props) {
  const step = (ahead: boolean) => {
    const shown = window();
    if (asked.range) {
      const range = readRange(asked.range);
      const from = range?.kind === 'between' ? range : shown;
      if (from) onAsk({ range: writeRange(stepped(from, ahead)) });
      return;
    }
    const period = periodBeside(tree.grain, asked.period, shown, ahead);
    if (period) onAsk({ period });
  };
  return (
    <div className="kpi-tree-controls">
      {/* Keys: it counts its children anew when one is not there, and would make the others anew. */}
      <Space.Compact>
        <Button key="before" icon={<LeftOutlined />} aria-label={t('The period before')} data-test="kpi-period-before" onClick={() => step(false)} />
        {!asked.range && <PeriodField key="period" tree={tree} period={asked.period} onChange={period => onAsk({ period })} />}
        <RangeButton key="range" range={asked.range} onChange={range => onAsk({ range, period: '' })} window={window} />
        <Button key="after" icon={<RightOutlined />} aria-label={t('The period after')} data-test="kpi-period-after" onClick={() => step(true)} />
      </Space.Compact>
      <DatePicker
        aria-label={t('As of')}
        placeholder={t('As of today')}
        className="kpi-as-of-field"
        data-test="kpi-as-of"
        value={asked.asOf ? dayjs(asked.asOf) : null}
        onChange={day => onAsk({ asOf: day ? day.format(DAY) : '' })}
      />
      <Select<PastKind>
        aria-label={t('Compare with')}
        data-test="kpi-compare"
        popupMatchSelectWidth={false}
        value={asked.compare}
        onChange={compare => onAsk({ compare })}
        options={[
          { value: 'previous_period', label: t('Against the period before') },
          { value: 'previous_year', label: t('Against the year before') },
        ]}
      />
    </div>
  );
}

function PeriodField({ tree, period, onChange }: { tree: TreeDoc; period: string; onChange: (period: string) => void }) {
  if (tree.grain === 'custom') {
    return (
      <Select
        allowClear
        aria-label={t('Period')}
        placeholder={t('Current period')}
        className="kpi-period-field"
        data-test="kpi-period"
        value={period || undefined}
        onChange={name => onChange(name ?? '')}
        options={tree.periods.map(({ name }) => ({ value: name, label: name }))}
      />
    );
  }
  const day = dayjs(period);
  return (
    <DatePicker
      picker={pickerOf(tree)}
      aria-label={t('Period')}
      placeholder={t('Current period')}
      className="kpi-period-field"
      data-test="kpi-period"
      value={period && day.isValid() ? day : null}
      onChange={chosen => onChange(chosen ? firstDay(chosen, tree) : '')}
    />
  );
}

/** Where the fiscal year does not begin in step with the calendar's quarters or years, a month says which is meant. */
function pickerOf({ grain, fiscal_year_start_month: first }: TreeDoc): 'week' | 'month' | 'quarter' | 'year' {
  if (grain === 'week') return 'week';
  if (grain === 'quarter' && first % 3 === 1) return 'quarter';
  if (grain === 'year' && first === 1) return 'year';
  return 'month';
}

function firstDay(chosen: dayjs.Dayjs, tree: TreeDoc): string {
  return chosen.startOf(pickerOf(tree) === 'week' ? 'week' : pickerOf(tree) === 'year' ? 'year' : 'month').format(DAY);
}
