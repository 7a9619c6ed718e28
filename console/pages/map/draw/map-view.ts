import { Map as GroundMap, LatLngBounds, TileLayer } from 'leaflet';
import type { MapSettings } from '../../../../core/schema/map.ts';
import { type LonLat, toMap } from '../ground/shift.ts';
import { toTemplate } from '../ground/tile-template.ts';
import type { Spot } from '../spots/spots.ts';
import { openCanvas } from './canvas.ts';
import { Clusters } from './clusters.ts';
import {
  drawGraticule,
  drawNames,
  drawOutlines,
  inSight,
  type Rect,
  type Seen,
  type Village,
} from './draw-ground.ts';
import { drawSpots, type Placed } from './draw-spots.ts';
import type { Frame } from './frame.ts';
import { type Palette, readPalette } from './palette.ts';
import { drawPulses, keepPulsing, pulsing } from './pulse.ts';
import { whenStill } from './when-still.ts';

/** What is to be drawn. */
export interface Scene {
  spots: readonly Spot[];
  villages: readonly Village[];
  hasAlerts: boolean;
  chosen: Spot | undefined;
}

export interface MapEvents {
  onChoose(spot: Spot): void;
  /** Whether one is near enough for loudspeakers, responders and monitoring points to be drawn. */
  onNear(isNear: boolean): void;
}

const deepestZoom = 19;
/** From farther away, loudspeakers, responders and monitoring points would lie on top of the cameras. */
const marksFromZoom = 14;
/** More outlines and names than these hide each other; the clusters say how many cameras there are. */
const mostVillages = 60;
/** Where somebody looks who has nothing yet: China. */
const farAway: LonLat = [104, 35];

/** The map: a ground that can be moved, and everything drawn on it. Closed by its owner. */
export class MapView {
  readonly #map: GroundMap;
  readonly #hasTiles: boolean;
  readonly #stops: (() => void)[] = [];
  #request = (): void => undefined;
  #scene: Scene = { spots: [], villages: [], hasAlerts: true, chosen: undefined };
  #layers: Clusters[] = [];
  /** Sorting tens of thousands anew takes a tenth of a second and more: a moving map would stand still meanwhile. */
  readonly #sorting = whenStill(() => this.#sort());
  #placed: Placed[] = [];
  #hasCameras = false;
  #palette: Palette = readPalette();
  readonly #events: MapEvents;

