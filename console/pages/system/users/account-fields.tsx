import { type UserRole, userRoles } from '../../../../core/schema/role.ts';
import { askedPlaces, places } from '../../../http/site.ts';
import { Field } from '../../../parts/field.tsx';
import { failureWords } from '../../../words/failure-words.ts';
import { placeWords } from '../../../words/place-words.ts';
import { word } from '../words.ts';
import { roleMore, roleWord } from './role-terms.ts';

interface GroundProps {
  ground: string;
  onChange(ground: string): void;
}

/** The places whose things somebody may see: one and all below it. */
export const GroundField = ({ ground, onChange }: GroundProps) => {
  const codes = places.value.map(({ code }) => code).sort();
  const options = codes.includes(ground) || ground === '' ? codes : [ground, ...codes];
  const { answer, failure } = askedPlaces.value;
  const problem = answer === undefined && failure !== undefined ? failureWords(failure) : undefined;
  return (
    <Field label={word('ground')} hint={word('groundHint')} problem={problem}>
      <select value={ground} required onChange={({ currentTarget: { value } }) => onChange(value)}>
        {ground === '' && <option value="">{word('chooseGround')}</option>}
        {options.map((code) => (
          <option key={code} value={code}>
            {placeWords(code)} {code}
          </option>
        ))}
      </select>
    </Field>
  );
};

interface RoleProps {
  roles: readonly UserRole[];
  /** A program is none of the three administrators. */
  isForKey: boolean;
  onChange(roles: UserRole[]): void;
}

const keyRoles: readonly UserRole[] = ['operator', 'dispatcher', 'engineer'];

export const RoleFields = ({ roles, isForKey, onChange }: RoleProps) => (
  <fieldset class="roles">
    <legend class="field-label">{word('roles')}</legend>
    {(isForKey ? keyRoles : userRoles).map((role) => (
      <label key={role} class="role">
        <input
          type="checkbox"
          checked={roles.includes(role)}
          onChange={({ currentTarget: { checked } }) =>
            onChange(checked ? [...roles, role] : roles.filter((one) => one !== role))
          }
        />
        <span>
          <strong>{roleWord(role)}</strong> <span class="muted">{roleMore(role)}</span>
        </span>
      </label>
    ))}
    <p class="muted">{word('rolesApart')}</p>
  </fieldset>
);
