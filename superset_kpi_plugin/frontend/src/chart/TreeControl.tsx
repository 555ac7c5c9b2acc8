import React, { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../i18n';
import { ControlLabel, FIELD, useColors } from './field';
import { labelOf, type NamedTree } from './trees';
import { useTree, useTrees, type FoundTrees } from './useTrees';

export interface TreeControlProps {
  name: string;
  label?: string;
  value?: string | null;
  placeholder?: string;
  onChange: (tree: string) => void;
}

const HEIGHT = 256;
/** So far from the end of the list the next page is asked for. */
const NEAR_END = 96;

const ARROWED: CSSProperties = { paddingRight: 30, textOverflow: 'ellipsis' };
const FOCUSED: CSSProperties = { outlineStyle: 'none', border: '1px solid var(--kpi-primary)', boxShadow: '0 0 0 2px color-mix(in srgb, var(--kpi-primary) 20%, transparent)' };
const ARROW: CSSProperties = { position: 'absolute', right: 11, top: 10, width: 12, height: 12, pointerEvents: 'none', color: 'var(--kpi-text-2)' };
const LIST: CSSProperties = {
  position: 'fixed', zIndex: 1050, display: 'flex', flexDirection: 'column', padding: 4, boxSizing: 'border-box', fontFamily: 'var(--kpi-font)', fontSize: 14,
  color: 'var(--kpi-text)', background: 'var(--kpi-bg)', borderRadius: 'var(--kpi-radius)',
  boxShadow: '0 6px 16px rgba(0,0,0,.12),0 3px 6px -4px rgba(0,0,0,.24),0 0 0 1px var(--kpi-border)',
};
const OPTIONS: CSSProperties = { overflowY: 'auto', minHeight: 0 };
const OPTION: CSSProperties = {
  padding: '5px 12px', minHeight: 32, boxSizing: 'border-box', lineHeight: '22px', borderRadius: 4, cursor: 'pointer',
  overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap',
};
const NOTE: CSSProperties = { ...OPTION, cursor: 'default', color: 'var(--kpi-text-2)', whiteSpace: 'normal' };

/**
 * The tree to draw, as the host's lists that ask the server are used: it opens on a press, searches while one types,
 * and reads on where one scrolls. The host's own is not among what it shares with plugins.
 */
export function TreeControl(props: TreeControlProps) {
  const { name, label = name, placeholder, onChange } = props;
  const value = props.value || null;
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const found = useTrees(text);
  const [tree, setTree] = useTree(value);
  const open = text !== null;
  const id = `kpi-trees-${name}`;
  const chosen = value && (tree ? tree.name : tree === null ? t('A tree you may not see, or that is gone') : '…');
  const colors = useColors(open);
  const active = found.trees[Math.min(at, found.trees.length - 1)];

  const show = () => {
    if (open) return;
    setText('');
    setAt(0);
  };
  const choose = (picked: NamedTree) => {
    setText(null);
    setTree(picked);
    if (picked.uuid !== value) onChange(picked.uuid);
  };
  const move = (to: number) => {
    setAt(Math.max(0, Math.min(to, found.trees.length - 1)));
    if (to >= found.trees.length - 1) found.more();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (!open && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) show();
    else if (!open) return;
    else if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'Escape') setText(null);
    else if (event.key === 'Enter') {
      if (found.state === 'failed') found.more();
      else if (active) choose(active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div style={colors}>
      <ControlLabel {...props} />
      <div style={{ position: 'relative' }}>
        <input
          ref={field}
          style={open ? { ...FIELD, ...ARROWED, ...FOCUSED } : { ...FIELD, ...ARROWED }}
          role="combobox"
          aria-expanded={open}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={open && active ? `${id}-${active.uuid}` : undefined}
          aria-label={label}
          autoComplete="off"
          spellCheck={false}
          data-test="kpi-tree-control"
          data-value={value ?? ''}
          title={open ? undefined : chosen ?? undefined}
          value={text ?? chosen ?? ''}
          placeholder={chosen ?? placeholder}
          onChange={({ target }) => {
            // What is typed over a closed field is searched for, not added to the name that stands there.
            setText(open ? target.value : target.value.replace(chosen ?? '', ''));
            setAt(0);
          }}
          onMouseDown={show}
          onBlur={() => setText(null)}
          onKeyDown={onKeyDown}
        />
        <svg style={ARROW} viewBox="0 0 12 12" aria-hidden="true">
          <path d="M1.5 4l4.5 4.5L10.5 4" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </div>
      {open && (
        <Choices id={id} label={label} field={field} colors={colors} found={found} value={value} active={active} onPoint={setAt} onChoose={choose} />
      )}
    </div>
  );
}

interface ChoicesProps {
  id: string;
  label: string;
  field: RefObject<HTMLInputElement>;
  colors: CSSProperties;
  found: FoundTrees;
  value: string | null;
  active: NamedTree | undefined;
  onPoint: (at: number) => void;
  onChoose: (tree: NamedTree) => void;
}

function Choices({ id, label, field, colors, found, value, active, onPoint, onChoose }: ChoicesProps) {
  const { trees, state, more } = found;
  const place = usePlace(field);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  return createPortal(
    // Only options may stand in a list of them: what is said of the list stands below it.
    <div
      style={{ ...LIST, ...colors, ...place }}
      data-test="kpi-tree-choices"
      data-state={state}
      // The field keeps the keyboard.
      onMouseDown={event => event.preventDefault()}
    >
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={label}
        aria-busy={state === 'loading'}
        style={OPTIONS}
        onScroll={({ currentTarget: one }) => one.scrollHeight - one.scrollTop - one.clientHeight < NEAR_END && state === 'ready' && more()}
      >
        {trees.map((tree, index) => (
          <div
            key={tree.uuid}
            id={`${id}-${tree.uuid}`}
            role="option"
            aria-selected={tree.uuid === value}
            data-active={tree === active}
            data-test="kpi-tree-choice"
            data-value={tree.uuid}
            dir="auto"
            title={labelOf(tree, trees)}
            style={{ ...OPTION, ...(tree.uuid === value ? CHOSEN : {}), ...(tree === active ? ACTIVE : {}) }}
            onMouseMove={() => onPoint(index)}
            onClick={() => onChoose(tree)}
          >
            {labelOf(tree, trees)}
          </div>
        ))}
      </div>
      {state === 'loading' && <div style={NOTE} role="status">{t('Loading the trees')}</div>}
      {state === 'ready' && trees.length === 0 && <div style={NOTE} role="status">{t('No tree that you may see is called so')}</div>}
      {state === 'failed' && (
        <div style={{ ...NOTE, cursor: 'pointer' }} role="alert" data-test="kpi-tree-choices-retry" onClick={more}>
          {t('The trees could not be read. Press here, or Enter, to try again.')}
        </div>
      )}
    </div>,
    document.body,
  );
}

const CHOSEN: CSSProperties = { fontWeight: 600, background: 'color-mix(in srgb, var(--kpi-primary) 12%, transparent)' };
const ACTIVE: CSSProperties = { background: 'color-mix(in srgb, var(--kpi-text) 8%, transparent)' };

/** Under the field, wherever the page scrolls it to; above it where there is more room. */
function usePlace(field: RefObject<HTMLElement>): CSSProperties {
  const [place, setPlace] = useState<CSSProperties>({ visibility: 'hidden' });
  useLayoutEffect(() => {
    const measure = () => {
      const box = field.current?.getBoundingClientRect();
      if (!box) return;
      const [below, above] = [window.innerHeight - box.bottom - 12, box.top - 12];
      const under = below >= HEIGHT || below >= above;
      const side = under ? { top: box.bottom + 4 } : { bottom: window.innerHeight - box.top + 4 };
      setPlace({ ...side, left: box.left, width: box.width, maxHeight: Math.max(Math.min(HEIGHT, under ? below : above), 64) });
    };
    measure();
    window.addEventListener('resize', measure);
    document.addEventListener('scroll', measure, true);
    return () => {
      window.removeEventListener('resize', measure);
      document.removeEventListener('scroll', measure, true);
    };
  }, [field]);
  return place;
}
