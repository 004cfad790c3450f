import { Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { paths } from '../paths';
import { types } from '../requests/filters';
import { tongue } from '../words/format';
import { t } from '../words/words';
import { templatesQuery } from './queries';
import { languages, occasions, type Occasion } from './variables';

const empty = {
  type: 'erase' as Schemas['Type'],
  occasion: 'granted' as Occasion,
  language: 'en',
  name: '',
};

export default function AddDialog({ onClose }: { onClose: () => void }) {
  const { values, set, text } = useFields(empty);
  const { mutate, error, isPending } = useAdd(values, onClose);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <FormDialog
      title={t('templates.add')}
      lead={t('templates.add_lead')}
      word={t('templates.add_go')}
      busyWord={t('templates.adding')}
      busy={isPending}
      error={error}
      shown={['/name', '/type', '/occasion', '/language']}
      onSubmit={mutate}
      onClose={onClose}
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
        <Select
          label={t('templates.language')}
          value={values.language}
          onChange={(language) => language && set({ language })}
          data={languages.map((value) => ({ value, label: tongue(value) }))}
          error={wrong('/language')}
        />
      </div>
    </FormDialog>
  );
}

/** A new template begins as a copy of the one that its occasion has already. */
function useAdd(values: typeof empty, onDone: () => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [once] = useState(onceOnly);
  const like = useQuery(templatesQuery).data?.find(
    ({ type, occasion, language }) =>
      type === values.type && occasion === values.occasion && language === values.language,
  );
  const template = {
    ...values,
    name: values.name.trim(),
    subject: like?.subject ?? '{{company}} ({{reference}})',
    body: like?.body ?? '{{greeting}}\n\n{{signature}}',
  };
  return useMutation({
    mutationFn: () => body(api.POST('/api/v1/templates', { params: once, body: template })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: keys.templates });
      onDone();
      await navigate({ to: paths.template, params: { id } });
    },
  });
}
