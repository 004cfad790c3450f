import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../api/client';
import { isProblem } from '../api/problem';
import { FormDialog } from '../parts/FormDialog';
import { Password } from '../parts/Password';
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
  const wrong = isProblem(error, 'wrong_password') ? error.detail : undefined;
  return (
    <FormDialog
      title={t('settings.fresh.title')}
      lead={t('settings.fresh.lead')}
      size={400}
      word={t('settings.fresh.go')}
      busyWord={t('settings.fresh.going')}
      busy={isPending}
      error={wrong ? null : error}
      onSubmit={mutate}
      onClose={onClose}
    >
      <Password
        data-autofocus
        label={t('gate.password')}
        autoComplete="current-password"
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        error={wrong}
      />
    </FormDialog>
  );
}
