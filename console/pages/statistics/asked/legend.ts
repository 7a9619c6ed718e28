import { computed, signal } from '@preact/signals';
import type { StatisticsLegend } from '../../../../api/schema/legend-view.ts';
import { ask } from '../../../http/ask.ts';

/** Names and deadlines; undefined until the API has told them. */
export const legend = signal<StatisticsLegend | undefined>(undefined);

const scenarios = computed(() => new Map(legend.value?.scenarios.map((one) => [one.id, one])));
const cameras = computed(() => new Map(legend.value?.cameras.map((one) => [one.id, one])));

/** Asked before anything else is. */
export const loadLegend = async (signal: AbortSignal): Promise<void> => {
  legend.value = await ask<StatisticsLegend>('/api/v1/statistics/legend', { signal });
};

/** What was taken down since keeps its id. */
export const scenarioName = (id: string): string => scenarios.value.get(id)?.name ?? id;
export const cameraName = (id: string): string => cameras.value.get(id)?.name ?? id;
export const lineName = (cameraId: string, lineId: string): string =>
  cameras.value.get(cameraId)?.lines.find(({ id }) => id === lineId)?.name ?? lineId;
