import { closed } from '../../core/schema/closed.ts';
import { Loudspeaker } from '../../core/schema/loudspeaker.ts';
import { Responder } from '../../core/schema/responder.ts';
import { named } from './named.ts';
import { pageOf } from './pages.ts';

/** Whom one may send: what to call them, and where they are at home; not how to reach them. */
export const ResponderView = named(
  'Responder',
  closed({
    id: Responder.properties.id,
    name: Responder.properties.name,
    place: Responder.properties.place,
  }),
);
export const ResponderPage = pageOf('ResponderPage', ResponderView);

/** What one may have speak, and what it can say; not how its gateway is reached. */
export const LoudspeakerView = named(
  'Loudspeaker',
  closed({
    id: Loudspeaker.properties.id,
    name: Loudspeaker.properties.name,
    place: Loudspeaker.properties.place,
    recordings: Loudspeaker.properties.recordings,
  }),
);
export const LoudspeakerPage = pageOf('LoudspeakerPage', LoudspeakerView);
