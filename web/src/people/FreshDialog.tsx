import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { showButton } from '../sign-in/NewPasswordField';
import { t } from '../words/words';

interface Props {
  onClose: () => void;
  onProven: () => void;
}

/** Some steps need a sign-in of the last ten minutes: the password once more. */
export function FreshDialog({ onClose, onProven }: Props) {
  const [password, setPassword] = useState('');
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => body(api.POST('/api/v1/session/proof', { body: { password } })),
    onSuccess: onProven,
    onError: () => setPassword(''),
  });
  useFirstWrong(error);
  const wrong = isProblem(error, 'wrong_password') ? error.detail : undefined;
  return (
    <Dialog title={t('settings.fresh.title')} onClose={onClose} size={400} busy={isPending}>
      <p className="dlg-lead">{t('settings.fresh.lead')}</p>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <PasswordInput
          data-autofocus
          label={t('gate.password')}
          autoComplete="current-password"
          dir="ltr"
          visibilityToggleButtonProps={showButton}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          error={wrong}
        />
        {!wrong && <Bad error={error} />}
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('settings.fresh.going')}
          >
            {t('settings.fresh.go')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
