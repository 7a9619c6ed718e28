import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { LoudspeakerAnswerView } from '../../../../api/schema/loudspeaker-answer-view.ts';
import { ask } from '../../../http/ask.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { tell, tellFailure } from '../../../parts/toast.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';
import { closeDialog } from './dialogs.ts';
import { loudspeakersAt } from './resources.ts';

type Answer = Static<typeof LoudspeakerAnswerView>;

const outcomes = {
  accepted: 'accepted',
  failed: 'failed',
  'quiet-hours': 'quietHours',
  'hourly-limit': 'hourlyLimit',
} as const;

const speak = async (loudspeakerId: string, recording: string, alertId: string): Promise<void> => {
  try {
    const { outcome } = await ask<Answer>(`/api/v1/loudspeakers/${loudspeakerId}/commands`, {
      method: 'POST',
      body: { recording, alertId },
      deadlineMs: 30_000,
    });
    tell(word('told', { outcome: word(outcomes[outcome]) }), outcome === 'accepted' ? 'good' : 'bad');
  } catch (failure) {
    tellFailure(failure);
  }
};

/** The fixed recordings of the loudspeakers at the alert's place; one press plays one. */
export const TalkDownDialog = ({ alert }: { alert: QueueAlert }) => {
  const [isBusy, setBusy] = useState(false);
  const play = async (loudspeakerId: string, recording: string): Promise<void> => {
    setBusy(true);
    await speak(loudspeakerId, recording, alert.alertId);
    closeDialog();
  };
  return (
    <Dialog title={word('talkDown')} onClose={closeDialog}>
      {loudspeakersAt(alert.place).map(({ id, name, recordings }) => (
        <section key={id} class="stack">
          <h3>{name}</h3>
          <div class="row">
            {recordings.map((recording) => (
              <Button
                key={recording.id}
                icon="speaker"
                disabled={isBusy}
                onClick={() => void play(id, recording.id)}
              >
                {recording.name}
              </Button>
            ))}
          </div>
        </section>
      ))}
    </Dialog>
  );
};
