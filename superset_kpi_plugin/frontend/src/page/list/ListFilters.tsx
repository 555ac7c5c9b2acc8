import { AppstoreOutlined, SearchOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import React, { useEffect, useState, type ReactNode } from 'react';
import { t } from '../../i18n';
import { STATUSES } from '../../tree/status';
import { statusWord } from '../../tree/words';
import { listOwners, type Option } from '../api';
import { ORDER_WORDS } from '../words';
import { EVERYTHING, firstDirection, isNarrowed, ORDERS, type ListState, type Order } from './listState';

export type ViewKind = 'cards' | 'table';

interface Props {
  state: ListState;
  /** Narrows the list; it then begins with its first page. */
  onState: (change: Partial<ListState>) => void;
  view: ViewKind;
  onView: (view: ViewKind) => void;
  /** The departments that trees name, to choose from. */
  departments: string[];
}

/** After the last key, so long is waited before the server is asked. */
const PAUSE = 250;
/** Pixels in which the list of every status stands without scrolling, which a keyboard could not do. */
const ALL_STATUSES = 400;

export function ListFilters({ state, onState, view, onView, departments }: Props) {
  return (
    <div className="kpi-list-filters" role="search">
      <Segmented<ViewKind>
        value={view}
        onChange={onView}
        data-test="kpi-list-view"
        options={[
          { value: 'cards', icon: <AppstoreOutlined />, title: t('Cards') },
          { value: 'table', icon: <UnorderedListOutlined />, title: t('Table') },
        ]}
      />
      <Labeled text={t('Search')}><SearchField value={state.search} onSearch={search => onState({ search })} /></Labeled>
      <Labeled text={t('Owners')}><OwnerField value={state.owner} onChange={owner => onState({ owner })} /></Labeled>
      <Labeled text={t('Department')}>
        <DepartmentField known={departments} value={state.department} onChange={department => onState({ department })} />
      </Labeled>
      <Labeled text={t('Status')}>
        <Select
          allowClear
          aria-label={t('Status')}
          data-test="kpi-filter-status"
          placeholder={t('All')}
          value={state.status ?? undefined}
          onChange={value => onState({ status: value ?? null })}
          listHeight={ALL_STATUSES}
          options={STATUSES.map(value => ({ value, label: statusWord(value) }))}
        />
      </Labeled>
      <Labeled text={t('State')}>
        <Select
          allowClear
          aria-label={t('State')}
          data-test="kpi-filter-published"
          placeholder={t('All')}
          value={state.published ?? undefined}
          onChange={value => onState({ published: value ?? null })}
          options={[
            { value: 'yes', label: t('Published') },
            { value: 'no', label: t('Draft') },
          ]}
        />
      </Labeled>
      <Labeled text={t('Favorites')}>
        <Select
          allowClear
          aria-label={t('Favorites')}
          data-test="kpi-filter-favorite"
          placeholder={t('All')}
          value={state.favorite ? 'yes' : undefined}
          onChange={value => onState({ favorite: value === 'yes' })}
          options={[{ value: 'yes', label: t('My favorites') }]}
        />
      </Labeled>
      {view === 'cards' && (
        <Labeled text={t('Sort')}>
          <Select<Order>
            aria-label={t('Sort')}
            data-test="kpi-list-order"
            value={state.order}
            onChange={order => onState({ order, descending: firstDirection(order) === 'desc' })}
            options={ORDERS.map(value => ({ value, label: t(ORDER_WORDS[value]) }))}
          />
        </Labeled>
      )}
      {isNarrowed(state) && (
        <Button type="link" data-test="kpi-filters-clear" onClick={() => onState({ ...EVERYTHING, order: state.order, descending: state.descending })}>
          {t('Clear all')}
        </Button>
      )}
    </div>
  );
}

function Labeled({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="kpi-labeled">
      <span aria-hidden="true">{text}</span>
      {children}
    </div>
  );
}

function SearchField({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const pause = window.setTimeout(() => onSearch(text.trim()), PAUSE);
    return () => window.clearTimeout(pause);
  }, [text, value, onSearch]);
  return (
    <Input
      allowClear
      aria-label={t('Search')}
      data-test="kpi-list-search"
      placeholder={t('Name or description')}
      suffix={<SearchOutlined />}
      value={text}
      onChange={event => setText(event.target.value)}
      onPressEnter={() => onSearch(text.trim())}
    />
  );
}

/** A department that no tree in sight names is chosen by typing it. */
function DepartmentField({ known, value, onChange }: { known: string[]; value: string; onChange: (department: string) => void }) {
  const [typed, setTyped] = useState('');
  const named = typed.trim();
  const unknown = named !== '' && !known.some(name => name.toLowerCase().includes(named.toLowerCase()));
  return (
    <Select
      showSearch
      allowClear
      aria-label={t('Department')}
      data-test="kpi-filter-department"
      placeholder={t('All')}
      value={value || undefined}
      onSearch={setTyped}
      onChange={department => onChange(department ?? '')}
      options={(unknown ? [named] : known).map(name => ({ value: name, label: name }))}
    />
  );
}

function OwnerField({ value, onChange }: { value: number | null; onChange: (owner: number | null) => void }) {
  const [options, setOptions] = useState<Option[]>([]);
  const [search, setSearch] = useState('');
  useEffect(() => {
    const controller = new AbortController();
    listOwners(search, controller.signal).then(setOptions, () => undefined);
    return () => controller.abort();
  }, [search]);
  return (
    <Select<number>
      showSearch
      allowClear
      filterOption={false}
      aria-label={t('Owners')}
      data-test="kpi-filter-owner"
      placeholder={t('All')}
      value={value ?? undefined}
      onSearch={setSearch}
      onChange={owner => onChange(owner ?? null)}
      options={options.map(({ value: id, text }) => ({ value: id, label: text }))}
    />
  );
}
