import React from 'react';
import { t } from '../i18n';
import type { Item } from '../tree/outline';
import { ToolIcon } from './Icons';
import { Press } from './Press';

interface Props {
  /** The node whose branch alone is shown, as it stands in the whole tree. */
  at: Item;
  onBranch: (key: string | null) => void;
}

/** Where a branch that is shown alone belongs, and the way back. */
export function Breadcrumbs({ at, onBranch }: Props) {
  const path: Item[] = [];
  for (let item: Item | null = at; item; item = item.parent) path.unshift(item);
  return (
    <nav className="kpi-crumbs" aria-label={t('Branch')} data-test="kpi-breadcrumbs">
      {path.map((item, index) =>
        item === at ? (
          <span key={item.id} aria-current="page" dir="auto">{item.node.name}</span>
        ) : (
          <React.Fragment key={item.id}>
            <Press dir="auto" data-test="kpi-crumb" data-value={item.node.key} onClick={() => onBranch(index === 0 ? null : item.node.key)}>
              {item.node.name}
            </Press>
            <span aria-hidden="true">›</span>
          </React.Fragment>
        ),
      )}
      <button type="button" className="kpi-crumbs-close" aria-label={t('Show the whole tree again')} title={t('Show the whole tree again')} data-test="kpi-branch-leave" onClick={() => onBranch(null)}>
        <ToolIcon tool="close" />
      </button>
    </nav>
  );
}
