import { useState } from 'preact/hooks';
import type { OverlayChoice } from '../../live/draw-overlay.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { placeWords } from '../../words/place-words.ts';
import { wallSizes } from './layouts.ts';
import type { Wall } from './use-wall.ts';
import { word } from './words.ts';

export interface WallBarProps {
  wall: Wall;
  /** Codes of the places that have cameras. */
  places: readonly string[];
  overlay: OverlayChoice;
  onOverlay(overlay: OverlayChoice): void;
}

/** How many, which, and what is drawn over them. */
export const WallBar = ({ wall, places, overlay, onOverlay }: WallBarProps) => (
  <div class="wall-bar">
    <Choice
      label={word('tiles')}
      value={String(wall.size)}
      options={wallSizes.map((size) => ({ value: String(size), label: String(size) }))}
      onChoose={(value) => wall.setSize(wallSizes.find((size) => String(size) === value) ?? 4)}
    />
    <label>
      {word('village')}
      <select value={wall.place} onChange={(event) => wall.setPlace(event.currentTarget.value)}>
        <option value="">{word('everywhere')}</option>
        {places.map((code) => (
          <option key={code} value={code}>
            {placeWords(code)}
          </option>
        ))}
      </select>
    </label>
    {wall.pages > 1 && (
      <fieldset class="wall-pages">
        <Button disabled={wall.page === 0} onClick={() => wall.turn(-1)}>
          {word('previous')}
        </Button>
        <span>{word('pageOf', { page: wall.page + 1, pages: wall.pages })}</span>
        <Button disabled={wall.page >= wall.pages - 1} onClick={() => wall.turn(1)}>
          {word('next')}
        </Button>
      </fieldset>
    )}
    <fieldset class="wall-overlay">
      <legend>{word('overlay')}</legend>
      {(['boxes', 'tails', 'zones'] as const).map((part) => (
        <Button
          key={part}
          isPressed={overlay[part]}
          onClick={() => onOverlay({ ...overlay, [part]: !overlay[part] })}
        >
          {word(part)}
        </Button>
      ))}
    </fieldset>
    <Layouts wall={wall} />
  </div>
);

const Layouts = ({ wall }: { wall: Wall }) => {
  const [name, setName] = useState('');
  const find = (wanted: string) => wall.layouts.find((layout) => layout.name === wanted);
  return (
    <form
      class="wall-layouts"
      onSubmit={(event) => {
        event.preventDefault();
        wall.save(name);
        setName('');
      }}
    >
      <label>
        {word('layout')}
        <select value={wall.name} onChange={(event) => wall.show(find(event.currentTarget.value))}>
          <option value="">{word(wall.cameraIds ? 'byHand' : 'byVillage')}</option>
          {wall.layouts.map((layout) => (
            <option key={layout.name} value={layout.name}>
              {layout.name}
            </option>
          ))}
        </select>
      </label>
      {wall.name !== '' && <Button onClick={() => wall.remove(wall.name)}>{word('remove')}</Button>}
      <input
        value={name}
        maxLength={40}
        aria-label={word('layoutName')}
        placeholder={word('layoutName')}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {word('save')}
      </Button>
    </form>
  );
};
