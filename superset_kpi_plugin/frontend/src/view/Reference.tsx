import React, { memo } from 'react';
import { t } from '../i18n';
import { toneOf } from '../tree/status';
import { statusWord } from '../tree/words';
import type { ItemProps } from './Card';
import { StatusIcon, ToolIcon } from './Icons';
import { tall } from './tall';

type Props = Omit<ItemProps, 'folded' | 'density' | 'growth' | 'onToggle' | 'onSelect' | 'onBranch'> & { onJump: (key: string) => void };

/** A node that stands elsewhere in the tree: a small chip that leads there. */
export const Reference = memo(function Reference({ item, box, facts, active, selected, dimmed, onJump, onActivate, ...rest }: Props) {
  const status = facts.result?.status ?? 'no_data';
  const hint = t('{name} stands under another parent as well. Go there', { name: item.node.name });
  return (
    <div
      role="treeitem"
      aria-level={item.level}
      aria-setsize={rest.siblings}
      aria-posinset={rest.position}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      className={`kpi-reference kpi-tone-${toneOf(status)} ${dimmed ? 'kpi-dimmed' : ''}`}
      style={{ left: box.x, top: box.y, width: box.width, ...tall(box.height) }}
      title={hint}
      data-test="kpi-reference"
      data-key={item.node.key}
      data-id={item.id}
      onFocus={() => onActivate(item.id)}
      onClick={() => onJump(item.node.key)}
    >
      <span className="kpi-sr">{`${hint}. ${statusWord(status)}`}</span>
      <StatusIcon status={status} />
      <span aria-hidden="true" className="kpi-reference-name" dir="auto">{item.node.name}</span>
      <ToolIcon tool="jump" />
    </div>
  );
});
