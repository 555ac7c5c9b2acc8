import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PeriodGrid } from './PeriodGrid';

afterEach(cleanup);

function shown(onChange = vi.fn()) {
  render(
    <PeriodGrid
      label="Targets"
      periods={['2026-01', '2026-02', '2026-03']}
      beside={{ label: 'Last year', texts: ['1', '2', '3'] }}
      columns={[{ id: 'value', label: 'Target', values: [10, null, null] }, { id: 'baseline', label: 'Baseline', values: [null, null, null] }]}
      percent={false}
      format={value => `$${value}`}
      onChange={onChange}
    />,
  );
  const cell = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
  return { onChange, cell };
}

const paste = (input: HTMLElement, text: string) => fireEvent.paste(input, { clipboardData: { getData: () => text } });

describe('PeriodGrid', () => {
  it('shows a number in its format and takes it as it is written', () => {
    const { onChange, cell } = shown();
    const january = cell('Target, 2026-01');
    expect(january.value).toBe('$10');
    fireEvent.focus(january);
    expect(january.value).toBe('10');
    fireEvent.change(january, { target: { value: '1,200' } });
    fireEvent.blur(january);
    expect(onChange).toHaveBeenCalledWith([{ row: 0, column: 'value', value: 1200 }]);
  });

  it('keeps what is no number where it can be mended, and makes no edit of it', () => {
    const { onChange, cell } = shown();
    const january = cell('Target, 2026-01');
    fireEvent.focus(january);
    fireEvent.change(january, { target: { value: 'lots' } });
    fireEvent.blur(january);
    expect(january.value).toBe('lots');
    expect(january.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('“lots” is not a number: write one such as');
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.keyDown(january, { key: 'Escape' });
    expect(january.value).toBe('$10');
    expect(screen.getByRole('alert').textContent).toBe('');
  });

  it('holds the keyboard at what is no number, and what was typed with it', () => {
    const { cell } = shown();
    const january = cell('Target, 2026-01');
    january.focus();
    fireEvent.change(january, { target: { value: 'lots' } });
    fireEvent.keyDown(january, { key: 'Enter' });
    expect(document.activeElement).toBe(january);
    january.blur();
    january.focus();
    expect(january.value).toBe('lots');
  });

  it('pastes what a spreadsheet copied, as far as the grid goes', () => {
    const { onChange, cell } = shown();
    paste(cell('Target, 2026-02'), '20\t2\n30\t3\n40\t4\n');
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(onChange.mock.calls[0]![0]).toEqual([
      { row: 1, column: 'value', value: 20 }, { row: 1, column: 'baseline', value: 2 },
      { row: 2, column: 'value', value: 30 }, { row: 2, column: 'baseline', value: 3 },
    ]);
    expect(screen.getByRole('status').textContent).toBe('Cells beyond the grid were left out: 2.');
    paste(cell('Target, 2026-01'), '20\n30');
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('says no more what a paste left out once a cell is typed in', () => {
    const { cell } = shown();
    paste(cell('Target, 2026-02'), '20\t2\n30\t3\n40\t4\n');
    const january = cell('Target, 2026-01');
    january.focus();
    fireEvent.change(january, { target: { value: '7' } });
    january.blur();
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('pastes all or nothing, and says what was wrong', () => {
    const { onChange, cell } = shown();
    paste(cell('Target, 2026-01'), '20\nmany');
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('many');
  });

  it('walks down by Enter and up by the arrow', () => {
    const { cell } = shown();
    cell('Target, 2026-01').focus();
    fireEvent.keyDown(cell('Target, 2026-01'), { key: 'Enter' });
    expect(document.activeElement).toBe(cell('Target, 2026-02'));
    fireEvent.keyDown(cell('Target, 2026-02'), { key: 'ArrowUp' });
    expect(document.activeElement).toBe(cell('Target, 2026-01'));
  });
});
