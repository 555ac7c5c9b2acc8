import React, { useEffect, useState } from 'react';
import { listDimensions } from '../api/client';
import type { Dimension } from '../api/types';
import { ControlLabel, FIELD, useColors } from './field';

export interface ColumnControlProps {
  name: string;
  label?: string;
  value?: string | null;
  placeholder?: string;
  /** The chosen tree, whose datasets' columns are offered. */
  tree?: string | null;
  onChange: (column: string) => void;
}

/** A column of the tree's datasets: offered, and free to be typed in where they cannot be had. */
export function ColumnControl(props: ColumnControlProps) {
  const { name, label = name, value, placeholder, tree, onChange } = props;
  const [text, setText] = useState(value ?? '');
  const [columns, setColumns] = useState<Dimension[]>([]);
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    setColumns([]);
    if (!tree) return undefined;
    const controller = new AbortController();
    listDimensions(tree, controller.signal).then(
      told => !controller.signal.aborted && setColumns(told),
      () => undefined,
    );
    return () => controller.abort();
  }, [tree]);
  const choose = (column: string) => column !== (value ?? '') && onChange(column);
  const colors = useColors(text);
  const list = `kpi-columns-${name}`;
  return (
    <div style={colors}>
      <ControlLabel {...props} />
      <input
        style={FIELD}
        list={list}
        value={text}
        placeholder={placeholder}
        aria-label={label}
        data-test="kpi-column-control"
        onChange={({ target }) => {
          setText(target.value);
          // What was picked from the list is chosen at once, what is typed when it is whole.
          if (columns.some(({ column }) => column === target.value)) choose(target.value);
        }}
        onBlur={() => choose(text.trim())}
        onKeyDown={event => event.key === 'Enter' && choose(text.trim())}
      />
      <datalist id={list}>
        {columns.map(({ column, label }) => <option key={column} value={column} label={label ?? undefined} />)}
      </datalist>
    </div>
  );
}

interface ExploreState {
  controls?: { kpi_tree?: { value?: unknown } };
  form_data?: { kpi_tree?: unknown };
}

/** The tree that is chosen in Explore right now. */
export function chosenTree({ controls: all, form_data: formData }: ExploreState): { tree: unknown } {
  return { tree: all?.kpi_tree?.value ?? formData?.kpi_tree ?? null };
}
