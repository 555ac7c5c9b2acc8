import React, { memo } from 'react';
import { t } from '../../i18n';
import { toneOf } from '../../tree/status';
import { statusWord } from '../../tree/words';
import { StatusIcon, ToolIcon } from '../../view/Icons';
import type { EditItemProps } from './EditCard';

type Props = EditItemProps & { onJump: (key: string) => void };

/** A node under one of its further parents: a chip that can be moved or taken away, and that leads to the card. */
export const EditReference = memo(function EditReference({ item, box, facts, active, selected, held, onJump, onActivate, ...rest }: Props) {
  const status = facts.result?.status ?? 'no_data';
  return (
    <div
      role="treeitem"
      aria-level={item.level}
      aria-setsize={rest.siblings}
      aria-posinset={rest.position}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      className={`kpi-reference kpi-tone-${toneOf(status)} ${selected ? 'kpi-selected' : ''} ${held ? 'kpi-held' : ''}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-test="kpi-reference"
      data-key={item.node.key}
      data-id={item.id}
      onFocus={() => onActivate(item.id)}
    >
      <StatusIcon status={status} />
      <span aria-hidden="true" className="kpi-reference-name" dir="auto">{item.node.name}</span>
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        title={t('Go to where it stands')}
        data-test="kpi-reference-go"
        onClick={event => {
          event.stopPropagation();
          onJump(item.node.key);
        }}
      >
        <ToolIcon tool="jump" />
      </button>
      <span className="kpi-sr">{`${t('{name} stands under another parent as well', { name: item.node.name })}. ${statusWord(status)}`}</span>
    </div>
  );
});
