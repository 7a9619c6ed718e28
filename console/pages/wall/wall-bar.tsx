import type { OverlayChoice } from '../../live/draw-overlay.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { placeWords } from '../../words/place-words.ts';
import { LayoutBar } from './layouts/layout-bar.tsx';
import { wallSizes } from './layouts/layouts.ts';
import type { OwnLayouts } from './layouts/use-layouts.ts';
import type { Wall } from './use-wall.ts';
import { word } from './words.ts';

export interface WallBarProps {
  wall: Wall;
  own: OwnLayouts;
  /** Codes of the places that have cameras. */
  places: readonly string[];
  overlay: OverlayChoice;
  onOverlay(overlay: OverlayChoice): void;
}

/** How many, which, and what is drawn over them. */
export const WallBar = ({ wall, own, places, overlay, onOverlay }: WallBarProps) => (
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
    <LayoutBar wall={wall} own={own} />
  </div>
);
