import { computed, signal } from '@preact/signals';
import type { CameraView } from '../../api/schema/camera-view.ts';
import type { HealthView } from '../../api/schema/health-view.ts';
import type { Place } from '../../core/schema/place.ts';
import { clockOffsetMs } from '../words/site-time.ts';
import { connection } from './alert-stream.ts';
import { ask } from './ask.ts';
import { askAll } from './ask-all.ts';
import { toAskFailure } from './ask-failure.ts';
import { poll } from './poll.ts';
import { may } from './session-state.ts';
import type { Asked } from './use-answer.ts';

/** What every page knows of the site. */
export const places = signal<readonly Place[]>([]);
export const cameras = signal<readonly CameraView[]>([]);
export const health = signal<HealthView | undefined>(undefined);
/** Since when the API has not answered that, nor anything else. */
const unansweredSince = signal<number | undefined>(undefined);
const arePlacesKnown = signal(false);
const placesFailure = signal<unknown>(undefined);
const areCamerasKnown = signal(false);
const camerasFailure = signal<unknown>(undefined);
const healthFailure = signal<unknown>(undefined);
const isHealthKnown = signal(true);

/** Since when the site cannot be reached: by the alert stream of who has one, and by what everybody asks. */
export const lostSince = computed<number | undefined>(() => {
  const asked = unansweredSince.value;
  if (!may('alerts.read')) return asked;
  const { isConnected, since } = connection.value;
  if (!isConnected) return Math.min(since, asked ?? since);
  return asked !== undefined && asked > since ? asked : undefined;
});
/** Whether what is known of the site is how it is now. */
export const isSiteKnown = computed(() => isHealthKnown.value && lostSince.value === undefined);

export const placesByCode = computed(() => new Map(places.value.map((place) => [place.code, place])));
export const camerasById = computed(() => new Map(cameras.value.map((camera) => [camera.id, camera])));

/** The same as pages ask for it: not known yet, known, or why the last asking came to nothing. */
export const askedPlaces = computed<Asked<readonly Place[]>>(() => ({
  answer: arePlacesKnown.value ? places.value : undefined,
  failure: placesFailure.value,
  again: () => askAgain(loadPlaces),
}));
export const askedCameras = computed<Asked<readonly CameraView[]>>(() => ({
  answer: areCamerasKnown.value ? cameras.value : undefined,
  failure: camerasFailure.value,
  again: () => askAgain(loadCameras),
}));
export const askedHealth = computed<Asked<HealthView>>(() => ({
  answer: health.value,
  failure: healthFailure.value,
  again: () => askAgain(loadHealth),
}));

/** Without a poll's signal; what becomes of it is shown. */
const askAgain = (load: (signal: AbortSignal) => Promise<void>): void => {
  load(new AbortController().signal).catch(() => undefined);
};

/** Keeps them fresh until what it gives is called. */
export const followSite = (): (() => void) => {
  const stops = [
    poll(10_000, loadHealth),
    poll(300_000, loadPlaces),
    ...(may('cameras.read') ? [poll(30_000, loadCameras)] : []),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};

/** Anything else was said by the API itself, which is there then. */
const silences: ReadonlySet<string> = new Set(['unreachable', 'deadline', 'unreadable']);

const loadHealth = async (signal: AbortSignal): Promise<void> => {
  try {
    const askedAt = Date.now();
    health.value = await ask<HealthView>('/api/v1/health', { signal });
    clockOffsetMs.value = health.value.at - (askedAt + Date.now()) / 2;
    isHealthKnown.value = true;
    unansweredSince.value = undefined;
    healthFailure.value = undefined;
  } catch (error) {
    isHealthKnown.value = signal.aborted;
    if (!signal.aborted) {
      healthFailure.value = error;
      if (silences.has(toAskFailure(error).code)) unansweredSince.value ??= Date.now();
      else unansweredSince.value = undefined;
    }
    throw error;
  }
};

const loadPlaces = async (signal: AbortSignal): Promise<void> => {
  try {
    places.value = await askAll<Place>('/api/v1/places', { signal });
    arePlacesKnown.value = true;
    placesFailure.value = undefined;
  } catch (error) {
    if (!signal.aborted) placesFailure.value = error;
    throw error;
  }
};

const loadCameras = async (signal: AbortSignal): Promise<void> => {
  try {
    cameras.value = await askAll<CameraView>('/api/v1/cameras', { signal, query: { limit: 1000 } });
    areCamerasKnown.value = true;
    camerasFailure.value = undefined;
  } catch (error) {
    if (!signal.aborted) camerasFailure.value = error;
    throw error;
  }
};
