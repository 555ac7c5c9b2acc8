import React, { useEffect, useMemo, useRef, useState } from 'react';
import type { EvaluateRequest } from '../../api/types';
import { t } from '../../i18n';
import { visible } from '../../tree/fold';
import { recall } from '../memory';
import type { PictureProps } from '../picture';
import { ToolIcon } from '../Icons';
import { useScroll } from '../useScroll';
import { useSize } from '../useSize';
import { usePlainTree } from '../usePlainTree';
import { MemberCell } from './MemberCell';
import { useMembers } from './useMembers';

type Props = PictureProps & { by: string; request: EvaluateRequest; chartId: number };

const ROW = 34;
const COLUMN = 92;

/** Nodes by the members of a column: the same goal for every region, team or product, side by side. */
export function Heatmap(props: Props) {
  const { evaluation, outline, factsOf, folded, selected, matched, onSelect, onBranch, request, chartId, guess } = props;
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
  const within = (at: number, size: number, start: number, length: number) => at + size > start && at < start + length;
  const choose = (next: string) => {
    memory.by = next;
    setColumn(next);
  };

  return (
    <div className="kpi-heatmap" aria-busy={loading}>
      <ColumnForm key={column} column={column} loading={loading} onChoose={choose} />
      {error && <p className="kpi-heat-note" role="alert" data-test="kpi-heat-error">{error.message || t('The server did not answer.')}</p>}
      {!column && <p className="kpi-heat-note" role="status">{t('Name a column of your datasets, such as region: every node is then shown for each of its members.')}</p>}
      <div ref={box} className="kpi-heat-scroll" onScroll={onScroll} onKeyDown={onKeyDown}>
        <div
          role="treegrid"
          aria-label={tree.name}
          aria-rowcount={rows.length + 1}
          aria-colcount={members.length + 2}
          className="kpi-heat"
          data-test="kpi-heatmap"
          style={{ width: `calc(var(--kpi-heat-name) + ${(members.length + 1) * COLUMN}px)`, height: (rows.length + 1) * ROW }}
        >
          <div role="row" aria-rowindex={1} className="kpi-heat-row kpi-heat-head" style={{ height: ROW }}>
            <span role="columnheader" className="kpi-heat-name">{t('Name')}</span>
            <span role="columnheader" className="kpi-heat-cell">{t('All')}</span>
            {members.map((member, index) => (
              <span key={index} role="columnheader" aria-colindex={index + 3} className="kpi-heat-cell" dir="auto" title={nameOf(member)}>
                {nameOf(member)}
              </span>
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
                style={{ height: ROW, top: (index + 1) * ROW }}
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
                </span>
                <MemberCell node={node} hook="kpi-whole" told={facts.result && { ...facts.result, reason: facts.result.reasons.attainment ?? facts.result.reasons.actual ?? null }} />
                {members.map((member, place) =>
                  within(place * COLUMN, COLUMN, seen.x, seen.width) ? (
                    <MemberCell
                      key={place}
                      node={node}
                      hook="kpi-member"
                      member={nameOf(member)}
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

const nameOf = (member: string | number | boolean | null): string => (member === null ? t('None') : String(member));

function ColumnForm({ column, loading, onChoose }: { column: string; loading: boolean; onChoose: (column: string) => void }) {
  const [text, setText] = useState(column);
  return (
    <form
      className="kpi-heat-form"
      onSubmit={event => {
        event.preventDefault();
        onChoose(text.trim());
      }}
    >
      <label>
        {t('Members of')}{' '}
        <input className="kpi-input" value={text} placeholder={t('A column')} data-test="kpi-by" onChange={event => setText(event.target.value)} />
      </label>
      <button type="submit" className="kpi-button" disabled={text.trim() === column}>{t('Show')}</button>
      {loading && <span className="kpi-label" role="status">{t('Loading the members')}</span>}
    </form>
  );
}
