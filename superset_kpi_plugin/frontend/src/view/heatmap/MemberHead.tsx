import React from 'react';
import type { Member } from '../../api/types';
import { t } from '../../i18n';
import { isSelected, maskFor, type CrossFilter } from '../../tree/crossFilter';
import { ToolIcon } from '../Icons';
import { Press } from '../Press';

interface Props {
  member: Member;
  column: string;
  index: number;
  crossFilter: CrossFilter | null;
}

export const nameOf = (member: Member): string => (member === null ? t('None') : String(member));

/** A member's name, which filters the dashboard where there is one that takes it. */
export function MemberHead({ member, column, index, crossFilter }: Props) {
  const name = nameOf(member);
  const of = { 'data-member': name, 'data-none': member === null ? '' : undefined };
  if (!crossFilter) {
    return (
      <span role="columnheader" aria-colindex={index + 3} className="kpi-heat-cell" dir="auto" title={name} {...of}>
        {name}
      </span>
    );
  }
  const chosen = isSelected(crossFilter.selected, { column, member });
  const hint = t(chosen ? 'Stop filtering the dashboard by {member}' : 'Filter the dashboard by {member}', { member: name });
  return (
    <span role="columnheader" aria-colindex={index + 3} className="kpi-heat-head-cell">
      <Press
        className="kpi-heat-cell"
        dir="auto"
        aria-pressed={chosen}
        aria-label={hint}
        title={hint}
        data-test="kpi-member-filter"
        {...of}
        onClick={() => crossFilter.emit(maskFor(crossFilter.selected, { column, member }, name))}
      >
        {chosen && <ToolIcon tool="filter" />}
        <span>{name}</span>
      </Press>
    </span>
  );
}
