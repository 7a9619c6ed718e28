import { DomEvent, DomUtil, type Map as GroundMap, type ZoomAnimEvent } from 'leaflet';
import { type Frame, toPixels } from './frame.ts';
import type { Palette } from './palette.ts';

/** Beyond the edge, so that what is half in sight is drawn. */
const edgePx = 60;

export interface MapCanvas {
  /** Draws again before the next picture of the screen; as often as it is asked, once. */
  request(): void;
  close(): void;
}

/** A canvas over the ground that moves and grows with it; `draw` draws all that is in sight. */
export const openCanvas = (
  map: GroundMap,
  palette: () => Palette,
  draw: (frame: Frame) => void,
): MapCanvas => {
  const canvas = DomUtil.create('canvas', 'map-canvas leaflet-zoom-animated', map.getPane('overlayPane'));
  const context = canvas.getContext('2d');
  let wanted = 0;
  const paint = (): void => {
    wanted = 0;
    if (!context) return;
    const { x: width, y: height } = map.getSize();
    resize(canvas, width, height);
    DomUtil.setTransform(canvas, map.containerPointToLayerPoint([0, 0]), 1);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(toFrame(map, context, palette()));
  };
  const request = (): void => {
    wanted ||= requestAnimationFrame(paint);
  };
  // While the ground grows, what was drawn grows with it; it is drawn anew when that is over.
  const onZoom = ({ center, zoom }: ZoomAnimEvent): void => {
    const origin = map
      .project(center, zoom)
      .subtract(map.getSize().divideBy(2))
      .add(DomUtil.getPosition(map.getPanes().mapPane));
    const corner = map.project(map.containerPointToLatLng([0, 0]), zoom).subtract(origin);
    DomUtil.setTransform(canvas, corner, map.getZoomScale(zoom));
  };
  map.on('move viewreset zoomend resize', request);
  map.on('zoomanim', onZoom);
  request();
  return {
    request,
    close: () => {
      cancelAnimationFrame(wanted);
      map.off('move viewreset zoomend resize', request);
      map.off('zoomanim', onZoom);
      DomEvent.off(canvas);
      canvas.remove();
    },
  };
};

const resize = (canvas: HTMLCanvasElement, width: number, height: number): void => {
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width === w && canvas.height === h) return;
  canvas.width = w;
  canvas.height = h;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
};

const toFrame = (map: GroundMap, context: CanvasRenderingContext2D, palette: Palette): Frame => {
  const { x: width, y: height } = map.getSize();
  const { min } = map.getPixelBounds();
  const from = map.containerPointToLatLng([-edgePx, height + edgePx]);
  const to = map.containerPointToLatLng([width + edgePx, -edgePx]);
  return {
    ...{ context, width, height, palette, zoom: map.getZoom() },
    toPixel: toPixels(map.getZoom(), min?.x ?? 0, min?.y ?? 0),
    box: [from.lng, from.lat, to.lng, to.lat],
  };
};
