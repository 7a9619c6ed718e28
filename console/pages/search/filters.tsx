import { cameras, places } from '../../http/site.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { kindWord, severityWord, stateWord } from '../../words/alert-terms.ts';
import { placeWords } from '../../words/place-words.ts';
import { now, timeZone } from '../../words/site-time.ts';
import { fromLocal, toLocal } from './local-time.ts';
import { type SearchQuery, spanOf, spans, toggled, usualQuery } from './search-query.ts';
import { query, search } from './search-store.ts';
import { word } from './words.ts';

const change = (part: Partial<SearchQuery>): void => {
  void search({ ...query.value, ...part });
};

/** What is looked for. Every choice looks at once. */
export const Filters = () => (
  <form
    class="search-filters stack"
    aria-label={word('filters')}
    onSubmit={(event) => event.preventDefault()}
  >
    <SpanChoice />
    <Field label={word('place')}>
      <select
        value={query.value.place ?? ''}
        onChange={(event) => change({ place: event.currentTarget.value || undefined, camera: undefined })}
      >
        <option value="">{word('everywhere')}</option>
        {[...places.value]
          .sort((a, b) => a.code.localeCompare(b.code))
          .map(({ code }) => (
            <option key={code} value={code}>
              {placeWords(code)}
            </option>
          ))}
      </select>
    </Field>
    <Field label={word('camera')}>
      <select
        value={query.value.camera ?? ''}
        onChange={(event) => change({ camera: event.currentTarget.value || undefined })}
      >
        <option value="">{word('allCameras')}</option>
        {cameras.value
          .filter(({ place }) => place.startsWith(query.value.place ?? ''))
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </select>
    </Field>
    <Several label={word('severity')} of="severity" words={severityWord} />
    <Several label={word('state')} of="state" words={stateWord} />
    <Several label={word('kind')} of="kind" words={kindWord} />
    <Button onClick={() => void search(usualQuery)}>{word('clear')}</Button>
  </form>
);

const SpanChoice = () => {
  const { days } = query.value;
  const { from, to } = spanOf(query.value, now.peek());
  const exactly = (part: { from?: number | undefined; to?: number | undefined }): void => {
    const wanted = { from, to, ...part };
    if (wanted.from !== undefined && wanted.to !== undefined && wanted.from < wanted.to)
      change({ days: undefined, ...wanted });
  };
  return (
    <fieldset class="choice">
      <legend>{word('span')}</legend>
      <div class="choice-options">
        {spans.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === days}
            onClick={() => change({ days: one, from: undefined, to: undefined })}
          >
            {word('lastDays', { days: one })}
          </button>
        ))}
      </div>
      <Field label={word('from')}>
        <input
          type="datetime-local"
          value={toLocal(from, timeZone.value)}
          onChange={(event) => exactly({ from: fromLocal(event.currentTarget.value, timeZone.value) })}
        />
      </Field>
      <Field label={word('to')}>
        <input
          type="datetime-local"
          value={toLocal(to, timeZone.value)}
          onChange={(event) => exactly({ to: fromLocal(event.currentTarget.value, timeZone.value) })}
        />
      </Field>
    </fieldset>
  );
};

interface SeveralProps<Key extends string> {
  label: string;
  of: 'kind' | 'severity' | 'state';
  words: ((key: Key) => string) & { readonly words: { zh: Readonly<Record<Key, string>> } };
}

/** Any number of a closed list; none means all. */
const Several = <Key extends string>({ label, of, words }: SeveralProps<Key>) => (
  <fieldset class="choice">
    <legend>{label}</legend>
    <div class="choice-options">
      {(Object.keys(words.words.zh) as Key[]).map((key) => (
        <button
          key={key}
          type="button"
          aria-pressed={query.value[of].includes(key)}
          onClick={() => change({ [of]: toggled(query.value[of], key) })}
        >
          {words(key)}
        </button>
      ))}
    </div>
  </fieldset>
);
