import { useState } from 'preact/hooks';
import type { Handover } from '../../../core/schema/handover.ts';
import { ask } from '../../http/ask.ts';
import { may } from '../../http/session-state.ts';
import { useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { tell, tellFailure } from '../../parts/toast.tsx';
import { whenTold } from '../../words/site-time.ts';
import { draftOf, keepDraft } from './drafts.ts';
import { closeDialog } from './steps/dialogs.ts';
import { word } from './words.ts';

const path = '/api/v1/handovers';

/** What the last shift said, and what this one tells the next. */
export const HandoverDialog = () => (
  <Dialog title={word('handover')} onClose={closeDialog}>
    <Notes />
    {may('alerts.handle') && <NoteForm />}
  </Dialog>
);

const shownNotes = 20;

const Notes = () => {
  const asked = useAnswer<{ items: Handover[] }>(path, { query: { limit: shownNotes } });
  return (
    <Answered asked={asked}>
      {({ items: [last, ...earlier] }) =>
        last === undefined ? (
          <p class="muted">{word('handoverNone')}</p>
        ) : (
          <section class="stack">
            <h3>{word('handoverLast')}</h3>
            <Note note={last} />
            {earlier.length > 0 && (
              <details>
                <summary>{word('handoverEarlier', { count: earlier.length })}</summary>
                <ul class="handovers">
                  {earlier.map((note) => (
                    <li key={note.handoverId}>
                      <Note note={note} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </section>
        )
      }
    </Answered>
  );
};

const Note = ({ note: { by, at, openAlerts, text } }: { note: Handover }) => (
  <>
    <p class="muted">
      {by} · {whenTold(at)} · {word('handoverOpen', { count: openAlerts.length })}
    </p>
    <p class="comment-text">{text}</p>
  </>
);

const NoteForm = () => {
  const [isBusy, setBusy] = useState(false);
  const text = draftOf('shift', 'handover');
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await ask<Handover>(path, { method: 'POST', body: { text: text.trim() } });
      keepDraft('shift', 'handover', '');
      tell(word('handoverDone'), 'good');
      closeDialog();
    } catch (failure) {
      tellFailure(failure);
    }
    setBusy(false);
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)}>
      <Field label={word('handoverWrite')}>
        <textarea
          value={text}
          maxLength={4000}
          rows={5}
          onInput={(event) => keepDraft('shift', 'handover', event.currentTarget.value)}
        />
      </Field>
      <div class="row">
        <Button type="submit" tone="main" disabled={isBusy || text.trim() === ''}>
          {word('send')}
        </Button>
      </div>
    </form>
  );
};
