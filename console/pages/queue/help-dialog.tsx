import { Dialog } from '../../parts/dialog.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { capOf, queueKeys } from './key-map.ts';
import { closeDialog } from './steps/dialogs.ts';
import { word } from './words.ts';

/** Every key of the page. */
export const HelpDialog = () => (
  <Dialog title={word('keysTitle')} onClose={closeDialog}>
    <dl class="keys">
      {queueKeys.map(({ name, keys }) => (
        <div key={name} class="key">
          <dt>
            {keys.map((key) => (
              <KeyHint key={key}>{capOf(key)}</KeyHint>
            ))}
          </dt>
          <dd>{word(name)}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
);
