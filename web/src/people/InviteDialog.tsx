import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { backlogQuery } from '../api/catalogue';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { roles } from './PeoplePage';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const configured = useQuery(backlogQuery).data?.configured;
  const { values, set, text } = useFields({ email: '', role: 'agent' as Schemas['Role'] });
  const [once] = useState(onceOnly);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/invitations', {
          params: once,
          body: { email: values.email.trim(), role: values.role },
        }),
      ),
    onSuccess: async ({ email }) => {
      await queries.invalidateQueries({ queryKey: keys.invitations });
      say(t('settings.people_page.invited', { email }));
      onClose();
    },
  });
  useFirstWrong(error);
  return (
    <Dialog title={t('settings.people_page.dialog')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        {configured === false
          ? t('settings.people_page.dialog_no_mail')
          : t('settings.people_page.dialog_lead')}
      </p>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <TextInput
          data-autofocus
          type="email"
          label={t('settings.people_page.email')}
          dir="ltr"
          autoComplete="off"
          error={isProblem(error) ? error.at('/email') : undefined}
          {...text('email')}
        />
        <Select
          label={t('settings.people_page.role')}
          description={t(`settings.people_page.role_more.${values.role}`)}
          value={values.role}
          onChange={(role) => role && set({ role: role as Schemas['Role'] })}
          data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
        <Bad error={error} shown={['/email']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('settings.people_page.dialog_going')}
          >
            {t('settings.people_page.dialog_go')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
