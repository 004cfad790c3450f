import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { t } from '../words/words';

const showButton = { 'aria-label': t('gate.show') } as const;

/** A password: pasted, shown and kept by a manager as its owner likes. */
export const Password = (props: PasswordInputProps) => (
  <PasswordInput
    dir="ltr"
    visibilityToggleFocusable
    visibilityToggleButtonProps={showButton}
    // Mantine says it of the frame only.
    aria-invalid={props.error ? true : undefined}
    {...props}
  />
);
