import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../../http/ask.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Failure, Loading } from '../../../parts/states.tsx';
import { severityWord, stateWord } from '../../../words/alert-terms.ts';
import { alertWords } from '../../../words/alert-words.ts';
import { whenTold } from '../../../words/site-time.ts';
import { zoneOf } from '../../../words/zone-name.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { takeAlert } from '../queue-store.ts';
import { select } from '../selection.ts';
import { word } from '../words.ts';

const shown = 8;

/** What happened before at the same camera. */
export const Earlier = ({ alert }: { alert: QueueAlert }) => (
  <Related
    title={word('earlier')}
    alert={alert}
    query={{ camera: alert.cameraId, to: alert.raisedAt, limit: shown }}
  />
);

/** The other alerts of its incident, where it belongs to one. */
export const IncidentMembers = ({ alert }: { alert: QueueAlert }) =>
  alert.incidentId === undefined ? null : (
    <Related title={word('incident')} alert={alert} query={{ incident: alert.incidentId, limit: 50 }} />
  );

interface RelatedProps {
  title: string;
  alert: QueueAlert;
  query: Readonly<Record<string, string | number>>;
}

const Related = ({ title, alert: { alertId }, query }: RelatedProps) => {
  const [found, setFound] = useState<readonly QueueAlert[]>();
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  const asked = JSON.stringify(query);
  useEffect(() => {
    const leaving = new AbortController();
    setFound(undefined);
    setFailure(undefined);
    ask<{ items: QueueAlert[] }>('/api/v1/alerts', { query: JSON.parse(asked), signal: leaving.signal })
      .then(({ items }) => {
        for (const item of items) takeAlert(item);
        setFound(items.filter((item) => item.alertId !== alertId));
      })
      .catch((thrown: unknown) => {
        if (!leaving.signal.aborted) setFailure(thrown);
      });
    return () => leaving.abort();
  }, [asked, alertId, turn]);
  return (
    <section class="stack">
      <h3>{title}</h3>
      {failure !== undefined ? (
        <Failure failure={failure} onRetry={() => setTurn(turn + 1)} />
      ) : found ? (
        <List alerts={found} />
      ) : (
        <Loading />
      )}
    </section>
  );
};

const List = ({ alerts }: { alerts: readonly QueueAlert[] }) =>
  alerts.length === 0 ? (
    <p class="muted">{word('noEarlier')}</p>
  ) : (
    <ul class="related">
      {alerts.map((one) => (
        <li key={one.alertId}>
          <button type="button" onClick={() => select(one.alertId)}>
            <time>{whenTold(one.raisedAt)}</time>
            <Badge tone={one.severity}>{severityWord(one.severity)}</Badge>
            <span class="grow">{alertWords(one, zoneOf(one))}</span>
            <span class="muted">{stateWord(one.state)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
