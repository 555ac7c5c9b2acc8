import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import React, { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import '../../../test/antd';
import { AdvicePanel } from '../advice/AdvicePanel';
import { readTree, type Finding, type Preview, type TreeDoc } from '../draft/document';
import { nodeOf } from '../draft/structure';
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
    const preview: Preview = { evaluation: null, errors: { 'nodes.revenue.formula': ['There is no ordres; did you mean orders?'] }, findings: [] };
    render(<Shown focusField="formula" preview={preview} told={vi.fn()} />);
    await waitFor(() => expect(test('kpi-field-error').textContent).toContain('did you mean'));
    expect(test('kpi-form-links').textContent).toContain('⚠');
    expect(test('kpi-form-goal').textContent).not.toContain('⚠');
  });
});

describe('AdvicePanel', () => {
  const finding = (code: string, severity: Finding['severity'], nodes: string[]): Finding => ({
    code, severity, nodes, field: 'targets', message: `About ${code}`, todo: 'Do it',
  });

  it('puts what blocks first, and leads to the node and field', () => {
    const onGo = vi.fn();
    render(<AdvicePanel doc={tree} onGo={onGo} findings={[finding('later', 'hint', ['visits']), finding('first', 'blocking', ['orders'])]} />);
    const codes = [...document.querySelectorAll('[data-test="kpi-finding"]')].map(one => one.getAttribute('data-code'));
    expect(codes).toEqual(['first', 'later']);
    fireEvent.click(screen.getByText('Go to Orders'));
    expect(onGo).toHaveBeenCalledWith('orders', 'targets');
  });

  it('leads to the tree where no node is meant, and says so when there is nothing to do', () => {
    const onGo = vi.fn();
    const { rerender } = render(<AdvicePanel doc={tree} onGo={onGo} findings={[finding('tree', 'warning', [])]} />);
    fireEvent.click(screen.getByText('Go to the tree’s settings'));
    expect(onGo).toHaveBeenCalledWith(null, 'targets');
    rerender(<AdvicePanel doc={tree} onGo={onGo} findings={[]} />);
    expect(test('kpi-advice-none')).not.toBeNull();
  });
});
