import { places } from '../../http/site.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Field } from '../../parts/field.tsx';
import { placeWords } from '../../words/place-words.ts';
import { now, timeZone } from '../../words/site-time.ts';
import { askAnew, ownDays, place, span, spanName, spans } from './asked/asked.ts';
import { dayAt } from './asked/site-days.ts';
import { instantWords } from './instant-words.ts';
import { word } from './words.ts';

const spanWords = {
  today: 'spanToday',
  week: 'spanWeek',
  month: 'spanMonth',
  quarter: 'spanQuarter',
  own: 'spanOwn',
} as const;

/** What of: how long back, and where. */
export const SpanBar = () => (
  <div class="span-bar">
    <Choice
      label={word('spanLabel')}
      value={spanName.value}
      options={spans.map((value) => ({ value, label: word(spanWords[value]) }))}
      onChoose={(value) => {
        if (value === 'own' && ownDays.value.first === '') {
          const today = dayAt(now.value, timeZone.value);
          ownDays.value = { first: today, last: today };
        }
        spanName.value = value;
        askAnew();
      }}
    />
    {spanName.value === 'own' && <OwnDays />}
    <PlaceField label={word('placeLabel')} />
    <Button onClick={askAnew}>{word('refresh')}</Button>
    <p class="muted span-said">{spanSaid()}</p>
  </div>
);

const spanSaid = (): string =>
  span.value
    ? word('spanSaid', {
        from: instantWords(span.value.from),
        to: instantWords(span.value.to),
        zone: timeZone.value,
      })
    : word('spanWrong');

const OwnDays = () => (
  <>
    <DayField name="first" label={word('firstDay')} />
    <DayField name="last" label={word('lastDay')} />
  </>
);

const DayField = ({ name, label }: { name: 'first' | 'last'; label: string }) => (
  <Field label={label}>
    <input
      type="date"
      value={ownDays.value[name]}
      onChange={(event) => {
        ownDays.value = { ...ownDays.value, [name]: event.currentTarget.value };
      }}
    />
  </Field>
);

const PlaceField = ({ label }: { label: string }) => (
  <Field label={label}>
    <select
      value={place.value}
      onChange={(event) => {
        place.value = event.currentTarget.value;
      }}
    >
      <option value="">{word('wholeGround')}</option>
      {places.value.map(({ code }) => (
        <option key={code} value={code}>
          {placeWords(code)}
        </option>
      ))}
    </select>
  </Field>
);
