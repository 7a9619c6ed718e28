import { batch } from '@preact/signals';
import type { CameraPositions, MapView, PlaceTree } from '../../../api/schema/map-views.ts';
import type { OpenAlertView } from '../../../api/schema/open-alert-view.ts';
import { listenForAlerts } from '../../http/alert-stream.ts';
import { ask, askRaw } from '../../http/ask.ts';
import { askAll } from '../../http/ask-all.ts';
import { poll } from '../../http/poll.ts';
import { may } from '../../http/session-state.ts';
import { failures, openAlerts, positions, tree, view } from './map-state.ts';

const positionsEveryMs = 10_000;
const groundEveryMs = 60_000;
/** Alerts that come together are asked for together. */
const reloadAfterMs = 1000;

let lastTag: string | null = null;

/** 30,000 cameras are not read again while nothing about them has changed. */
const loadPositions = async (signal?: AbortSignal): Promise<void> => {
  const response = await askRaw('/api/v1/cameras/positions', signal ? { signal } : {});
  const tag = response.headers.get('ETag');
  const isSame = tag !== null && tag === lastTag && positions.peek() !== undefined;
  lastTag = tag;
  if (!isSame) positions.value = (await response.json()) as CameraPositions;
};

const loadGround = async (signal?: AbortSignal): Promise<void> => {
  const options = signal ? { signal } : {};
  const [ground, places] = await Promise.all([
    ask<MapView>('/api/v1/map', options),
    ask<PlaceTree>('/api/v1/places/tree', options),
  ]);
  batch(() => {
    if (JSON.stringify(ground) !== JSON.stringify(view.peek())) view.value = ground;
    tree.value = places.items;
  });
};

const loadAlerts = async (): Promise<void> => {
  openAlerts.value = await askAll<OpenAlertView>('/api/v1/alerts/open', { query: { limit: 500 } });
};

/** Says that what is shown is not the latest, until it is again. */
const noting = async (part: keyof typeof failures.value, work: Promise<void>): Promise<void> => {
  try {
    await work;
    const { [part]: _, ...others } = failures.peek();
    failures.value = others;
  } catch (failure) {
    failures.value = { ...failures.peek(), [part]: failure };
    throw failure;
  }
};

/** What became of it is shown. */
const quietly = (work: Promise<void>): void => void work.catch(() => undefined);

export const loadMap = (): void => {
  quietly(noting('positions', loadPositions()));
  quietly(noting('ground', loadGround()));
  if (may('alerts.read')) quietly(noting('alerts', loadAlerts()));
};

/** Keeps the map as the site is, until what it gives is called. */
export const followMap = (): (() => void) => {
  const stops = [
    poll(positionsEveryMs, (signal) => noting('positions', loadPositions(signal))),
    poll(groundEveryMs, (signal) => noting('ground', loadGround(signal))),
    ...(may('alerts.read') ? [followAlerts()] : []),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};

const followAlerts = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reload = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      quietly(noting('alerts', loadAlerts()));
    }, reloadAfterMs);
  };
  quietly(noting('alerts', loadAlerts()));
  const stop = listenForAlerts({
    onAlertEvent: ({ type }) => {
      if (type === 'raised' || type === 'transition') reload();
    },
    onGap: reload,
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
};
