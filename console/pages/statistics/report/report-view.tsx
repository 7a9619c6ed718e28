import { signal } from '@preact/signals';
import type { StatisticsReport } from '../../../../api/schema/report-view.ts';
import { askedPlaces, places } from '../../../http/site.ts';
import { Button } from '../../../parts/button.tsx';
import { Choice } from '../../../parts/choice.tsx';
import { Field } from '../../../parts/field.tsx';
import { Empty } from '../../../parts/states.tsx';
import { placeWords } from '../../../words/place-words.ts';
import { timeZone } from '../../../words/site-time.ts';
import { askedAt } from '../asked/asked.ts';
import { legend } from '../asked/legend.ts';
import { dayAt } from '../asked/site-days.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import { word } from '../words.ts';
import { ReportPaper } from './report-paper.tsx';
import { type SpanKind, spanKinds, spansOf } from './report-spans.ts';
import { spanNameWords } from './span-name-words.ts';
import './report.css';

const kind = signal<SpanKind>('month');
const chosenSpan = signal('');
const chosenTownship = signal('');

/** Those that the site names, and those in which cameras stand. */
const townships = (): string[] => {
  const codes = [
    ...places.value.map(({ code }) => code),
    ...(legend.value?.cameras ?? []).map((one) => one.place),
  ];
  return [...new Set(codes.filter(({ length }) => length >= 9).map((code) => code.slice(0, 9)))].sort();
};

/** 工作报告: a township's month, quarter or year, as it is printed. */
export const ReportView = () => {
  const options = spansOf(kind.value, dayAt(askedAt.value, timeZone.value));
  const span = options.find((one) => one === chosenSpan.value) ?? options[0] ?? '';
  const all = townships();
  const township = all.find((one) => one === chosenTownship.value) ?? all[0];
  const asking = useReckoned<StatisticsReport>(
    '/api/v1/statistics/report',
    township === undefined ? undefined : { place: township, span },
  );
  if (township === undefined)
    return (
      <Answered asking={askedPlaces.value}>{() => <Empty icon="map" title={word('noTownship')} />}</Answered>
    );
  return (
    <>
      <ReportBar {...{ options, span, township, all }} isReady={asking.answer !== undefined} />
      <Answered asking={asking}>{(report) => <ReportPaper report={report} />}</Answered>
    </>
  );
};

interface ReportBarProps {
  options: string[];
  span: string;
  all: string[];
  township: string;
  isReady: boolean;
}

const ReportBar = ({ options, span, all, township, isReady }: ReportBarProps) => (
  <div class="span-bar">
    <Choice
      label={word('reportKind')}
      value={kind.value}
      options={spanKinds.map((value) => ({ value, label: word(`${value}Kind`) }))}
      onChoose={(value) => {
        kind.value = value;
      }}
    />
    <Picked
      label={word('reportSpan')}
      chosen={chosenSpan}
      value={span}
      options={options}
      nameOf={spanNameWords}
    />
    <Picked
      label={word('township')}
      chosen={chosenTownship}
      value={township}
      options={all}
      nameOf={placeWords}
    />
    <Button tone="main" disabled={!isReady} onClick={() => print()}>
      {word('print')}
    </Button>
  </div>
);

interface PickedProps {
  label: string;
  chosen: { value: string };
  value: string;
  options: readonly string[];
  nameOf(option: string): string;
}

const Picked = ({ label, chosen, value, options, nameOf }: PickedProps) => (
  <Field label={label}>
    <select
      value={value}
      onChange={(event) => {
        chosen.value = event.currentTarget.value;
      }}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {nameOf(option)}
        </option>
      ))}
    </select>
  </Field>
);
