import React, { useEffect, useMemo, useRef, useState } from 'react';
import type { EvaluateRequest } from '../../api/types';
import { t } from '../../i18n';
import { isSelected, NOTHING, type CrossFilter, type Selection } from '../../tree/crossFilter';
import { visible } from '../../tree/fold';
import { recall } from '../memory';
import type { PictureProps } from '../picture';
import { ToolIcon } from '../Icons';
import { NotYet } from '../States';
import { SupposedMark } from '../whatif/NotReal';
import { ColumnPicker } from './ColumnPicker';
import { MemberHead, nameOf } from './MemberHead';
import { useDimensions } from './useDimensions';
import { useScroll } from '../useScroll';
import { useSize } from '../useSize';
import { usePlainTree } from '../usePlainTree';
import { MemberCell } from './MemberCell';
import { useMembers } from './useMembers';
import { tall } from '../tall';

type Props = PictureProps & { by: string; request: EvaluateRequest; chartId: number; crossFilter?: CrossFilter | null };

const ROW = 34;
const COLUMN = 92;

/** Nodes by the members of a column: the same goal for every region, team or product, side by side. */
export function Heatmap(props: Props) {
  const { evaluation, outline, factsOf, folded, selected, matched, onSelect, onBranch, request, chartId, guess, crossFilter } = props;
  const { tree } = evaluation;
  const memory = recall(chartId, tree.uuid);
  const [column, setColumn] = useState(memory.by ?? props.by);
  useEffect(() => setColumn(memory.by ?? props.by), [memory, props.by]);
  const { by, loading, error } = useMembers(tree.uuid, request, column, evaluation);
  const box = useRef<HTMLDivElement>(null);
  const room = useSize(box, guess);
  const { seen, onScroll } = useScroll(room);
  const { active, setActive, actions, onKeyDown } = usePlainTree(props, box);
  const rows = useMemo(() => visible(outline.root, folded), [outline, folded]);
  const without = useMemo(() => new Set(by?.without_column.flatMap(({ nodes }) => nodes) ?? []), [by]);
  const members = by?.members ?? [];
  const columns = useDimensions(tree.uuid);
  const supposing = evaluation.overridden.length > 0;
  const within = (at: number, size: number, start: number, length: number) => at + size > start && at < start + length;
  const choose = (next: string) => {
    memory.by = next;
    setColumn(next);
  };

  return (
    <div className="kpi-heatmap" aria-busy={loading}>
      <div className="kpi-heat-form">
        <ColumnPicker column={column} columns={columns} read={tree.nodes.filter(({ source }) => source === 'metric').length} onChoose={choose} />
        {loading && (
          <span className="kpi-label" role="status">
            {t('Loading the members')}
            <NotYet />
          </span>
        )}
        {crossFilter?.selected && <Chosen crossFilter={crossFilter} selected={crossFilter.selected} />}
        {supposing && <span className="kpi-label" data-test="kpi-members-real">{t('The members are as they are: what is supposed is supposed of the whole.')}</span>}
      </div>
      {error && <p className="kpi-heat-note" role="alert" data-test="kpi-heat-error">{error.errors.by?.join(' ') || error.message || t('The server did not answer.')}</p>}
      {!column && <p className="kpi-heat-note" role="status">{t('Choose a column of your datasets, such as region: every node is then shown for each of its members.')}</p>}
      <div ref={box} className="kpi-heat-scroll" onScroll={onScroll} onKeyDown={onKeyDown}>
        <div
          role="treegrid"
          aria-label={tree.name}
          aria-rowcount={rows.length + 1}
          aria-colcount={members.length + 2}
          className="kpi-heat"
          data-test="kpi-heatmap"
          data-column={column}
          style={{ width: `calc(var(--kpi-heat-name) + ${(members.length + 1) * COLUMN}px)`, ...tall((rows.length + 1) * ROW) }}
        >
          <div role="row" aria-rowindex={1} className="kpi-heat-row kpi-heat-head" style={tall(ROW)}>
            <span role="columnheader" className="kpi-heat-name">{column ? t('Name, by {column}', { column }) : t('Name')}</span>
            <span role="columnheader" className="kpi-heat-cell">{t('All')}</span>
            {members.map((member, index) => (
              <MemberHead key={index} member={member} column={column} index={index} crossFilter={crossFilter ?? null} />
            ))}
          </div>
          {rows.map((item, index) => {
            const { node } = item;
            if (!within((index + 1) * ROW, ROW, seen.y, seen.height) && item.id !== active) return null;
            const facts = factsOf(node.key);
            const series = by?.nodes[node.key];
            return (
              <div
                key={item.id}
                role="row"
                aria-level={item.level}
                aria-rowindex={index + 2}
                aria-expanded={item.children.length ? !folded.has(item.id) : undefined}
                aria-selected={node.key === selected}
                tabIndex={item.id === active ? 0 : -1}
                className={`kpi-heat-row ${node.key === selected ? 'kpi-selected' : ''} ${matched !== null && !matched.has(node.key) ? 'kpi-dimmed' : ''}`}
                style={{ ...tall(ROW), top: (index + 1) * ROW }}
                data-test={item.kind === 'reference' ? 'kpi-reference' : 'kpi-node'}
                data-key={node.key}
                data-id={item.id}
                onFocus={() => setActive(item.id)}
                onClick={() => (item.kind === 'reference' ? actions.jump(node.key) : onSelect(node.key))}
                onDoubleClick={() => item.children.length > 0 && onBranch(node.key)}
              >
                <span role="rowheader" className="kpi-heat-name" dir="auto" title={node.name} style={{ paddingLeft: 10 + Math.min(item.level - 1, 8) * 12 }}>
                  {item.children.length > 0 && (
                    <button
                      type="button"
                      tabIndex={-1}
                      className={`kpi-twist ${folded.has(item.id) ? '' : 'kpi-open'}`}
                      data-test="kpi-fold"
                      aria-label={t(folded.has(item.id) ? 'Unfold the drivers of {name}' : 'Fold the drivers of {name}', { name: node.name })}
                      onClick={event => {
                        event.stopPropagation();
                        actions.toggle(item.id);
                      }}
                    >
                      <ToolIcon tool="twist" />
                    </button>
                  )}
                  <span className="kpi-heat-words">{node.name}</span>
                  {facts.supposed && <SupposedMark />}
                </span>
                <MemberCell node={node} hook="kpi-whole" told={facts.result && { ...facts.result, reason: facts.result.reasons.attainment ?? facts.result.reasons.actual ?? null }} />
                {members.map((member, place) =>
                  within(place * COLUMN, COLUMN, seen.x, seen.width) ? (
                    <MemberCell
                      key={place}
                      node={node}
                      hook="kpi-member"
                      member={nameOf(member)}
                      none={member === null}
                      chosen={crossFilter ? isSelected(crossFilter.selected, { column, member }) : false}
                      left={place + 1}
                      undivided={without.has(node.key)}
                      told={series && {
                        actual: series.actual[place] ?? null,
                        target: series.target[place] ?? null,
                        attainment: series.attainment[place] ?? null,
                        status: series.status[place] ?? 'no_data',
                        reason: series.reason[place] ?? null,
                      }}
                    />
                  ) : null,
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** What the dashboard is filtered by, with the way to let it go, whatever column is looked at. */
function Chosen({ crossFilter, selected }: { crossFilter: CrossFilter; selected: Selection }) {
  const words = t('Filters the dashboard: {column} is {member}', { column: selected.column, member: nameOf(selected.member) });
  return (
    <span className="kpi-label" role="status" data-test="kpi-cross-filter" data-value={nameOf(selected.member)}>
      <b>{words}</b>{' '}
      <button type="button" className="kpi-panel-link" data-test="kpi-cross-filter-clear" onClick={() => crossFilter.emit(NOTHING)}>{t('Remove')}</button>
    </span>
  );
}
