import { computed, signal } from '@preact/signals';
import type { CameraView } from '../../api/schema/camera-view.ts';
import type { HealthView } from '../../api/schema/health-view.ts';
import type { Place } from '../../core/schema/place.ts';
import { clockOffsetMs } from '../words/site-time.ts';
import { ask } from './ask.ts';
import { askAll } from './ask-all.ts';
import { poll } from './poll.ts';
import { may } from './session-state.ts';

/** What every page knows of the site. */
export const places = signal<readonly Place[]>([]);
export const cameras = signal<readonly CameraView[]>([]);
export const health = signal<HealthView | undefined>(undefined);
/** Whether the API answered when it was last asked how the site is. */
export const isHealthKnown = signal(true);

export const placesByCode = computed(() => new Map(places.value.map((place) => [place.code, place])));
export const camerasById = computed(() => new Map(cameras.value.map((camera) => [camera.id, camera])));

/** Keeps them fresh until what it gives is called. */
export const followSite = (): (() => void) => {
  const stops = [
    poll(10_000, loadHealth),
    poll(300_000, async (signal) => {
      places.value = await askAll<Place>('/api/v1/places', { signal });
    }),
    ...(may('cameras.read') ? [poll(30_000, loadCameras)] : []),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};

const loadHealth = async (signal: AbortSignal): Promise<void> => {
  try {
    const askedAt = Date.now();
    health.value = await ask<HealthView>('/api/v1/health', { signal });
    clockOffsetMs.value = health.value.at - (askedAt + Date.now()) / 2;
    isHealthKnown.value = true;
  } catch (error) {
    isHealthKnown.value = signal.aborted;
    throw error;
  }
};

const loadCameras = async (signal: AbortSignal): Promise<void> => {
  cameras.value = await askAll<CameraView>('/api/v1/cameras', { signal, query: { limit: 1000 } });
};
