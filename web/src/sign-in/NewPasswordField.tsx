import { PasswordInput } from '@mantine/core';
import { useId, type ComponentProps } from 'react';
import { t } from '../words/words';
import { PasswordRules } from './PasswordRules';

interface Props {
  label?: string;
  error?: string;
  own: string[];
  field: Pick<ComponentProps<typeof PasswordInput>, 'name' | 'value' | 'onChange'>;
  autoFocus?: boolean;
}

export const showButton = {
  'aria-label': t('gate.show'),
  'aria-hidden': false,
  tabIndex: 0,
} as const;

/** A new password with its rules shown live. It can be shown, pasted and kept by a manager. */
export function NewPasswordField({ label = t('gate.password'), error, own, field, autoFocus }: Props) {
  const id = useId();
  return (
    <>
      <PasswordInput
        label={label}
        autoComplete="new-password"
        dir="ltr"
        maxLength={128}
        aria-describedby={id}
        visibilityToggleButtonProps={showButton}
        error={error}
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        {...field}
      />
      <PasswordRules id={id} password={String(field.value ?? '')} own={own} />
    </>
  );
}
