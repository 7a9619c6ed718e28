import { Button } from '../../parts/button.tsx';
import { FailureText } from '../../parts/failure-text.tsx';
import { word as shared } from '../../words/words.ts';
import { SoundSwitch } from './alarm/sound-switch.tsx';
import { isOpen } from './list/open-list.ts';
import { alerts, isLoaded, loadFailure, loadQueue } from './queue-store.ts';
import { searchText } from './selection.ts';
import { openDialog } from './steps/dialogs.ts';
import { word } from './words.ts';

export const searchFieldId = 'queue-search';

/** How much there is to do, the way to find one, and what concerns the whole queue. */
export const QueueHead = () => {
  const count = [...alerts.value.values()].filter(isOpen).length;
  return (
    <header class="queue-head">
      <div class="row">
        <h1>{word('title')}</h1>
        <strong class="queue-count">{isLoaded.value && word('openCount', { count })}</strong>
        <SoundSwitch />
      </div>
      <div class="row">
        <input
          id={searchFieldId}
          class="grow"
          type="search"
          aria-label={word('searchLabel')}
          placeholder={`${word('searchLabel')} ( / )`}
          value={searchText.value}
          onInput={(event) => {
            searchText.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        <Button
          icon="note"
          onClick={() => {
            openDialog.value = 'handover';
          }}
        >
          {word('handover')}
        </Button>
        <Button
          hint="?"
          onClick={() => {
            openDialog.value = 'help';
          }}
        >
          {word('help')}
        </Button>
      </div>
      {isLoaded.value && loadFailure.value !== undefined && (
        <div class="row field-problem" role="alert">
          <FailureText failure={loadFailure.value} />
          <Button onClick={() => void loadQueue()}>{shared('retry')}</Button>
        </div>
      )}
    </header>
  );
};
