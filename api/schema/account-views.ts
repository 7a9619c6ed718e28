import { Type } from 'typebox';
import { ApiKey } from '../../core/schema/api-key.ts';
import { PlaceCode, ResourceId } from '../../core/schema/ids.ts';
import { UserRole } from '../../core/schema/role.ts';
import { named } from './named.ts';
import { pageOf } from './pages.ts';

export const grantedRoles = Type.Array(UserRole, { minItems: 1, maxItems: 3 });
const revision = Type.Integer({ description: 'what `If-Match` takes; `ETag` says it too' });
const shownOnce = Type.String({ description: 'shown now and never again: it is stored nowhere' });
const userFacts = { id: ResourceId, ground: PlaceCode, roles: Type.Array(UserRole), revision };

/** A user, without what their secret is checked by. */
export const UserView = named('User', Type.Object(userFacts));
export const UserPage = pageOf('UserPage', UserView);
/** `secret`: when it was made here. */
export const NewUserView = named('NewUser', Type.Object({ ...userFacts, secret: Type.Optional(shownOnce) }));
export const NewSecretView = named('NewSecret', Type.Object({ revision, secret: Type.Optional(shownOnce) }));

const { id, ground, roles, expires } = ApiKey.properties;
export const keyFacts = { id, ground, roles, expires };
export const KeyView = named('Key', Type.Object(keyFacts));
export const KeyPage = pageOf('KeyPage', KeyView);
export const NewKeyView = named('NewKey', Type.Object({ ...keyFacts, secret: shownOnce }));

export const accountViews = [
  UserView,
  UserPage,
  NewUserView,
  NewSecretView,
  KeyView,
  KeyPage,
  NewKeyView,
] as const;
