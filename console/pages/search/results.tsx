import { ChooseBox } from '../../exports/ask/choose-bar.tsx';
import type { Chosen } from '../../exports/ask/chosen.ts';
import { may } from '../../http/session-state.ts';
import { Badge } from '../../parts/badge.tsx';
import { Table } from '../../parts/table.tsx';
import { Thumbnail } from '../../parts/thumbnail.tsx';
import { severityWord, stateWord } from '../../words/alert-terms.ts';
import { alertWords } from '../../words/alert-words.ts';
import { placeWords } from '../../words/place-words.ts';
import { whenTold } from '../../words/site-time.ts';
import { zoneOf } from '../../words/zone-name.ts';
import type { FoundAlert } from './search-store.ts';
import { word } from './words.ts';

/** The address under which everything about an alert is shown. */
export const addressOf = ({ alertId }: Pick<FoundAlert, 'alertId'>): string => `/?alert=${alertId}`;

interface ResultProps {
  items: readonly FoundAlert[];
  chosen: Chosen;
}

const Box = ({ alert, chosen }: { alert: FoundAlert; chosen: Chosen }) => (
  <ChooseBox
    chosen={chosen}
    alertId={alert.alertId}
    what={`${alertWords(alert, zoneOf(alert))}, ${whenTold(alert.raisedAt)}`}
  />
);

const columns = [
  {
    ...{ key: 'at', title: () => word('raisedAt'), width: '13rem' },
    render: (alert: FoundAlert) => whenTold(alert.raisedAt),
  },
  {
    ...{ key: 'severity', title: () => word('severity'), width: '6rem' },
    render: ({ severity }: FoundAlert) => <Badge tone={severity}>{severityWord(severity)}</Badge>,
  },
  {
    ...{ key: 'what', title: () => word('what'), width: 'minmax(12rem, 2fr)' },
    render: (alert: FoundAlert) => <a href={addressOf(alert)}>{alertWords(alert, zoneOf(alert))}</a>,
  },
  {
    ...{ key: 'where', title: () => word('where'), width: 'minmax(12rem, 1.5fr)' },
    render: ({ place, cameraName }: FoundAlert) => `${placeWords(place)} · ${cameraName}`,
  },
  {
    ...{ key: 'state', title: () => word('state'), width: '8rem' },
    render: ({ state }: FoundAlert) => stateWord(state),
  },
] as const;

/** What was found as a table: a line each. */
export const ResultTable = ({ items, chosen }: ResultProps) => {
  const box = {
    ...{ key: 'choose', title: word('choose'), width: '3.5rem' },
    render: (alert: FoundAlert) => <Box {...{ alert, chosen }} />,
  };
  return (
    <Table
      label={word('results')}
      columns={[
        ...(may('exports.ask') ? [box] : []),
        ...columns.map((column) => ({ ...column, title: column.title() })),
      ]}
      items={items}
      keyOf={({ alertId }) => alertId}
      isChosen={({ alertId }) => chosen.ids.value.has(alertId)}
    />
  );
};

/** What was found as pictures. One that is out of sight is not fetched. */
export const Gallery = ({ items, chosen }: ResultProps) => (
  <ul class="gallery" aria-label={word('results')}>
    {items.map((alert) => (
      <li key={alert.alertId} class="gallery-place">
        <Box {...{ alert, chosen }} />
        <a class="gallery-item" href={addressOf(alert)}>
          <Thumbnail alert={alert} />
          <span class="row">
            <Badge tone={alert.severity}>{severityWord(alert.severity)}</Badge>
            <span>{stateWord(alert.state)}</span>
          </span>
          <strong>{alertWords(alert, zoneOf(alert))}</strong>
          <span class="muted">
            {placeWords(alert.place)} · {alert.cameraName}
          </span>
          <span class="muted">{whenTold(alert.raisedAt)}</span>
        </a>
      </li>
    ))}
  </ul>
);
