import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Empty, Failure, Loading } from '../../parts/states.tsx';
import { askAnew, span, type View, views } from './asked/asked.ts';
import { legend, loadLegend } from './asked/legend.ts';
import { ReportView } from './report/report-view.tsx';
import { SpanBar } from './span-bar.tsx';
import { ActivityView } from './views/activity-view.tsx';
import { AlertsView } from './views/alerts-view.tsx';
import { AvailabilityView } from './views/availability-view.tsx';
import { FalseAlarmsView } from './views/false-alarms-view.tsx';
import { LinesView } from './views/lines-view.tsx';
import { ResponsesView } from './views/responses-view.tsx';
import { word } from './words.ts';
import './statistics.css';

const shown = {
  responses: ResponsesView,
  alerts: AlertsView,
  falseAlarms: FalseAlarmsView,
  availability: AvailabilityView,
  lines: LinesView,
  activity: ActivityView,
  report: ReportView,
} as const;

/** 研判: what alerts, cameras and counts come to over time; what a township is told. The view stands in the address. */
export const StatisticsPage = () => {
  const { failure, load } = useLegend();
  const { query } = useLocation();
  const view = views.find((one) => one === query['view']) ?? 'responses';
  if (failure !== undefined) return <Failure failure={failure} onRetry={load} />;
  if (legend.value === undefined) return <Loading />;
  const Shown = shown[view];
  return (
    <div class="statistics">
      <header class="statistics-head">
        <h1>{word('title')}</h1>
        <ViewLinks view={view} />
      </header>
      {view !== 'report' && <SpanBar />}
      {view !== 'report' && span.value === undefined ? (
        <Empty icon="chart" title={word('spanWrong')} />
      ) : (
        <Shown key={view} />
      )}
    </div>
  );
};

const useLegend = () => {
  const [failure, setFailure] = useState<unknown>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    setFailure(undefined);
    askAnew();
    loadLegend(leaving.signal).catch((error: unknown) => {
      if (!leaving.signal.aborted && legend.value === undefined) setFailure(error);
    });
    return () => leaving.abort();
  }, [tries]);
  return { failure, load: () => setTries(tries + 1) };
};

const ViewLinks = ({ view }: { view: View }) => (
  <nav class="view-links" aria-label={word('views')}>
    {views.map((one) => (
      <a key={one} href={`/statistics?view=${one}`} {...(one === view ? { 'aria-current': 'page' } : {})}>
        {word(one)}
      </a>
    ))}
  </nav>
);
