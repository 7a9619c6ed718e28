import { signal } from '@preact/signals';
import type { Loudspeaker } from '../../../../core/schema/loudspeaker.ts';
import type { Responder } from '../../../../core/schema/responder.ts';
import { askAll } from '../../../http/ask-all.ts';
import { may } from '../../../http/session-state.ts';

export type Speaker = Pick<Loudspeaker, 'id' | 'name' | 'place' | 'recordings'>;

/** Who can be sent, and what can speak; undefined where the API does not tell. */
export const responders = signal<readonly Pick<Responder, 'id' | 'name' | 'place'>[] | undefined>(undefined);
export const loudspeakers = signal<readonly Speaker[] | undefined>(undefined);

/** Asked once a page, by who may: they change about as often as people do. */
export const loadResources = async (): Promise<void> => {
  const [people, speakers] = await Promise.allSettled([
    may('alerts.dispatch')
      ? askAll<Pick<Responder, 'id' | 'name' | 'place'>>('/api/v1/responders')
      : undefined,
    may('alerts.handle') ? askAll<Speaker>('/api/v1/loudspeakers') : undefined,
  ]);
  if (people.status === 'fulfilled') responders.value = people.value;
  if (speakers.status === 'fulfilled') loudspeakers.value = speakers.value;
};

/** Those in the village of an alert. */
export const loudspeakersAt = (place: string): readonly Speaker[] =>
  loudspeakers.value?.filter((one) => one.place === place) ?? [];
