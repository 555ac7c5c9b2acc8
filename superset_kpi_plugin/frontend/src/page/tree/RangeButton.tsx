import { FieldTimeOutlined } from '@ant-design/icons';
import { Button, DatePicker, InputNumber, Popover, Radio, Select, Tooltip } from 'antd';
import dayjs from 'dayjs';
import React, { useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import type { EvaluationWindow } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { formatWindow } from '../../tree/window';
import { DAY, LAST_WORDS, ONE_WORDS, readRange, UNIT_WORDS, UNITS, writeRange, type Range, type Unit } from './range';

interface Props {
  /** What is asked for, in Superset's words; empty for a period of the tree. */
  range: string;
  onChange: (range: string) => void;
  /** The window that is shown: from there one begins to choose other days. */
  window: () => EvaluationWindow | undefined;
}

/** Reads the tree over days that are no period of it. */
export function RangeButton({ range, onChange, window }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement & HTMLAnchorElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const label = t('Time range');
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottom"
      destroyTooltipOnHide
      afterOpenChange={shown => shown && form.current?.querySelector<HTMLElement>('input:checked')?.focus()}
      content={
        <RangeForm
          place={form}
          range={range}
          window={window()}
          onApply={words => {
            onChange(words);
            close();
          }}
          onClose={close}
        />
      }
    >
      <Tooltip title={open ? undefined : label} mouseEnterDelay={0.4}>
        <Button ref={button} icon={<FieldTimeOutlined />} aria-label={range ? `${label}: ${toldRange(range)}` : label} aria-expanded={open} data-test="kpi-range" data-value={range}>
          {range && <span className="kpi-range-told">{toldRange(range)}</span>}
        </Button>
      </Tooltip>
    </Popover>
  );
}

type Kind = 'period' | Range['kind'];

interface FormProps {
  place: Ref<HTMLDivElement>;
  range: string;
  window: EvaluationWindow | undefined;
  onApply: (range: string) => void;
  onClose: () => void;
}

function RangeForm({ place, range, window, onApply, onClose }: FormProps) {
  const asked = readRange(range);
  const [kind, setKind] = useState<Kind>(asked?.kind ?? 'period');
  const [last, setLast] = useState(asked?.kind === 'last' ? asked : { kind: 'last' as const, count: 30, unit: 'day' as Unit });
  const [days, setDays] = useState(asked?.kind === 'between' ? asked : window && { kind: 'between' as const, since: window.since, until: window.until });
  const chosen = kind === 'last' ? last : kind === 'between' ? days : null;
  const complete = kind === 'period' || Boolean(chosen);
  const apply = () => complete && onApply(chosen ? writeRange(chosen) : '');
  const onKeyDown = (event: KeyboardEvent) => {
    // What is open in a field closes first.
    if (event.key === 'Escape' && !document.querySelector(OPEN_LISTS)) onClose();
  };
  return (
    <div ref={place} className="kpi-range-form" data-test="kpi-range-form" onKeyDown={onKeyDown}>
      <Radio.Group value={kind} onChange={event => setKind(event.target.value as Kind)} aria-label={t('Time range')}>
        <Line><Radio value="period" data-test="kpi-range-period">{t('A period of the tree')}</Radio></Line>
        <Line>
          <Radio value="last" data-test="kpi-range-last">{t('The last')}</Radio>
          <InputNumber
            min={1}
            max={9999}
            precision={0}
            disabled={kind !== 'last'}
            aria-label={t('How many')}
            data-test="kpi-range-count"
            value={last.count}
            onChange={count => setLast({ ...last, count: count ?? 1 })}
            onPressEnter={event => {
              // Else the key would go on to press the button that gets the keyboard back.
              event.preventDefault();
              apply();
            }}
          />
          <Select<Unit>
            disabled={kind !== 'last'}
            aria-label={t('Unit of time')}
            data-test="kpi-range-unit"
            popupMatchSelectWidth={false}
            value={last.unit}
            onChange={unit => setLast({ ...last, unit })}
            options={UNITS.map(unit => ({ value: unit, label: t(UNIT_WORDS[unit]) }))}
          />
        </Line>
        <Line hook="kpi-range-days">
          <Radio value="between" data-test="kpi-range-between">{t('From and to')}</Radio>
          <DatePicker.RangePicker
            disabled={kind !== 'between'}
            allowClear={false}
            aria-label={t('From and to')}
            value={days ? [dayjs(days.since), dayjs(days.until).subtract(1, 'day')] : null}
            onChange={value => {
              const [first, final] = value ?? [];
              if (first && final) setDays({ kind: 'between', since: first.format(DAY), until: final.add(1, 'day').format(DAY) });
            }}
          />
        </Line>
      </Radio.Group>
      <p className="kpi-muted">{t('The first and the last day both count. The last days end with yesterday, as in Superset.')}</p>
      <footer>
        <Button size="small" onClick={onClose}>{t('Cancel')}</Button>
        <Button size="small" type="primary" disabled={!complete} data-test="kpi-range-apply" onClick={apply}>{t('Apply')}</Button>
      </footer>
    </div>
  );
}

const OPEN_LISTS = '.kpi-ant-select-dropdown:not(.kpi-ant-select-dropdown-hidden),.kpi-ant-picker-dropdown:not(.kpi-ant-picker-dropdown-hidden)';

const Line = ({ hook, children }: { hook?: string; children: ReactNode }) => <div className="kpi-range-line" data-test={hook}>{children}</div>;

/** A range in the reader's language; Superset's other words as they are. */
export function toldRange(words: string): string {
  const range = readRange(words);
  if (!range) return words;
  if (range.kind === 'last') return range.count === 1 ? t(ONE_WORDS[range.unit]) : t(LAST_WORDS[range.unit], { count: range.count });
  return formatWindow({ since: range.since, until: range.until, as_of: range.until, closed: true, name: null }, currentLocale());
}
