import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/field.tsx';
import { whenTold } from '../../../words/site-time.ts';
import { word as shared } from '../../../words/words.ts';
import { word } from '../words.ts';
import { closeDialog } from './dialogs.ts';
import { answerLink } from './take-step.ts';

const deliveries = { taken: 'linkTaken', unheard: 'linkUnheard', none: 'linkNone' } as const;

/** The responder's answer link, shown once: whether they were told of it, and the link to pass on by hand. */
export const AnswerLinkDialog = () => {
  const link = answerLink.value;
  if (!link) return null;
  const { url, expiresAt, delivery } = link;
  return (
    <Dialog title={word('linkTitle')} onClose={closeDialog}>
      <p>{word(deliveries[delivery])}</p>
      <Field label={word('linkLabel', { until: whenTold(expiresAt) })}>
        <input
          readOnly
          value={new URL(url, location.origin).href}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <div class="row">
        <Button onClick={closeDialog}>{shared('close')}</Button>
      </div>
    </Dialog>
  );
};
