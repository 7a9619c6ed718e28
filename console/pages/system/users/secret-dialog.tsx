import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { tell } from '../../../parts/toast.tsx';
import { word } from '../words.ts';
import type { MadeSecret } from './account.ts';

/** A secret, the only time that it can be seen. */
export const SecretDialog = ({ made: { id, secret }, onClose }: { made: MadeSecret; onClose(): void }) => {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(secret);
      tell(word('copied'), 'good');
    } catch {
      tell(word('notCopied'), 'bad'); // not a safe address, or not allowed
    }
  };
  return (
    <Dialog title={word('secretOf', { id })} onClose={onClose} mustStay>
      <p>{word('secretOnce')}</p>
      <output class="secret code">{secret}</output>
      <div class="row">
        <Button onClick={() => void copy()}>{word('copy')}</Button>
        <Button tone="main" onClick={onClose}>
          {word('writtenDown')}
        </Button>
      </div>
    </Dialog>
  );
};
