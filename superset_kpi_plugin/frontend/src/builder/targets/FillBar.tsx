/** Fills a year at once: an amount spread evenly or by last year's shape, or last year grown. The server computes. */
import { Alert, Button, Input, Segmented, Space } from 'antd';
import React, { useState } from 'react';
import { currentLocale, t } from '../../i18n';
import type { Fill } from '../node/ask';
import { readNumber, separatorsOf } from './written';

type How = Fill['how'];

interface Props {
  /** What an amount for the year means: `flow` is shared out, a level is meant for each period. */
  adds: boolean;
  year: string;
  busy: boolean;
  problem: string | null;
  onFill(fill: Fill): void;
}

export function FillBar({ adds, year, busy, problem, onFill }: Props) {
  const [how, setHow] = useState<How>('even');
  const [text, setText] = useState('');
  const number = readNumber(how === 'grow' ? text.replace('%', '') : text, separatorsOf(currentLocale()));
  const ready = number !== null && !Number.isNaN(number);
  const fill = () => {
    if (ready) onFill(how === 'grow' ? { how, percent: number } : { how, amount: number });
  };
  return (
    <Space direction="vertical" style={{ width: '100%' }} data-test="kpi-fill">
      <Space wrap>
        <Segmented
          value={how}
          onChange={value => setHow(value as How)}
          options={[
            { value: 'even', label: t('Evenly') },
            { value: 'last_year', label: t('By last year’s shape') },
            { value: 'grow', label: t('Last year and a percentage') },
          ]}
        />
        <Input
          aria-label={how === 'grow' ? t('Growth in percent') : t('Target for {year}', { year })}
          data-test="kpi-fill-amount"
          value={text}
          placeholder={how === 'grow' ? '10' : adds ? t('Total of the year') : t('Level')}
          suffix={how === 'grow' ? '%' : undefined}
          style={{ width: 150 }}
          status={text && !ready ? 'error' : undefined}
          onChange={event => setText(event.target.value)}
          onPressEnter={fill}
        />
        <Button onClick={fill} disabled={!ready} loading={busy} data-test="kpi-fill-do">{t('Fill {year}', { year })}</Button>
      </Space>
      {problem !== null && <Alert type="warning" showIcon message={problem} data-test="kpi-fill-problem" />}
    </Space>
  );
}
