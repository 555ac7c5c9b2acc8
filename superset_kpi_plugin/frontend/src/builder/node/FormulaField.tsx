/** The formula: completed while it is typed, read out as a sentence, and held against the last closed period. */
import { getNumberFormatter } from '@superset-ui/core';
import { AutoComplete, Button, Input, Typography } from 'antd';
import React, { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n';
import { formatAmount } from '../../tree/format';
import { formulaInWords } from '../../tree/panelFormula';
import type { NodeDoc, Preview, TreeDoc } from '../draft/document';
import { keptFormula } from '../draft/formula';
import { branchOf, childrenOf, nameOf } from '../draft/structure';
import { previewAsOf } from './ask';
import { completions } from './completion';
import { dayBefore } from './days';
import { idOf } from './Field';
import { useAsked } from './useAsked';

interface Props {
  doc: TreeDoc;
  node: NodeDoc;
  preview: Preview | null;
  wrong: boolean;
  onCommit(formula: string | null): void;
}

export function FormulaField({ doc, node, preview, wrong, onCommit }: Props) {
  const [text, setText] = useState(node.formula ?? '');
  const [caret, setCaret] = useState(text.length);
  const [open, setOpen] = useState(false);
  const area = useRef<HTMLTextAreaElement | null>(null);
  useEffect(() => setText(node.formula ?? ''), [node.formula, node.uuid]);

  const kept = node.formula === null && text === '' ? keptFormula(node.description) : null;
  const mend = () => {
    setText(kept ?? '');
    area.current?.focus();
  };
  const offered = open ? completions(text, caret, candidates(doc, node.key)) : [];
  const commit = () => {
    if ((text.trim() || null) !== node.formula) onCommit(text.trim() || null);
  };
  return (
    <>
      <AutoComplete
        id={idOf('formula')}
        style={{ width: '100%' }}
        value={text}
        open={offered.length > 0}
        options={offered.map(({ key, name, formula }) => ({
          value: formula,
          key,
          label: <span data-test="kpi-formula-option" data-key={key}>{name} <Typography.Text type="secondary" code>{key}</Typography.Text></span>,
        }))}
        onSelect={(formula: string) => {
          setText(formula);
          setOpen(false);
        }}
        onBlur={() => {
          setOpen(false);
          commit();
        }}
      >
        <Input.TextArea
          data-test="kpi-formula"
          autoSize={{ minRows: 1, maxRows: 5 }}
          spellCheck={false}
          placeholder={t('Such as {formula}', { formula: 'orders * price' })}
          status={wrong ? 'error' : undefined}
          style={{ fontFamily: 'monospace' }}
          ref={ref => {
            area.current = ref?.resizableTextArea?.textArea ?? null;
          }}
          onChange={event => {
            setText(event.target.value);
            setCaret(event.target.selectionStart);
            setOpen(true);
          }}
          onClick={() => setCaret(area.current?.selectionStart ?? text.length)}
          onKeyDown={event => {
            if (event.key === 'Escape') setOpen(false);
            if (event.key === 'Enter' && offered.length === 0) {
              event.preventDefault();
              commit();
            }
          }}
        />
      </AutoComplete>
      {kept !== null && (
        <Typography.Text type="secondary" data-test="kpi-formula-kept" style={{ display: 'block', marginTop: 4 }}>
          {t('It was {formula}.', { formula: kept })}{' '}
          <Button size="small" type="link" style={{ padding: 0 }} onClick={mend} data-test="kpi-formula-mend">{t('Mend it')}</Button>
        </Typography.Text>
      )}
      {node.formula && !wrong && (
        <>
          <Typography.Text data-test="kpi-formula-sentence" style={{ display: 'block', marginTop: 4 }}>
            {formulaInWords(node.name, node.formula, key => nameOf(doc, key))}
          </Typography.Text>
          {node.source !== 'formula' && <ClosingError doc={doc} node={node} preview={preview} />}
        </>
      )}
    </>
  );
}

/** Children first, then what else stands in the tree and is not above: naming it makes it a child. */
function candidates(doc: TreeDoc, key: string): { key: string; name: string }[] {
  const children = new Set(childrenOf(doc, key).map(({ child }) => child));
  const others = doc.nodes.filter(node => node.key !== key && !children.has(node.key) && !branchOf(doc, node.key).has(key));
  return [...doc.nodes.filter(node => children.has(node.key)), ...others].map(({ key: one, name }) => ({ key: one, name }));
}

/** How far the formula is from what was measured in the last closed period. */
function ClosingError({ doc, node, preview }: Pick<Props, 'doc' | 'node' | 'preview'>) {
  const since = preview?.evaluation?.window.since ?? null;
  const question = since === null ? null : JSON.stringify([since, node.key, node.formula, node.metric, childrenOf(doc, node.key).length]);
  const asked = useAsked(question, signal => previewAsOf(doc, dayBefore(since!), signal), 400);
  const result = asked.answer?.evaluation?.nodes[node.key];
  if (asked.state !== 'told' || !result || result.actual === null) return null;
  const amount = (value: number | null) => formatAmount(value, node, (format, number) => getNumberFormatter(format)(number));
  const told = result.unexplained === null
    ? t('{period}: the formula gives no number yet.', { period: asked.answer!.evaluation!.window.name ?? '' })
    : t('{period}: measured {actual}, of which the formula leaves {unexplained} unexplained.', {
        period: asked.answer!.evaluation!.window.name ?? '', actual: amount(result.actual), unexplained: amount(result.unexplained),
      });
  return <Typography.Text type="secondary" data-test="kpi-formula-closing" data-value={result.unexplained ?? ''}>{told}</Typography.Text>;
}