  constructor(host: HTMLElement, settings: MapSettings, events: MapEvents) {
    this.#events = events;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#hasTiles = settings.tiles !== undefined;
    this.#map = new GroundMap(host, {
      ...{ zoomControl: false, attributionControl: false, maxZoom: deepestZoom, minZoom: 3 },
      // Tiles are sharp at whole zooms only.
      zoomSnap: this.#hasTiles ? 1 : 0.25,
      ...{ zoomAnimation: !isCalm, fadeAnimation: !isCalm, inertia: !isCalm },
    });
    this.#map.setView(toLatLng(this.#centre(settings)), settings.zoom ?? 5);
    if (settings.tiles) this.#addTiles(settings.tiles);
    // From below: what stands still, what pulses, and what is read; a pulse draws nothing but itself.
    const open = (draw: (frame: Frame) => void) => openCanvas(this.#map, () => this.#palette, draw);
    const canvases = [
      open((frame) => this.#drawGround(frame)),
      open((frame) => this.#drawPulses(frame)),
      open((frame) => this.#drawSpots(frame)),
    ];
    this.#request = () => {
      for (const { request } of canvases) request();
    };
    this.#map.on('click', ({ containerPoint: { x, y } }) => this.#press(x, y, events.onChoose));
    this.#map.on('mousemove', ({ containerPoint: { x, y } }) => {
      host.classList.toggle('over-spot', this.#hit(x, y) !== undefined);
    });
    this.#map.on('movestart zoomstart', () => this.#sorting.moving(true));
    this.#map.on('moveend', () => this.#sorting.moving(false));
    const resized = new ResizeObserver(() => this.#map.invalidateSize({ pan: false }));
    resized.observe(host);
    this.#stops.push(
      keepPulsing(
        () => this.#scene.hasAlerts && pulsing(this.#placed).length > 0,
        () => canvases[1]?.request(),
      ),
      ...canvases.map(({ close }) => close),
      () => resized.disconnect(),
      () => this.#sorting.close(),
      () => this.#map.remove(),
    );
  }

  /** Shows other things; those that are the same object as before are not sorted anew, others when nothing moves. */
  show(scene: Scene): void {
    const isOther = scene.spots !== this.#scene.spots;
    const isFirst = this.#scene.spots.length === 0;
    this.#scene = scene;
    if (isOther && isFirst) this.#sort();
    else if (isOther) this.#sorting.request();
    this.#request();
  }

  #sort(): void {
    const { spots } = this.#scene;
    const isCamera = ({ kind }: Spot): boolean => kind === 'camera';
    const others = spots.filter((spot) => !isCamera(spot));
    this.#layers = [new Clusters(others), new Clusters(spots.filter(isCamera))];
    this.#hasCameras = spots.some(isCamera);
    this.#request();
  }

  /** Takes up the theme's colours. */
  repaint(): void {
    this.#palette = readPalette();
    this.#request();
  }

  zoomBy(levels: 1 | -1): void {
    this.#map.setZoom(this.#map.getZoom() + levels);
  }

  lookAt(at: LonLat, zoom = 16): void {
    this.#map.setView(toLatLng(at), Math.max(this.#map.getZoom(), zoom));
  }

  /** Puts all of these into sight. */
  fit(points: readonly LonLat[]): void {
    if (points.length === 0) return;
    const bounds = new LatLngBounds(points.map(toLatLng));
    this.#map.fitBounds(bounds, { padding: [70, 70], maxZoom: 16, animate: false });
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #centre({ centre, tiles }: MapSettings): LonLat {
    return centre ? toMap([centre.longitude, centre.latitude], tiles?.coordinates ?? 'wgs84') : farAway;
  }

  #addTiles({ url, maxZoom }: NonNullable<MapSettings['tiles']>): void {
    new TileLayer(toTemplate(url), { maxNativeZoom: maxZoom, maxZoom: deepestZoom }).addTo(this.#map);
  }

  #villages(frame: Frame): Seen[] {
    return inSight(frame, this.#scene.villages, mostVillages);
  }

  #drawGround(frame: Frame): void {
    if (this.#hasTiles) return;
    drawGraticule(frame);
    drawOutlines(frame, this.#villages(frame));
  }

  #drawPulses(frame: Frame): void {
    if (this.#scene.hasAlerts && !matchMedia('(prefers-reduced-motion: reduce)').matches)
      drawPulses(frame, this.#placed, performance.now());
  }

  #drawSpots(frame: Frame): void {
    const { hasAlerts, chosen } = this.#scene;
    if (chosen?.at) drawChosen(frame, chosen.at);
    const [marks, cameras] = this.#layers;
    const isNear = frame.zoom >= marksFromZoom || !this.#hasCameras;
    this.#events.onNear(isNear);
    this.#placed = [isNear ? marks : undefined, cameras].flatMap((layer) =>
      layer ? drawSpots(frame, layer.within(frame.box, frame.zoom), hasAlerts) : [],
    );
    drawNames(frame, this.#villages(frame), this.#placed.map(toRect));
  }

  #hit(x: number, y: number): Placed | undefined {
    const near = this.#placed.filter((one) => Math.hypot(one.x - x, one.y - y) <= one.radius + 6);
    return near.sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0];
  }

  #press(x: number, y: number, onChoose: (spot: Spot) => void): void {
    const drawn = this.#hit(x, y)?.drawn;
    if (!drawn) return;
    if ('spot' in drawn) onChoose(drawn.spot);
    else this.#map.setView(toLatLng(drawn.at), Math.min(deepestZoom, drawn.of.zoomInto(drawn.cluster)));
  }
}

const toLatLng = ([longitude, latitude]: LonLat): [number, number] => [latitude, longitude];

const toRect = ({ x, y, radius }: Placed): Rect => [x - radius, y - radius, x + radius, y + radius];

const drawChosen = ({ context, palette, toPixel }: Frame, at: LonLat): void => {
  const [x, y] = toPixel(at);
  context.beginPath();
  context.arc(x, y, palette.rem * 1.5, 0, 2 * Math.PI);
  context.lineWidth = 4;
  context.strokeStyle = palette.accent;
  context.stroke();
};
