import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import '../styles/fields';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { paths } from '../paths';
import { types } from '../requests/filters';
import { t } from '../words/words';
import { templatesQuery } from './queries';
import { occasions, type Occasion } from './variables';

/** A new template begins as a copy of the one that its occasion has already. */
export default function AddDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const templates = useQuery(templatesQuery).data ?? [];
  const { values, set, text } = useFields({
    type: 'erase' as Schemas['Type'],
    occasion: 'granted' as Occasion,
    language: 'en',
    name: '',
  });
  const [once] = useState(onceOnly);
  const like = templates.find(
    ({ type, occasion }) => type === values.type && occasion === values.occasion,
  );
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/templates', {
          params: once,
          body: {
            ...values,
            name: values.name.trim(),
            language: values.language.trim(),
            subject: like?.subject ?? '{{company}} ({{reference}})',
            body: like?.body ?? '{{greeting}}\n\n{{signature}}',
          },
        }),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: keys.templates });
      onClose();
      await navigate({ to: paths.template, params: { id } });
    },
  });
  useFirstWrong(error);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <Dialog title={t('templates.add')} onClose={onClose} busy={isPending}>
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
          label={t('templates.name')}
          dir="auto"
          maxLength={200}
          error={wrong('/name')}
          {...text('name')}
        />
        <Select
          label={t('templates.for_type')}
          value={values.type}
          onChange={(type) => type && set({ type: type as Schemas['Type'] })}
          data={types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
          error={wrong('/type')}
        />
        <div className="fields-2">
          <Select
            label={t('templates.occasion')}
            value={values.occasion}
            onChange={(occasion) => occasion && set({ occasion: occasion as Occasion })}
            data={occasions.map((at) => ({ value: at, label: t(`templates.occasions.${at}`) }))}
            error={wrong('/occasion')}
          />
          <TextInput
            label={t('templates.language')}
            dir="ltr"
            maxLength={35}
            error={wrong('/language')}
            {...text('language')}
          />
        </div>
        <p className="dim">{t('templates.add_lead')}</p>
        <Bad error={error} shown={['/name', '/type', '/occasion', '/language']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('templates.adding')}
          >
            {t('templates.add_go')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
