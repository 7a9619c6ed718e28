import { useEffect, useRef, useState } from 'preact/hooks';
import { theme } from '../../../theme/theme.ts';
import { language } from '../../../words/language.ts';
import { word } from '../words.ts';
import type { Drawn } from './draw.ts';
import type { PlotProps } from './plot-data.ts';
import { stepWords } from './step-words.ts';

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** A plot that is read with the pointer or the arrow keys; what is read stands below it. What draws it loads with the first one. */
export const Plot = (props: PlotProps) => {
  const element = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | undefined>(undefined);
  const [index, setIndex] = useState<number>();
  const look = `${theme.value} ${language.value}`;
  useEffect(() => {
    let isLeft = false;
    void import('./draw.ts').then(({ draw }) => {
      if (!isLeft && element.current) drawn.current = draw(element.current, props, setIndex);
    });
    return () => {
      isLeft = true;
      drawn.current?.close();
      drawn.current = undefined;
    };
  }, [props.at, props.series, look]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    drawn.current?.move(by);
  };
  return (
    <div class="plot">
      <Keys {...props} />
      <div
        class="plot-ground"
        ref={element}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read it
        tabIndex={0}
        role="img"
        aria-label={props.label}
        {...{ onKeyDown }}
      />
      <p class="plot-reading" aria-live="polite">
        {toReading(props, index)}
      </p>
    </div>
  );
};

const toReading = (props: PlotProps, index: number | undefined): string => {
  const at = index === undefined ? undefined : props.at[index];
  if (index === undefined || at === undefined) return word('howToRead');
  const values = props.series.map(({ label, values: all }) => {
    const value = all[index];
    return `${label} ${value === null || value === undefined ? word('none') : props.say(value)}`;
  });
  return word('reading', { when: stepWords(at, props.step), values: values.join(word('listComma')) });
};

/** Which colour is what. */
const Keys = ({ series }: PlotProps) => (
  <ul class="plot-keys row">
    {series.map(({ label, tone, kind }) => (
      <li key={label} class={`plot-key ${tone} ${kind}`}>
        {label}
      </li>
    ))}
  </ul>
);
