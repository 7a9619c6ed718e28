import { useEffect } from 'preact/hooks';
import { useKeys } from '../../parts/keys.ts';
import { Empty } from '../../parts/states.tsx';
import { tell, tellFailure } from '../../parts/toast.tsx';
import { kindWord } from '../../words/alert-terms.ts';
import { placeWords } from '../../words/place-words.ts';
import { awaitGesture, soundAlarm, toggleMute } from './alarm/alarm.ts';
import { AlertDetail } from './detail/alert-detail.tsx';
import { HandoverDialog } from './handover-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { toKeyMap } from './key-map.ts';
import { AlertList } from './list/alert-list.tsx';
import { DarkCameras } from './list/dark-cameras.tsx';
import type { QueueAlert } from './list/open-list.ts';
import { QueueHead, searchFieldId } from './queue-head.tsx';
import { followQueue, loadAlert } from './queue-store.ts';
import { move, selected, selectedId } from './selection.ts';
import { actionsFor } from './steps/actions.ts';
import { AnswerLinkDialog } from './steps/answer-link-dialog.tsx';
import { openDialog } from './steps/dialogs.ts';
import { loadResources } from './steps/resources.ts';
import { DispatchDialog, DuplicateDialog, FalseAlarmDialog, ResolveDialog } from './steps/step-dialogs.tsx';
import { TalkDownDialog } from './steps/talk-down-dialog.tsx';
import { word } from './words.ts';
import './queue.css';

const focus = (id: string) => (): void => document.getElementById(id)?.focus();

/** What is heard is also said; lesser alerts just appear in their place. */
const hear = (alert: QueueAlert): void => {
  if (alert.severity !== 'urgent' && alert.severity !== 'high') return;
  soundAlarm(alert.severity);
  tell(word('newAlert', { kind: kindWord(alert.kind), place: placeWords(alert.place) }));
};

/** The alert that the address names; it may be one that was dealt with long ago. */
const openAddressed = (): void => {
  const alertId = new URLSearchParams(location.search).get('alert');
  if (alertId === null) return;
  selectedId.value = alertId;
  loadAlert(alertId).catch((failure: unknown) => tellFailure(failure));
};

/** What each key does to the chosen alert and to the page. */
const keysFor = (alert: QueueAlert | undefined) => {
  const actions = alert ? actionsFor(alert) : [];
  const acts = Object.fromEntries(
    actions.map(({ name, refusal, act }) => [name, refusal === undefined ? act : () => tell(refusal)]),
  );
  return toKeyMap({
    ...acts,
    next: () => move(1),
    previous: () => move(-1),
    mute: toggleMute,
    search: focus(searchFieldId),
    help: () => {
      openDialog.value = 'help';
    },
  });
};

/** 警情: what is open, the most pressing first, and everything about the one that is chosen. */
export const QueuePage = () => {
  useEffect(() => {
    openAddressed();
    void loadResources();
    const stops = [followQueue(hear), awaitGesture()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const alert = selected.value;
  useKeys(keysFor(alert));
  return (
    <div class="queue">
      <section class="queue-list">
        <QueueHead />
        <DarkCameras />
        <div class="queue-rows">
          <AlertList />
        </div>
      </section>
      <section class="queue-detail" aria-live="off">
        {alert ? (
          <AlertDetail key={alert.alertId} alert={alert} />
        ) : (
          <Empty title={word('choose')}>{word('chooseMore')}</Empty>
        )}
      </section>
      <OpenDialog alert={alert} />
    </div>
  );
};

const stepDialogs = {
  dispatch: DispatchDialog,
  talkDown: TalkDownDialog,
  resolve: ResolveDialog,
  falseAlarm: FalseAlarmDialog,
  duplicate: DuplicateDialog,
} as const;

const OpenDialog = ({ alert }: { alert: QueueAlert | undefined }) => {
  const name = openDialog.value;
  if (name === undefined) return null;
  if (name === 'help') return <HelpDialog />;
  if (name === 'answerLink') return <AnswerLinkDialog />;
  if (name === 'handover') return <HandoverDialog />;
  const StepDialog = stepDialogs[name];
  return alert ? <StepDialog alert={alert} /> : null;
};
