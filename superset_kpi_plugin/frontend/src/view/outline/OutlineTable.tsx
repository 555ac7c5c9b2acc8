import React, { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n';
import { columnsFor, nextSort, rowsOf, type Sort } from '../../tree/columns';
import type { PictureProps } from '../picture';
import { usePlainTree } from '../usePlainTree';
import { useSize } from '../useSize';
import { Row } from './Row';
import { Press } from '../Press';
import { tall } from '../tall';

/** Narrower than this, a row takes two lines: the name above its numbers. */
const TWO_LINES = 480;
const HEAD = 32;
const HEIGHT = { one: 38, two: 62 };
/** Rows drawn beyond the edges of what is seen. */
const SPARE = 8;

/** The tree as an indented table with columns to sort by. Draws only the rows in sight. */
export function OutlineTable(props: PictureProps) {
  const { evaluation, outline, factsOf, matched, folded, selected, onSelect, onBranch, guess } = props;
  const { root } = outline;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box, guess);
  const [sort, setSort] = useState<Sort | null>(null);
  const [top, setTop] = useState(0);
  const rows = useMemo(() => rowsOf(root, folded, sort, factsOf), [root, folded, sort, factsOf]);
  const stacked = size.width < TWO_LINES;
  const height = stacked ? HEIGHT.two : HEIGHT.one;
  const places = useRef({ rows, height, size });
  places.current = { rows, height, size };
  const wanted = useRef<string | null>(null);
  const scrollTo = useCallback((id: string) => void (wanted.current = id), []);
  const { active, setActive, actions, onKeyDown } = usePlainTree(props, box, scrollTo);

  // What is told about is in sight beside what tells it, which may just have taken half of the room.
  useEffect(() => {
    if (selected !== null) wanted.current = selected;
  }, [selected, size.height]);

  // A row must be scrolled to before it is drawn, and drawn before it takes the focus.
  useEffect(() => {
    if (wanted.current === null || !box.current) return;
    const at = rows.findIndex(({ id }) => id === wanted.current) * height;
    if (at < 0) return;
    wanted.current = null;
    const room = size.height - HEAD - height;
    const next = at < top ? at : at > top + room ? at - room : top;
    box.current.scrollTop = next;
    setTop(next);
  });

  const columns = columnsFor(size.width);
  const template = columns.map(({ width }) => width).join(' ');
  const first = Math.max(Math.floor(top / height) - SPARE, 0);
  const last = Math.ceil((top + size.height) / height) + SPARE;
  return (
    <div
      ref={box}
      className={`kpi-outline ${stacked ? 'kpi-stacked' : ''}`}
      role="treegrid"
      aria-label={evaluation.tree.name}
      aria-rowcount={rows.length + 1}
      data-test="kpi-outline"
      onScroll={event => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div className="kpi-thead" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map(({ id, label, numeric, by }) => {
          const sorted = sort?.column === id;
          return (
            <span
              key={id}
              role="columnheader"
              className={numeric ? 'kpi-numeric' : ''}
              aria-sort={sorted ? (sort!.descending ? 'descending' : 'ascending') : undefined}
            >
              {by ? (
                <Press data-test="kpi-sort" data-value={id} onClick={() => setSort(nextSort(sort, id))}>
                  {t(label)}
                  <span aria-hidden="true">{sorted ? (sort!.descending ? ' ▼' : ' ▲') : ''}</span>
                </Press>
              ) : (
                t(label)
              )}
            </span>
          );
        })}
      </div>
      <div className="kpi-tbody" role="rowgroup" style={tall(rows.length * height)}>
        {rows.map((item, index) =>
          (index >= first && index <= last) || item.id === active ? (
            <Row
              key={item.id}
              item={item}
              index={index}
              height={height}
              columns={columns}
              stacked={stacked}
              template={template}
              facts={factsOf(item.node.key)}
              folded={folded.has(item.id)}
              active={item.id === active}
              selected={item.node.key === selected}
              dimmed={matched !== null && !matched.has(item.node.key)}
              onToggle={actions.toggle}
              onSelect={onSelect}
              onBranch={onBranch}
              onActivate={setActive}
              onJump={actions.jump}
            />
          ) : null,
        )}
      </div>
    </div>
  );
}
