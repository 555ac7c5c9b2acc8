import React, { useMemo, type ReactNode } from 'react';
import type { Evaluation } from '../api/types';
import { t } from '../i18n';
import { facetsOf, isFiltering, NO_FILTER, type Facet, type NodeFilter } from '../tree/filter';
import { toneOf } from '../tree/status';
import { statusWord } from '../tree/words';
import { StatusIcon } from './Icons';
import { Popover } from './Popover';

interface Props {
  evaluation: Evaluation;
  filter: NodeFilter;
  onFilter: (filter: NodeFilter) => void;
}

/** Shows some nodes only: by status, owner and department. */
export function Filters({ evaluation: { tree, nodes }, filter, onFilter }: Props) {
  const facets = useMemo(() => facetsOf(tree.nodes, nodes), [tree, nodes]);
  const count = filter.statuses.length + filter.owners.length + filter.departments.length;
  return (
    <Popover tool="filter" label={t('Show some nodes only')} hook="kpi-filter" text={count ? String(count) : undefined} pressed={count > 0}>
      {() => (
        <div className="kpi-filters">
          <Choices title={t('Status')} facets={facets.statuses} chosen={filter.statuses} onChoose={statuses => onFilter({ ...filter, statuses })}>
            {status => (
              <span className={`kpi-filter-status kpi-tone-${toneOf(status)}`}>
                <StatusIcon status={status} /> {statusWord(status)}
              </span>
            )}
          </Choices>
          <Choices title={t('Owner')} facets={facets.owners} chosen={filter.owners} onChoose={owners => onFilter({ ...filter, owners })} />
          <Choices title={t('Department')} facets={facets.departments} chosen={filter.departments} onChoose={departments => onFilter({ ...filter, departments })} />
          {isFiltering(filter) && (
            <button type="button" className="kpi-button" data-test="kpi-filter-clear" onClick={() => onFilter(NO_FILTER)}>
              {t('Show all')}
            </button>
          )}
        </div>
      )}
    </Popover>
  );
}

interface ChoicesProps<T extends string> {
  title: string;
  facets: Facet<T>[];
  chosen: readonly T[];
  onChoose: (chosen: T[]) => void;
  children?: (value: T) => ReactNode;
}

function Choices<T extends string>({ title, facets, chosen, onChoose, children }: ChoicesProps<T>) {
  if (facets.length === 0) return null;
  return (
    <fieldset>
      <legend>{title}</legend>
      {facets.map(({ value, count }) => (
        <label key={value} dir="auto">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            data-test="kpi-filter-choice"
            data-value={value}
            onChange={({ target }) => onChoose(target.checked ? [...chosen, value] : chosen.filter(one => one !== value))}
          />
          {children ? children(value) : <span>{value}</span>}
          <span className="kpi-label">{count}</span>
        </label>
      ))}
    </fieldset>
  );
}
