import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import React, { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import '../../../test/antd';
import { AdvicePanel } from '../advice/AdvicePanel';
import { readTree, type Finding, type Preview, type TreeDoc } from '../draft/document';
import { nodeOf } from '../draft/structure';
import { NumberField } from './Field';
import { NodeForm } from './NodeForm';

afterEach(cleanup);

const tree = readTree({
  name: 'Shop',
  nodes: [
    { key: 'revenue', name: 'Revenue', source: 'formula', formula: 'orders' },
    { key: 'orders', name: 'Orders', source: 'manual' },
    { key: 'visits', name: 'Visits', source: 'manual' },
  ],
  links: [{ parent: 'revenue', child: 'orders' }, { parent: 'revenue', child: 'visits', order: 1 }] as never,
});

function Shown({ preview = null, focusField, told }: { preview?: Preview | null; focusField?: string; told(doc: TreeDoc, label: string): void }) {
  const [doc, setDoc] = useState(tree);
  return (
    <NodeForm doc={doc} nodeKey="revenue" preview={preview} focusField={focusField}
      onChange={(change, label) => {
        const next = change(doc);
        setDoc(next);
        told(next, label);
      }} />
  );
}

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;

describe('NodeForm', () => {
  it('goes to the field that an error or a finding names', async () => {
    render(<Shown focusField="unit" told={vi.fn()} />);
    await waitFor(() => expect(document.activeElement?.id).toBe('kpi-field-unit'));
  });

  it('makes one edit of a text when it is left', async () => {
    const told = vi.fn();
    render(<Shown focusField="name" told={told} />);
    const name = await screen.findByDisplayValue('Revenue');
    fireEvent.change(name, { target: { value: 'Turnover' } });
    expect(told).not.toHaveBeenCalled();
    fireEvent.blur(name);
    expect(told).toHaveBeenCalledTimes(1);
    expect(nodeOf(told.mock.calls[0]![0] as TreeDoc, 'revenue')?.name).toBe('Turnover');
  });

  it('reads the formula out, and commits it by Enter', async () => {
    const told = vi.fn();
    render(<Shown focusField="formula" told={told} />);
    await waitFor(() => expect(test('kpi-formula-sentence').textContent).toBe('Revenue = Orders'));
    const area = test('kpi-formula') as HTMLTextAreaElement;
    fireEvent.change(area, { target: { value: 'orders / visits' } });
    fireEvent.keyDown(area, { key: 'Enter' });
    expect(nodeOf(told.mock.calls[0]![0] as TreeDoc, 'revenue')?.formula).toBe('orders / visits');
    await waitFor(() => expect(test('kpi-formula-sentence').textContent).toBe('Revenue = Orders ÷ Visits'));
  });

  it('shows what is wrong at its field, and on the part that holds it', async () => {
    const preview: Preview = { evaluation: null, errors: { 'nodes.revenue.formula': ['There is no ordres; did you mean orders?'] }, findings: [], proof: null };
    render(<Shown focusField="formula" preview={preview} told={vi.fn()} />);
    await waitFor(() => expect(test('kpi-field-error').textContent).toContain('did you mean'));
    expect(test('kpi-form-links').textContent).toContain('⚠');
    expect(test('kpi-form-goal').textContent).not.toContain('⚠');
  });
});

describe('what cannot be taken', () => {
  const typed = (name: string, text: string) => {
    const field = document.getElementById(`kpi-field-${name}`)!;
    fireEvent.change(field, { target: { value: text } });
    fireEvent.blur(field);
  };

  it('is told where it was typed, with what to write, and is no edit', () => {
    const told = vi.fn();
    render(<Shown focusField="key" told={told} />);
    for (const [name, text, said] of [['key', 'orders', 'Another KPI has this key.'], ['key', 'Số đơn', 'lower-case letters'], ['name', ' ', 'It needs a name']] as const) {
      typed(name, text);
      const problems = [...document.querySelectorAll('[data-test="kpi-field-problem"]')].map(one => one.textContent);
      expect(problems.some(problem => problem!.includes(said))).toBe(true);
    }
    expect(told).not.toHaveBeenCalled();
    fireEvent.keyDown(document.getElementById('kpi-field-key')!, { key: 'Escape' });
    fireEvent.keyDown(document.getElementById('kpi-field-name')!, { key: 'Escape' });
    expect(document.querySelector('[data-test="kpi-field-problem"]')).toBeNull();
  });

  it('is so of a number, too', () => {
    const told = vi.fn();
    render(<NumberField name="weight" value={1} least={0} onCommit={told} />);
    for (const text of ['abc', '-3', '']) {
      typed('weight', text);
      expect(test('kpi-field-problem').textContent).toBe('Write a number, 0 or more.');
    }
    expect(told).not.toHaveBeenCalled();
    typed('weight', '2,5');
    expect(told).toHaveBeenCalledWith(2.5);
    typed('weight', '1,000');
    expect(told).toHaveBeenLastCalledWith(1000);
  });
});

describe('AdvicePanel', () => {
  const finding = (code: string, severity: Finding['severity'], nodes: string[]): Finding => ({
    code, severity, nodes, field: 'targets', message: `About ${code}`, todo: 'Do it', since: '2026-01-01', fixes: [],
  });
  const given = () => ({ doc: tree, proof: null, current: true, onGo: vi.fn(), onFix: vi.fn(), onAdd: vi.fn(), onTreeTargets: vi.fn() });

  it('puts what blocks first, and leads to the node and field', () => {
    const props = given();
    const first = finding('first', 'blocking', ['orders']);
    render(<AdvicePanel {...props} findings={[finding('later', 'hint', ['visits']), first]} />);
    const codes = [...document.querySelectorAll('[data-test="kpi-finding"]')].map(one => one.getAttribute('data-code'));
    expect(codes).toEqual(['first', 'later']);
    fireEvent.click(screen.getByText('Targets of Orders'));
    expect(props.onGo).toHaveBeenCalledWith('orders', first);
  });

  it('leads to the tree where no node is meant, and says so when there is nothing to do', () => {
    const props = given();
    const { rerender } = render(<AdvicePanel {...props} findings={[finding('tree', 'warning', [])]} />);
    fireEvent.click(screen.getByText('Go to the tree’s settings'));
    expect(props.onGo).toHaveBeenCalledWith(null, expect.objectContaining({ code: 'tree' }));
    rerender(<AdvicePanel {...props} findings={[]} />);
    expect(test('kpi-advice-none')).not.toBeNull();
  });

  it('offers the fixes of the document as it is, and no others', () => {
    const props = given();
    const fix = { label: 'Name Ada', nodes: {}, links: [], without_targets: {} };
    const fixable = [{ ...finding('no_owner', 'warning', ['orders']), fixes: [fix] }];
    const { rerender } = render(<AdvicePanel {...props} findings={fixable} />);
    fireEvent.click(test('kpi-finding-fix'));
    expect(props.onFix).toHaveBeenCalledWith(fix);
    rerender(<AdvicePanel {...props} current={false} findings={fixable} />);
    expect((test('kpi-finding-fix') as HTMLButtonElement).disabled).toBe(true);
  });

  it('shows the proof of what is disproven, period by period', () => {
    const period = { name: '2026-10', since: '2026-10-01', until: '2026-11-01', measured: 100, formula: 80, error: 0.2, unexplained: 20, reasons: {}, holds: false };
    const row = { parent: 'orders', children: ['visits'], verdict: 'disproven' as const, count: 3, median: 0.2, largest: 0.2, unexplained: 20, reasons: {}, left_out: 0, reason: null, periods: [period] };
    render(<AdvicePanel {...given()} proof={{ tolerance: 0.01, components: [row] }} findings={[finding('no_unit', 'warning', ['orders']), finding('formula_disproven', 'warning', ['orders'])]} />);
    expect(document.querySelectorAll('[data-test="kpi-finding-proof"]')).toHaveLength(1);
    fireEvent.click(test('kpi-finding-proof'));
    const cells = [...test('kpi-proof-period').children].map(cell => cell.textContent!.trim());
    expect(cells).toEqual(['October 2026', '80', '100', '20%', 'Does not hold']);
  });

  it('leads to a few of many nodes first', () => {
    const keys = Array.from({ length: 8 }, (_, index) => `k${index}`);
    render(<AdvicePanel {...given()} findings={[finding('no_unit', 'warning', keys)]} />);
    expect(document.querySelectorAll('[data-test="kpi-finding-go"]')).toHaveLength(5);
    fireEvent.click(test('kpi-finding-all'));
    expect(document.querySelectorAll('[data-test="kpi-finding-go"]')).toHaveLength(8);
  });
});
