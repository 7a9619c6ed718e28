import { type Language, wordsOf } from '../../core/explanation/words.ts';
import { withoutSecrets } from '../../core/log.ts';
import type { Explanation, ScenarioExplanation } from '../../core/schema/explanation.ts';
import { cutTo, padTo } from '../../core/terminal-text.ts';
import { cameraLines } from './camera-lines.ts';
import { headingsOf } from './headings.ts';
import { drawMinutes } from './minute-table.ts';
import { createPaint, type Pen } from './pen.ts';
import { createSiteTime } from './site-time.ts';

export interface PageOptions {
  language: Language;
  /** Width of the terminal; the table is cut to it, sentences are not. */
  columns: number;
  isColoured: boolean;
}

const indent = '  ';
const stateColumns = 11;
/** The latest; the table of minutes says the rest. */
const shownChanges = 6;

/** An explanation as a page that is read in ten seconds: the verdict, what each scenario lacks, then the figures. */
export const drawPage = (
  explanation: Explanation,
  { language, columns, isColoured }: PageOptions,
): string[] => {
  const pen: Pen = {
    words: wordsOf(language),
    headings: headingsOf(language),
    paint: createPaint(isColoured),
    time: createSiteTime(explanation.timezone),
  };
  const { words, headings, paint } = pen;
  const { verdict, status, scenarios, minutes } = explanation;
  const section = (title: string, lines: readonly string[]): string[] => [
    '',
    paint.bold(title),
    ...(lines.length > 0 ? lines : [headings.none]).map((line) => indent + line),
  ];
  return [
    titleOf(explanation, pen),
    '',
    paint.verdict(verdict, words.verdict(verdict, status)),
    ...section(
      headings.scenarios,
      scenarios.flatMap((scenario) => scenarioLines(scenario, pen)),
    ),
    ...section(headings.camera, cameraLines(explanation, pen)),
    ...section(headings.minutes, drawMinutes(minutes, pen, columns)).map((line) => cutTo(line, columns)),
    ...section(headings.changes, changeLines(explanation, pen)),
  ].map(withoutSecrets);
};

const titleOf = ({ cameraId, cameraName, place, workerId, at }: Explanation, { paint, time }: Pen): string =>
  `${paint.bold(`${cameraId} ${cameraName}`)}  ${paint.dim(`${place} · ${workerId} · ${time.second(at)}`)}`;

const scenarioLines = (scenario: ScenarioExplanation, { words, headings, paint, time }: Pen): string[] => {
  const { state, name, scenarioId, kind, zoneId, missing } = scenario;
  const facts = `${scenarioId} · ${words.kinds[kind]}${zoneId === undefined ? '' : ` · ${headings.zone} ${zoneId}`}`;
  return [
    `${paint.state(state, padTo(words.watchStates[state], stateColumns))} ${name}  ${paint.dim(facts)}`,
    ...missing.map((lack) => ' '.repeat(stateColumns + 1) + words.missing(lack, time.day)),
  ];
};

const changeLines = ({ tierChanges }: Explanation, { words, time }: Pen): string[] =>
  tierChanges
    .slice(-shownChanges)
    .toReversed()
    .map(
      ({ at, tier, reason }) => `${time.second(at)}  ${padTo(words.tiers[tier], 8)} ${words.reasons[reason]}`,
    );
