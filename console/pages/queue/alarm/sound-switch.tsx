import { Button } from '../../../parts/button.tsx';
import { clockSpan } from '../../../words/span.ts';
import { word } from '../words.ts';
import { isSoundAllowed, muteLeftMs, toggleMute } from './alarm.ts';

/** Whether a new alert is heard, and the way to have ten minutes of peace. */
export const SoundSwitch = () => {
  if (!isSoundAllowed.value) return <span class="sound-off">{word('soundOff')}</span>;
  const left = muteLeftMs.value;
  return (
    <Button icon={left > 0 ? 'silent' : 'speaker'} hint="M" isPressed={left > 0} onClick={toggleMute}>
      {left > 0 ? word('mutedFor', { span: clockSpan(left) }) : word('soundOn')}
    </Button>
  );
};
