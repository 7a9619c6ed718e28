import type { RaisedAlert } from '../../../core/schema/alert.ts';
import type { Label } from '../../../core/schema/label.ts';
import { thingWords } from '../words.ts';
import { type ObjectContext, objectTypes, toObjectId, toSourceId } from './object-ids.ts';

interface ObjectBase {
  /** 1: found by a machine. */
  InfoKind: 1;
  SourceID: string;
  DeviceID: string;
}
export interface ThingObject extends ObjectBase {
  ThingID: string;
  Name: string;
}
export interface SceneObject extends ObjectBase {
  SceneID: string;
}
export interface MotorVehicleObject extends ObjectBase {
  MotorVehicleID: string;
  VehicleClass: string;
}
export interface NonMotorVehicleObject extends ObjectBase {
  NonMotorVehicleID: string;
}

/** What a view library may be told of an alert. There is no place in it for anybody's face, body or plate. */
export interface ViewObjects {
  scenes: SceneObject[];
  things: ThingObject[];
  motorVehicles: MotorVehicleObject[];
  nonMotorVehicles: NonMotorVehicleObject[];
}

/** Main classes of GA 24.4: passenger, goods, motorcycle. Finer ones go by size, which is not measured. */
const vehicleClasses: ReadonlyMap<Label, string> = new Map([
  ['car', 'K'],
  ['bus', 'K'],
  ['truck', 'H'],
  ['motorcycle', 'M'],
]);

const debris = '遗撒物';

/**
 * The scene in which an alert was raised, and what was in it but people. Where each field comes from:
 * docs/integration/ga1400.md. Boxes are left out: they would be in pixels of a picture whose size an alert does not say.
 */
export const toObjects = (alert: RaisedAlert, context: ObjectContext): ViewObjects => {
  const sourceId = toSourceId(alert, context);
  const base: ObjectBase = { InfoKind: 1, SourceID: sourceId, DeviceID: context.deviceId };
  const objects: ViewObjects = {
    scenes: [{ SceneID: toObjectId(sourceId, objectTypes.scene, 1), ...base }],
    ...{ things: [], motorVehicles: [], nonMotorVehicles: [] },
  };
  const idOf = (type: string, before: readonly unknown[]) => toObjectId(sourceId, type, before.length + 1);
  const addThing = (name: string): void => {
    objects.things.push({ ThingID: idOf(objectTypes.thing, objects.things), ...base, Name: name });
  };
  for (const { label } of alert.objects) {
    const vehicleClass = vehicleClasses.get(label);
    const word = thingWords.get(label);
    if (vehicleClass !== undefined) {
      const id = idOf(objectTypes.motorVehicle, objects.motorVehicles);
      objects.motorVehicles.push({ MotorVehicleID: id, ...base, VehicleClass: vehicleClass });
    } else if (label === 'bicycle') {
      const id = idOf(objectTypes.nonMotorVehicle, objects.nonMotorVehicles);
      objects.nonMotorVehicles.push({ NonMotorVehicleID: id, ...base });
    } else if (word !== undefined) addThing(word);
  }
  if (alert.facts.obstacle === 'debris') addThing(debris);
  return objects;
};
