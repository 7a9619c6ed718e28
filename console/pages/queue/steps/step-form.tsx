import type { ComponentChildren } from 'preact';
import type { AlertState } from '../../../../core/schema/alert.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/field.tsx';
import { word as shared } from '../../../words/words.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';
import { closeDialog } from './dialogs.ts';
import { busy, type StepDetails, takeStep } from './take-step.ts';

export interface StepFormProps {
  title: string;
  alert: QueueAlert;
  to: AlertState;
  /** What besides the reason in words goes with it. */
  details?: StepDetails;
  /** What has to be chosen is not chosen yet. */
  isIncomplete?: boolean;
  children?: ComponentChildren;
}

/** A step that needs more than a key: what it needs, why, and the way back. Enter sends it. */
export const StepForm = ({
  title,
  alert,
  to,
  details = {},
  isIncomplete = false,
  children,
}: StepFormProps) => {
  const why = draftOf(alert.alertId, 'why');
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isIncomplete) return;
    if (await takeStep(alert, to, { ...details, why: why.trim() })) closeDialog();
  };
  return (
    <Dialog title={title} onClose={closeDialog}>
      <form class="stack" onSubmit={(event) => void send(event)}>
        {children}
        <Field label={word('why')}>
          <input
            value={why}
            maxLength={500}
            onInput={(event) => keepDraft(alert.alertId, 'why', event.currentTarget.value)}
          />
        </Field>
        <div class="row">
          <Button
            type="submit"
            tone="main"
            disabled={isIncomplete || busy.value.has(alert.alertId)}
            hint="Enter"
          >
            {word('confirm')}
          </Button>
          <Button onClick={closeDialog} hint="Esc">
            {shared('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
