import { useState } from 'preact/hooks';
import type { AlertView } from '../../../api/schema/alert-view.ts';
import { ChooseBar, ChooseBox } from '../../exports/ask/choose-bar.tsx';
import { createChosen } from '../../exports/ask/chosen.ts';
import { may } from '../../http/session-state.ts';
import { cameras } from '../../http/site.ts';
import { useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Field } from '../../parts/field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { kindWord, reasonWord } from '../../words/alert-terms.ts';
import { placeWords } from '../../words/place-words.ts';
import { whenTold } from '../../words/site-time.ts';
import { countReasons, type FalseAlarm, reasonOf } from './false-alarms.ts';
import { word } from './words.ts';

const all = '';
const shownAtMost = 60;

/** What is chosen of the gallery as hard examples. */
const chosen = createChosen();

/** What people called false alarms lately, picture by picture: by reason, kind of scenario and camera. */
export const FalseAlarmTab = () => {
  const [camera, setCamera] = useState(all);
  const [kind, setKind] = useState(all);
  const [reason, setReason] = useState(all);
  const query = {
    ...{ state: 'falseAlarm', limit: 500 },
    ...(camera === all ? {} : { camera }),
    ...(kind === all ? {} : { kind }),
  };
  const asked = useAnswer<{ items: AlertView[] }>('/api/v1/alerts', { query, everyMs: 60_000 });
  const kinds = Object.keys(kindWord.words.zh) as (keyof typeof kindWord.words.zh)[];
  const cameraOptions = cameras.value.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Panel title={word('falseAlarms')}>
      <p class="muted">{word('falseAlarmsMore')}</p>
      {may('exports.ask') && (
        <p class="muted">
          {word('hardExamples')} <a href="/search?tab=exports">{word('toExports')}</a>
        </p>
      )}
      <div class="filters">
        <Select label={word('camera')} value={camera} onChange={setCamera} options={cameraOptions} />
        <Select
          label={word('kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: kindWord(value) }))}
        />
        <Select
          label={word('reason')}
          value={reason}
          onChange={setReason}
          options={countReasons(asked.answer?.items ?? []).map(({ reason: value, count }) => ({
            value,
            label: `${reasonWord(value)} (${count})`,
          }))}
        />
      </div>
      <Answered asked={asked}>
        {({ items }) => (
          <Gallery items={items.filter((alert) => reason === all || reasonOf(alert) === reason)} />
        )}
      </Answered>
    </Panel>
  );
};

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange(value: string): void;
}

const Select = ({ label, value, options, onChange }: SelectProps) => (
  <Field label={label}>
    <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      <option value={all}>{word('all')}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </Field>
);

const Gallery = ({ items }: { items: readonly FalseAlarm[] }) => {
  const shown = items.slice(0, shownAtMost);
  if (items.length === 0) return <Empty icon="bell" title={word('noFalseAlarm')} />;
  return (
    <>
      <div class="row">
        <span class="muted grow">
          {word('falseAlarmsShown', { shown: shown.length, count: items.length })}
        </span>
        <ChooseBar kind="hardExamples" chosen={chosen} alertIds={shown.map(({ alertId }) => alertId)} />
      </div>
      <ul class="gallery">
        {shown.map((alert) => (
          <GalleryItem key={alert.alertId} alert={alert} />
        ))}
      </ul>
    </>
  );
};

const GalleryItem = ({ alert }: { alert: FalseAlarm }) => {
  const { alertId, cameraName, snapshot, kind, place, capturedAt } = alert;
  const reason = reasonOf(alert);
  return (
    <li class="gallery-item gallery-place">
      <ChooseBox chosen={chosen} alertId={alertId} what={`${kindWord(kind)}, ${cameraName}`} />
      {may('evidence.read') && snapshot.state === 'ready' ? (
        <img
          src={`/api/v1/alerts/${alertId}/snapshot`}
          loading="lazy"
          alt={word('pictureOf', { camera: cameraName })}
        />
      ) : (
        <p class="gallery-none muted">{word('noPicture')}</p>
      )}
      <strong>{reason === undefined ? '–' : reasonWord(reason)}</strong>
      <span>
        {kindWord(kind)} · {cameraName}
      </span>
      <span class="muted">
        {placeWords(place)} · {whenTold(capturedAt)}
      </span>
    </li>
  );
};
