import type { RaisedAlert } from '../../../core/schema/alert.ts';
import { toCompactTime } from '../local-time.ts';
import { kindWords } from '../words.ts';
import { type ObjectContext, toMessageId } from './object-ids.ts';
import { toObjects, type ViewObjects } from './to-objects.ts';

/** Kinds of messages within their ids. */
const subscribeType = '03';
const notificationType = '04';

/** The body of `POST /VIID/SubscribeNotifications`: an alert in the wrappers that view libraries expect. */
export const toNotification = (alert: RaisedAlert, context: ObjectContext) => {
  const objects = toObjects(alert, context);
  return {
    SubscribeNotificationListObject: {
      SubscribeNotificationObject: [
        {
          NotificationID: toMessageId(alert, context, notificationType),
          SubscribeID: toMessageId(alert, context, subscribeType),
          Title: `${kindWords[alert.kind]} ${alert.cameraName}`,
          TriggerTime: toCompactTime(alert.raisedAt, context.timezone),
          InfoIDs: idsOf(objects).join(','),
          SceneObjectList: { SceneObject: objects.scenes },
          ...wrap('ThingObjectList', 'ThingObject', objects.things),
          ...wrap('MotorVehicleObjectList', 'MotorVehicleObject', objects.motorVehicles),
          ...wrap('NonMotorVehicleObjectList', 'NonMotorVehicleObject', objects.nonMotorVehicles),
        },
      ],
    },
  };
};

const idsOf = ({ scenes, things, motorVehicles, nonMotorVehicles }: ViewObjects): string[] => [
  ...scenes.map(({ SceneID }) => SceneID),
  ...things.map(({ ThingID }) => ThingID),
  ...motorVehicles.map(({ MotorVehicleID }) => MotorVehicleID),
  ...nonMotorVehicles.map(({ NonMotorVehicleID }) => NonMotorVehicleID),
];

const wrap = (list: string, name: string, objects: readonly unknown[]) =>
  objects.length > 0 ? { [list]: { [name]: objects } } : {};
