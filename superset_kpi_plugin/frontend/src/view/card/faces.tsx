import React from 'react';
import { currentLocale, t } from '../../i18n';
import { FACE, type Density } from '../../tree/density';
import { stillNeeded } from '../../tree/facts';
import { formatDay } from '../../tree/window';
import { Figure } from '../Figure';
import { StatusIcon } from '../Icons';
import { share } from '../numbers';
import { BarOrReason } from './Bar';
import { ChangeFigure } from './ChangeFigure';
import { ActualRow, Attainment, LabelledAmount, Name, Scores, Who, type FaceProps } from './parts';
import { Spark } from './Spark';

/** What a face leaves free at its left and right. */
const PADDING = { dot: 0, speck: 0, compact: 26, standard: 36, detail: 40 };
const inner = (density: Density) => FACE[density].width - PADDING[density];

/** A card so far away that only its status can be told. */
function Speck({ result }: FaceProps) {
  return <StatusIcon status={result.status} size={30} />;
}

/** A card seen from afar: the number, how far it meets its target, and the status. The target's line says the unit. */
function Compact({ node, result }: FaceProps) {
  return (
    <>
      <Name node={node} />
      <ActualRow node={node} result={result} width={inner('compact')} sizes={[17, 11, 11]} unit={false} />
      <BarRow node={node} result={result} brief />
      <div className="kpi-row kpi-row-target">
        <LabelledAmount label={t('Target')} hook="kpi-target" name="target" node={node} result={result} width={inner('compact')} size={11} />
      </div>
    </>
  );
}

/** A card at reading distance. */
function Standard({ node, result, facts }: FaceProps) {
  const width = inner('standard');
  return (
    <>
      <Head node={node} />
      <ActualRow node={node} result={result} width={width} sizes={[22, 13, 12]} />
      <div className="kpi-row kpi-row-target">
        <LabelledAmount label={t('Target')} hook="kpi-target" name="target" node={node} result={result} width={width - 96} />
        <Scores result={result} />
      </div>
      <BarRow node={node} result={result} />
      <div className="kpi-row kpi-row-past">
        <Spark series={facts.series} open={facts.open} width={122} height={30} />
        <span className="kpi-outlook">
          <ChangeFigure change={facts.change} against={facts.against} node={node} />
          <Outlook node={node} result={result} width={width - 130} />
        </span>
      </div>
    </>
  );
}

/** A card from close up: everything that the evaluation says of the node. */
function Detail({ node, result, facts }: FaceProps) {
  const width = inner('detail');
  const day = result.data_through && formatDay(result.data_through, currentLocale());
  return (
    <>
      <Head node={node} />
      <ActualRow node={node} result={result} width={width} sizes={[26, 13, 12]} />
      <div className="kpi-row kpi-row-target">
        <LabelledAmount label={t('Target')} hook="kpi-target" name="target" node={node} result={result} width={width - 190} />
        <Scores result={result} coverage />
      </div>
      <BarRow node={node} result={result} />
      <div className="kpi-row kpi-row-past">
        <Spark series={facts.series} open={facts.open} width={168} height={46} />
        <span className="kpi-outlook">
          <ChangeFigure change={facts.change} against={facts.against} node={node} />
          <Outlook node={node} result={result} width={width - 176} />
          {stillNeeded(node, result) !== null && (
            <LabelledAmount label={t('Needed per day')} hook="kpi-needed" name="needed_per_day" node={node} result={result} width={width - 176} size={11} />
          )}
        </span>
      </div>
      <div className="kpi-row kpi-row-foot">
        {day && <span data-test="kpi-data-through" data-value={result.data_through}>{t('Data through {day}', { day })}</span>}
      </div>
    </>
  );
}

function Head({ node }: Pick<FaceProps, 'node'>) {
  return (
    <div className="kpi-head">
      <Name node={node} />
      <Who node={node} />
    </div>
  );
}

function BarRow({ node, result, brief }: Pick<FaceProps, 'node' | 'result'> & { brief?: boolean }) {
  return (
    <div className="kpi-row kpi-row-bar">
      <BarOrReason node={node} result={result} brief={brief} />
      <Attainment result={result} />
    </div>
  );
}

/** Where the window will end, as far as that can be told. */
function Outlook({ node, result, width }: Pick<FaceProps, 'node' | 'result'> & { width: number }) {
  if (result.forecast === null) return null;
  const met = result.forecast_attainment;
  return (
    <>
      <LabelledAmount label={t('Forecast')} hook="kpi-forecast" name="forecast" node={node} result={result} width={width} size={11} />
      {met !== null && (
        <span className="kpi-label kpi-small">
          <Figure hook="kpi-forecast-attainment" value={met} text={t('{share} of target', { share: share(met) })} />
        </span>
      )}
    </>
  );
}

/** From farthest away there is only the card itself, in its status's colour. */
export const FACES: Record<Density, ((props: FaceProps) => JSX.Element) | null> = {
  dot: null,
  speck: Speck,
  compact: Compact,
  standard: Standard,
  detail: Detail,
};
