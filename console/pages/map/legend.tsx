import { SpotSign } from './spots/spot-sign.tsx';
import { conditions } from './spots/spots.ts';
import { word } from './words.ts';

/** What the signs mean. */
export const Legend = () => (
  <details class="map-legend">
    <summary>{word('legend')}</summary>
    <ul>
      {conditions.map((condition) => (
        <li key={condition}>
          <SpotSign spot={{ kind: 'camera', condition }} /> {word(condition)}
        </li>
      ))}
      {(['loudspeaker', 'responder', 'monitoringPoint'] as const).map((kind) => (
        <li key={kind}>
          <SpotSign spot={{ kind }} /> {word(kind)}
        </li>
      ))}
      <li>
        <span class="map-sign cluster" aria-hidden="true">
          12
        </span>{' '}
        {word('cluster')}
      </li>
      <li>
        <span class="map-sign alerts" aria-hidden="true">
          2
        </span>{' '}
        {word('alertRing')}
      </li>
    </ul>
  </details>
);
