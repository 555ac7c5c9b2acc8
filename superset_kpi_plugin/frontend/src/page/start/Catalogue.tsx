import { Alert, Spin } from 'antd';
import React, { useMemo, useState } from 'react';
import { useAsked } from '../../builder/node/useAsked';
import { t } from '../../i18n';
import { listTemplates, type Template } from '../api';

interface Props {
  /** Who comes back finds the keyboard on what they had chosen. */
  chosen: string | null;
  onChoose: (template: Template) => void;
}

interface Purpose {
  id: number;
  name: string;
}

/** The goals of the catalogue, by what one is after. */
export function Catalogue({ chosen, onChoose }: Props) {
  const asked = useAsked('templates', listTemplates);
  const [purpose, setPurpose] = useState<number | null>(null);
  const templates = asked.answer;
  const purposes = useMemo(() => purposesOf(templates ?? []), [templates]);
  if (asked.state === 'failed') return <Alert type="error" showIcon message={t('This could not be loaded')} description={asked.message} />;
  if (!templates) return <Spin className="kpi-page-wait" />;
  const shown = templates.filter(template => purpose === null || template.purposes.some(({ id }) => id === purpose));
  return (
    <section data-test="kpi-catalogue">
      <h2>{t('What is the tree for?')}</h2>
      <div className="kpi-purposes">
        {purposes.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-pressed={purpose === id}
            className={`kpi-choice ${purpose === id ? 'kpi-choice-on' : ''}`}
            data-test="kpi-purpose"
            data-value={id}
            onClick={() => setPurpose(purpose === id ? null : id)}
          >
            <strong>{name}</strong>
            <span>{t('Goals: {count}', { count: templates.filter(template => template.purposes.some(one => one.id === id)).length })}</span>
          </button>
        ))}
      </div>
      <h2>{t('Which goal is it about?')}</h2>
      <div className="kpi-templates">
        {shown.map(template => (
          <button
            key={template.id}
            type="button"
            autoFocus={template.id === chosen}
            className="kpi-choice"
            data-test="kpi-template"
            data-value={template.id}
            onClick={() => onChoose(template)}
          >
            <strong>{template.name}</strong>
            <span>{template.description}</span>
            <span className="kpi-choice-more">{t('KPIs: {count}', { count: template.nodes })}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

function purposesOf(templates: Template[]): Purpose[] {
  const known = new Map(templates.flatMap(({ purposes }) => purposes).map(({ id, name }) => [id, name]));
  return [...known].map(([id, name]) => ({ id, name })).sort((a, b) => a.id - b.id);
}
