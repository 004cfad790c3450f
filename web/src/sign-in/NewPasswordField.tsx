import type { ComponentProps } from 'react';
import { Password } from '../parts/Password';
import { t } from '../words/words';
import { PasswordRules } from './PasswordRules';

interface Props {
  label?: string;
  error?: string;
  /** Words that must not make up the password: name, address, company. */
  own: string[];
  field: Pick<ComponentProps<typeof Password>, 'name' | 'value' | 'onChange'>;
  autoFocus?: boolean;
}

/** A new password with its rules shown live. */
export const NewPasswordField = (props: Props) => (
  <Password
    label={props.label ?? t('gate.password')}
    autoComplete="new-password"
    maxLength={128}
    error={props.error}
    autoFocus={props.autoFocus}
    inputWrapperOrder={['label', 'input', 'error', 'description']}
    descriptionProps={{ component: 'div' }}
    description={<PasswordRules password={String(props.field.value ?? '')} own={props.own} />}
    {...props.field}
  />
);
