/** A grid of numbers, a row for each period: typed in, pasted from a spreadsheet, walked by the arrows. */
import { theme } from 'antd';
import React, { useEffect, useRef, useState } from 'react';
import { currentLocale, t } from '../../i18n';
import { readCells, readNumber, separatorsOf, writeNumber } from './written';

export interface GridColumn {
  id: string;
  label: string;
  values: readonly (number | null)[];
}

export interface GridChange {
  row: number;
  column: string;
  value: number | null;
}

interface Props {
  label: string;
  periods: readonly string[];
  /** What stands beside a period and cannot be changed, such as last year's actual. */
  beside: { label: string; texts: readonly string[] };
  columns: readonly GridColumn[];
  percent: boolean;
  format(value: number): string;
  onChange(changes: GridChange[]): void;
}

export function PeriodGrid({ label, periods, beside, columns, percent, format, onChange }: Props) {
  const { token } = theme.useToken();
  const table = useRef<HTMLTableElement>(null);
  const [refused, setRefused] = useState('');
  const [left, setLeft] = useState(0);
  const separators = separatorsOf(currentLocale());

  const focus = (row: number, column: number) => {
    const next = table.current?.querySelector<HTMLInputElement>(`[data-at="${row}:${column}"]`);
    next?.focus();
    next?.select();
  };

  const paste = (row: number, column: number, text: string) => {
    const changes: GridChange[] = [];
    let beyond = 0;
    for (const [down, cells] of readCells(text).entries()) {
      for (const [right, cell] of cells.entries()) {
        const target = columns[column + right];
        if (row + down >= periods.length || !target) {
          if (cell.trim()) beyond += 1;
          continue;
        }
        const value = readNumber(cell, separators);
        if (Number.isNaN(value)) {
          setLeft(0);
          setRefused(t('Nothing was pasted: “{text}” is not a number. Copy only the cells that hold numbers.', { text: cell.slice(0, 40) }));
          return;
        }
        changes.push({ row: row + down, column: target.id, value });
      }
    }
    setRefused('');
    setLeft(beyond);
    onChange(changes);
  };

  const cellStyle = { borderBottom: `1px solid ${token.colorBorderSecondary}`, padding: '2px 8px' };
  return (
    <>
      <table ref={table} aria-label={label} data-test="kpi-grid" style={{ width: '100%', borderCollapse: 'collapse' }}>
        <thead>
          <tr style={{ color: token.colorTextSecondary, textAlign: 'right' }}>
            <th scope="col" style={{ ...cellStyle, textAlign: 'left' }}>{t('Period')}</th>
            <th scope="col" style={cellStyle}>{beside.label}</th>
            {columns.map(column => <th scope="col" key={column.id} style={cellStyle}>{column.label}</th>)}
          </tr>
        </thead>
        <tbody>
          {periods.map((period, row) => (
            <tr key={period} data-test="kpi-grid-row" data-period={period}>
              <th scope="row" style={{ ...cellStyle, textAlign: 'left', fontWeight: 'normal', whiteSpace: 'nowrap' }}>{period}</th>
              <td style={{ ...cellStyle, textAlign: 'right', color: token.colorTextSecondary }}>{beside.texts[row]}</td>
              {columns.map((column, index) => (
                <td key={column.id} style={cellStyle}>
                  <Cell
                    at={`${row}:${index}`}
                    label={`${column.label}, ${period}`}
                    value={column.values[row] ?? null}
                    shown={value => format(value)}
                    written={value => writeNumber(value, percent, separators)}
                    read={text => readNumber(text, separators)}
                    onCommit={value => {
                      setLeft(0);
                      onChange([{ row, column: column.id, value }]);
                    }}
                    onMove={(down, right) => focus(row + down, index + right)}
                    onPaste={text => paste(row, index, text)}
                    onTold={setRefused}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p role="alert" data-test="kpi-grid-refused" style={{ color: token.colorErrorText, margin: 0 }}>{refused}</p>
      <p role="status" data-test="kpi-grid-left" style={{ color: token.colorWarningText, margin: 0 }}>
        {left > 0 && t('Cells beyond the grid were left out: {count}.', { count: left })}
      </p>
    </>
  );
}

interface CellProps {
  at: string;
  label: string;
  value: number | null;
  shown(value: number): string;
  written(value: number | null): string;
  read(text: string): number | null;
  onCommit(value: number | null): void;
  onMove(down: number, right: number): void;
  onPaste(text: string): void;
  /** Says what is wrong with what was typed; empty where nothing is. */
  onTold(problem: string): void;
}

function Cell({ at, label, value, shown, written, read, onCommit, onMove, onPaste, onTold }: CellProps) {
  const { token } = theme.useToken();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => setText(null), [value]);
  const typed = text === null ? value : read(text);
  const wrong = Number.isNaN(typed);

  const commit = () => {
    if (text !== null && !wrong && typed !== value) onCommit(typed);
    if (!wrong) setText(null);
    onTold(wrong ? t('“{text}” is not a number: write one such as {example}, or press Escape for what was there.', { text: (text ?? '').slice(0, 40), example: shown(1200) }) : '');
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const steps: Record<string, number> = { ArrowDown: 1, Enter: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === 'Escape' && text !== null && text !== written(value)) {
      event.stopPropagation();
      setText(null);
      onTold('');
    } else if (step !== undefined) {
      event.preventDefault();
      commit();
      // What is no number keeps the keyboard: Escape, as it is told to press, is then this field's, not the dialog's.
      if (!wrong) onMove(step, 0);
    }
  };
  return (
    <input
      data-at={at}
      data-test="kpi-grid-cell"
      data-value={value ?? ''}
      aria-label={label}
      aria-invalid={wrong}
      inputMode="decimal"
      value={text ?? (value === null ? '' : shown(value))}
      onFocus={event => {
        if (!wrong) setText(written(value));
        const input = event.currentTarget;
        requestAnimationFrame(() => input.select());
      }}
      onChange={event => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
      onPaste={event => {
        const pasted = event.clipboardData.getData('text/plain');
        if (!/[\t\n]/.test(pasted.trim())) return;
        event.preventDefault();
        setText(null);
        onPaste(pasted);
      }}
      style={{
        width: '100%',
        minWidth: 90,
        padding: '3px 6px',
        textAlign: 'right',
        font: 'inherit',
        color: token.colorText,
        background: token.colorBgContainer,
        border: `1px solid ${wrong ? token.colorError : token.colorBorder}`,
        borderRadius: token.borderRadiusSM,
      }}
    />
  );
}
