import { camerasById } from '../http/site.ts';

/** The name of the zone that an alert is about, if it has one and the site still knows it. */
export const zoneOf = ({ cameraId, zoneId }: { cameraId: string; zoneId?: string }): string | undefined =>
  camerasById.value.get(cameraId)?.zones?.find(({ id }) => id === zoneId)?.name;
