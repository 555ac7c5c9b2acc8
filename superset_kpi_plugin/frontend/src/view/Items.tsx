import React from 'react';
import type { Density } from '../tree/density';
import type { FactsOf } from '../tree/facts';
import type { Folded } from '../tree/fold';
import type { Growth, Placed } from '../tree/layout';
import { Card } from './Card';
import { Reference } from './Reference';
import type { TreeActions } from './useTreeActions';

interface Props {
  placed: Placed[];
  factsOf: FactsOf;
  matched: Set<string> | null;
  density: Density;
  growth: Growth;
  folded: Folded;
  /** The item that takes the tab key. */
  active: string;
  selected: string | null;
  actions: TreeActions;
  onSelect: (key: string) => void;
  onBranch: (key: string) => void;
  onActivate: (id: string) => void;
}

/** The cards, and the chips that refer to them. */
export function Items({ placed, factsOf, matched, density, growth, folded, active, selected, actions, onSelect, onBranch, onActivate }: Props) {
  return (
    <>
      {placed.map(({ item, box }) => {
        const siblings = item.parent?.children ?? [item];
        const shared = {
          item,
          box,
          facts: factsOf(item.node.key),
          dimmed: matched !== null && !matched.has(item.node.key),
          active: item.id === active,
          selected: item.node.key === selected,
          siblings: siblings.length,
          position: siblings.indexOf(item) + 1,
          onActivate,
        };
        return item.kind === 'reference' ? (
          <Reference key={item.id} {...shared} onJump={actions.jump} />
        ) : (
          <Card key={item.id} {...shared} folded={folded.has(item.id)} density={density} growth={growth} onToggle={actions.toggle} onSelect={onSelect} onBranch={onBranch} />
        );
      })}
    </>
  );
}
