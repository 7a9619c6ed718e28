import { useState } from 'preact/hooks';
import { Button } from '../../../parts/button.tsx';
import { FailureText } from '../../../parts/failure-text.tsx';
import type { Wall } from '../use-wall.ts';
import { word } from '../words.ts';
import { maxNameLength } from './layouts.ts';
import type { OwnLayouts } from './use-layouts.ts';

export interface LayoutBarProps {
  wall: Wall;
  own: OwnLayouts;
}

/** Which layout is shown, and what keeps the wall as one. */
export const LayoutBar = ({ wall, own }: LayoutBarProps) => {
  const [name, setName] = useState('');
  const find = (wanted: string) => own.layouts.find(({ layoutId }) => layoutId === wanted);
  const shown = find(wall.layoutId);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const layout = await own.save({ name: name.trim(), ...wall.shown() });
    if (!layout) return;
    wall.show(layout);
    setName('');
  };
  return (
    <form class="wall-layouts" onSubmit={(event) => void save(event)}>
      <label>
        {word('layout')}
        <select value={wall.layoutId} onChange={(event) => wall.show(find(event.currentTarget.value))}>
          <option value="">{word(wall.cameraIds ? 'byHand' : 'byVillage')}</option>
          {own.layouts.map(({ layoutId, name: title }) => (
            <option key={layoutId} value={layoutId}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {shown && (
        <Button
          onClick={() => {
            void own.remove(shown);
            wall.forgetLayout();
          }}
        >
          {word('remove')}
        </Button>
      )}
      <input
        value={name}
        maxLength={maxNameLength}
        aria-label={word('layoutName')}
        placeholder={word('layoutName')}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {word('save')}
      </Button>
      {own.failure !== undefined && (
        <div class="field-problem">
          <FailureText failure={own.failure} />
        </div>
      )}
    </form>
  );
};

/** What this browser kept by itself before: kept for the user from now on, or forgotten. */
export const LeftLayouts = ({ own }: { own: OwnLayouts }) =>
  own.left.length === 0 ? null : (
    <div class="wall-left row" role="status">
      <span>{word('left', { count: own.left.length })}</span>
      <Button tone="main" onClick={() => void own.keepLeft()}>
        {word('keepLeft')}
      </Button>
      <Button onClick={own.forget}>{word('forgetLeft')}</Button>
    </div>
  );
