import { Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { backlogQuery } from '../api/catalogue';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { roles } from './roles';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const configured = useQuery(backlogQuery).data?.configured;
  const { values, set, text } = useFields({ email: '', role: 'agent' as Schemas['Role'] });
  const [once] = useState(onceOnly);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => {
      const order = { email: values.email.trim(), role: values.role };
      return body(api.POST('/api/v1/invitations', { params: once, body: order }));
    },
    onSuccess: async ({ email }) => {
      await queries.invalidateQueries({ queryKey: keys.invitations });
      say(t('settings.people_page.invited', { email }));
      onClose();
    },
  });
  const lead = configured === false ? 'dialog_no_mail' : 'dialog_lead';
  return (
    <FormDialog
      title={t('settings.people_page.dialog')}
      lead={t(`settings.people_page.${lead}`)}
      word={t('settings.people_page.dialog_go')}
      busyWord={t('settings.people_page.dialog_going')}
      busy={isPending}
      error={error}
      shown={['/email']}
      onSubmit={mutate}
      onClose={onClose}
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
    </FormDialog>
  );
}
