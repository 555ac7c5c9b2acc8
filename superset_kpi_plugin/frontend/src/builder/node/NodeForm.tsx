/** Everything about one node, in four parts. */
import { Form, Tabs } from 'antd';
import React, { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n';
import type { Preview, TreeDoc } from '../draft/document';
import { nodeOf } from '../draft/structure';
import { GoalSection } from './GoalSection';
import { IdentitySection } from './IdentitySection';
import { LinksSection } from './LinksSection';
import type { Change, Opening, SectionProps } from './section';
import { SourceSection } from './SourceSection';

interface Props {
  doc: TreeDoc;
  nodeKey: string;
  preview: Preview | null;
  onChange(change: Change, label: string): void;
  /** A field to go to, as errors and findings name it. */
  focusField?: string;
  /** The field whose dialog opens at once. */
  opening?: Opening;
}

type Part = 'identity' | 'source' | 'links' | 'goal';

const PART_OF: Record<string, Part> = {
  source: 'source', metric: 'source', manual_values: 'source', stock_reading: 'source', shift: 'source',
  formula: 'links', links: 'links', weight: 'links', lag: 'links', expected_sign: 'links',
  targets: 'goal', target_metric: 'goal', attainment_method: 'goal', rollup_method: 'goal', pace_profile: 'goal', thresholds: 'goal',
};

export const partOf = (field: string): Part => PART_OF[field.split('.')[0]!] ?? 'identity';

export function NodeForm({ doc, nodeKey, preview, onChange, focusField, opening }: Props) {
  const form = useRef<HTMLDivElement>(null);
  const node = nodeOf(doc, nodeKey);
  const [part, setPart] = useState<Part>(node?.source === 'formula' ? 'links' : 'source');
  useEffect(() => {
    if (focusField === undefined) return undefined;
    setPart(partOf(focusField));
    // A dialog takes the keyboard by itself.
    const frame = requestAnimationFrame(() => opening || focusOn(form.current, focusField));
    return () => cancelAnimationFrame(frame);
  }, [focusField, nodeKey]);
  if (!node) return null;
  const at = `nodes.${nodeKey}.`;
  const errors = Object.entries(preview?.errors ?? {});
  // A field is wrong with all that is wrong inside of it: metric.filters.0.comparator is the filters' matter.
  const errorsOf = (field: string) =>
    errors.filter(([path]) => path === at + field || (path.startsWith(`${at}${field}.`) && field !== 'metric')).flatMap(([, texts]) => texts);
  const wrongIn = (one: Part) => errors.some(([path]) => path.startsWith(at) && partOf(path.slice(at.length)) === one);
  const section: SectionProps = { doc, node, preview, errorsOf, onChange, opening };
  const parts: { key: Part; label: string; children: React.ReactNode }[] = [
    { key: 'source', label: t('Number'), children: <SourceSection {...section} /> },
    { key: 'links', label: t('Formula'), children: <LinksSection {...section} /> },
    { key: 'goal', label: t('Targets'), children: <GoalSection {...section} /> },
    { key: 'identity', label: t('Details'), children: <IdentitySection {...section} /> },
  ];
  return (
    <div ref={form} data-test="kpi-node-form" data-key={nodeKey}>
      <Form layout="vertical" component="div">
        <Tabs
          key={node.uuid}
          activeKey={part}
          onChange={key => setPart(key as Part)}
          items={parts.map(({ key, label, children }) => ({
            key,
            children,
            label: <span data-test={`kpi-form-${key}`}>{label}{wrongIn(key) ? <span aria-label={t('something is wrong here')}> ⚠</span> : null}</span>,
          }))}
        />
      </Form>
    </div>
  );
}

function focusOn(form: HTMLElement | null, field: string): void {
  const place = form?.querySelector(`[data-field="${field}"]`) ?? form?.querySelector(`[data-field="${field.split('.')[0]}"]`);
  place?.scrollIntoView?.({ block: 'center' });
  place?.querySelector<HTMLElement>('input, textarea, button, [tabindex]')?.focus();
}
