import React, { useState } from 'react';
import type { NodeResult, TreeNode } from '../api/types';
import { t } from '../i18n';
import { search } from '../tree/search';
import { toneOf } from '../tree/status';
import { statusWord } from '../tree/words';
import { StatusIcon } from './Icons';
import { Popover } from './Popover';

interface Props {
  nodes: TreeNode[];
  results: Record<string, NodeResult>;
  onGo: (key: string) => void;
}

/** Finds a node by some letters of its name, and goes there. */
export function Search(props: Props) {
  return (
    <Popover tool="search" label={t('Find a node')} hook="kpi-search">
      {close => (
        <Finder
          {...props}
          onGo={key => {
            close();
            props.onGo(key);
          }}
        />
      )}
    </Popover>
  );
}

function Finder({ nodes, results, onGo }: Props) {
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const found = search(nodes, asked);
  const chosen = found[Math.min(at, found.length - 1)];
  return (
    <>
      <input
        className="kpi-input"
        type="text"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="kpi-found"
        aria-activedescendant={chosen ? `kpi-found-${chosen.node.key}` : undefined}
        aria-label={t('Find a node')}
        placeholder={t('Find a node')}
        value={asked}
        data-test="kpi-search-input"
        onChange={event => {
          setAsked(event.target.value);
          setAt(0);
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && chosen) onGo(chosen.node.key);
          else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
          else return;
          event.preventDefault();
        }}
      />
      <ul className="kpi-list" role="listbox" id="kpi-found" aria-label={t('Find a node')}>
        {found.map(({ node }) => {
          const status = results[node.key]?.status ?? 'no_data';
          return (
            <li
              key={node.key}
              id={`kpi-found-${node.key}`}
              role="option"
              aria-selected={node.key === chosen?.node.key}
              className={`kpi-tone-${toneOf(status)}`}
              data-test="kpi-found"
              data-key={node.key}
              onMouseDown={event => event.preventDefault()}
              onClick={() => onGo(node.key)}
            >
              <StatusIcon status={status} />
              <span className="kpi-list-name" dir="auto">{node.name}</span>
              <span className="kpi-label">{statusWord(status)}</span>
            </li>
          );
        })}
      </ul>
      {asked.trim() && found.length === 0 && <p className="kpi-pop-note" role="status">{t('No node has such a name')}</p>}
    </>
  );
}
