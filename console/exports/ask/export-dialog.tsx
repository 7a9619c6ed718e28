import { useState } from 'preact/hooks';
import type { ExportView } from '../../../api/schema/export-view.ts';
import type { ExportPurpose, ExportRequest } from '../../../core/schema/export.ts';
import { ask } from '../../http/ask.ts';
import { isAlone } from '../../http/session-state.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { tell, tellFailure } from '../../parts/toast.tsx';
import { word as shared } from '../../words/words.ts';
import { isReason, ReasonField } from '../reason.tsx';
import { purposeWord, word } from '../words.ts';
import '../exports.css';

const purposes = Object.keys(purposeWord.words.zh) as ExportPurpose[];

export interface ExportDialogProps {
  kind: ExportRequest['kind'];
  alertIds: readonly string[];
  onClose(): void;
  /** It is in the register. */
  onAsked(): void;
}

/** Asks that the evidence of some alerts be let out: what for, and why. */
export const ExportDialog = ({ kind, alertIds, onClose, onAsked }: ExportDialogProps) => {
  const isHard = kind === 'hardExamples';
  const [purpose, setPurpose] = useState<ExportPurpose | undefined>(isHard ? 'training' : undefined);
  const [format, setFormat] = useState<'yolo' | 'coco'>('yolo');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!purpose || !isReason(reason)) return;
    setBusy(true);
    const wanted = { kind, purpose, reason: reason.trim(), alertIds: [...alertIds] };
    if (await askFor(isHard ? { ...wanted, format } : wanted)) onAsked();
    setBusy(false);
  };
  return (
    <Dialog
      title={word(isHard ? 'dialogHard' : 'dialogAlerts', { count: alertIds.length })}
      onClose={onClose}
    >
      <form class="stack" onSubmit={(event) => void send(event)}>
        {isHard ? (
          <FormatChoice value={format} onChoose={setFormat} />
        ) : (
          <PurposeField value={purpose} onChoose={setPurpose} />
        )}
        <ReasonField label={word('reason')} value={reason} onChange={setReason} />
        <ul class="export-terms">
          <li>{word('blurred')}</li>
          <li>{word(isAlone() ? 'alone' : 'second')}</li>
        </ul>
        <div class="row">
          <Button type="submit" tone="main" disabled={isBusy || !purpose || !isReason(reason)}>
            {word('ask')}
          </Button>
          <Button onClick={onClose} hint="Esc">
            {shared('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const askFor = async (body: ExportRequest): Promise<boolean> => {
  try {
    await ask<ExportView>('/api/v1/exports', { method: 'POST', body });
    tell(word('asked'), 'good');
    return true;
  } catch (failure) {
    tellFailure(failure);
    return false;
  }
};

interface PurposeFieldProps {
  value: ExportPurpose | undefined;
  onChoose(purpose: ExportPurpose | undefined): void;
}

const PurposeField = ({ value, onChoose }: PurposeFieldProps) => (
  <Field label={word('purpose')}>
    <select
      required
      value={value ?? ''}
      onChange={({ currentTarget }) => onChoose(purposes.find((one) => one === currentTarget.value))}
    >
      <option value="">{word('choosePurpose')}</option>
      {purposes.map((one) => (
        <option key={one} value={one}>
          {purposeWord(one)}
        </option>
      ))}
    </select>
  </Field>
);

interface FormatChoiceProps {
  value: 'yolo' | 'coco';
  onChoose(format: 'yolo' | 'coco'): void;
}

/** Hard examples are for training alone. */
const FormatChoice = ({ value, onChoose }: FormatChoiceProps) => (
  <>
    <p>
      {word('purpose')}: <strong>{purposeWord('training')}</strong>
    </p>
    <Choice
      label={word('format')}
      value={value}
      options={[
        { value: 'yolo', label: 'YOLO' },
        { value: 'coco', label: 'COCO' },
      ]}
      onChoose={onChoose}
    />
  </>
);
