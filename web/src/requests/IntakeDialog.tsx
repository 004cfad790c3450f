import { Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { companyQuery } from '../api/catalogue';
import { api, body, onceOnly } from '../api/client';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { paths } from '../paths';
import { today } from '../words/format';
import { t } from '../words/words';
import { types } from './filters';
import { ChannelField, PlaceFields } from './IntakeFields';
import { emptyIntake, intakeOf, pointers, type IntakeValues } from './intake';
import { useLookAgain } from './queries';

/** A request that came by telephone, letter, e-mail or at the counter. */
export default function IntakeDialog({ onClose }: { onClose: () => void }) {
  const zone = useQuery(companyQuery).data?.time_zone;
  const { values, set, text } = useFields({ ...emptyIntake, received_on: today(zone) });
  const { mutate, error, isPending } = useIntake(values, onClose);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  const mail = values.channel === 'email' ? 'email_needed' : 'email_optional';
  return (
    <FormDialog
      title={t('list.intake.title')}
      lead={t('list.intake.lead')}
      size={620}
      word={t('list.intake.submit')}
      busyWord={t('list.intake.submitting')}
      busy={isPending}
      error={error}
      shown={pointers}
      onSubmit={mutate}
      onClose={onClose}
    >
      <ChannelField value={values.channel} set={(channel) => set({ channel })} />
      <Select
        label={t('list.intake.type')}
        value={values.type}
        onChange={(type) => type && set({ type: type as IntakeValues['type'] })}
        data={types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        error={wrong('/type')}
      />
      <div className="fields-2">
        <TextInput
          data-autofocus
          label={t('list.intake.name')}
          description={t('list.intake.name_help')}
          dir="auto"
          autoComplete="off"
          error={wrong('/requester/name')}
          {...text('name')}
        />
        <TextInput
          type="email"
          label={t('list.intake.email')}
          description={t(`list.intake.${mail}`)}
          dir="ltr"
          autoComplete="off"
          error={wrong('/requester/email')}
          {...text('email')}
        />
      </div>
      <PlaceFields values={values} set={set} text={text} wrong={wrong} />
      <Textarea
        label={t('list.intake.details')}
        description={t('list.intake.details_help')}
        dir="auto"
        rows={4}
        error={wrong('/details/message')}
        {...text('message')}
      />
    </FormDialog>
  );
}

function useIntake(values: IntakeValues, onDone: () => void) {
  const navigate = useNavigate();
  const lookAgain = useLookAgain();
  const [once] = useState(onceOnly);
  return useMutation({
    mutationFn: () => body(api.POST('/api/v1/requests', { params: once, body: intakeOf(values) })),
    onSuccess: async ({ id }) => {
      await lookAgain(id);
      onDone();
      await navigate({ to: paths.request, params: { id } });
    },
  });
}
