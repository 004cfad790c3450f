import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { countriesQuery, companyQuery } from '../api/catalogue';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { paths } from '../paths';
import '../styles/fields';
import { today } from '../words/format';
import { t } from '../words/words';
import { types } from './filters';
import { useLookAgain } from './queries';

const channels = ['phone', 'letter', 'counter', 'email'] as const;
const shown = [
  '/type',
  '/requester/name',
  '/requester/email',
  '/country',
  '/region',
  '/received_on',
  '/details/message',
];

const empty = {
  channel: 'phone' as (typeof channels)[number],
  type: 'erase' as Schemas['Type'],
  name: '',
  email: '',
  country: '',
  region: '',
  received_on: '',
  message: '',
};

function intakeOf(values: typeof empty): Schemas['Intake'] {
  const { channel, type, name, email, country, region, received_on, message } = values;
  return {
    channel,
    type,
    requester: { name: name.trim() || null, email: email.trim() || null },
    country,
    region: region || null,
    received_on: received_on || null,
    details: message.trim() ? { message: message.trim() } : null,
  };
}

/** A request that came by telephone, letter, e-mail or at the counter. */
export default function IntakeDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const lookAgain = useLookAgain();
  const zone = useQuery(companyQuery).data?.time_zone;
  const countries = useQuery(countriesQuery).data ?? [];
  const { values, set, text } = useFields({ ...empty, received_on: today(zone) });
  const [once] = useState(onceOnly);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => body(api.POST('/api/v1/requests', { params: once, body: intakeOf(values) })),
    onSuccess: async ({ id }) => {
      await lookAgain(id);
      onClose();
      await navigate({ to: paths.request, params: { id } });
    },
  });
  useFirstWrong(error);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  const country = countries.find(({ code }) => code === values.country);
  return (
    <Dialog title={t('list.intake.title')} onClose={onClose} size={620} busy={isPending}>
      <p className="dlg-lead">{t('list.intake.lead')}</p>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <Channel value={values.channel} set={(channel) => set({ channel })} />
        <Select
          label={t('list.intake.type')}
          value={values.type}
          onChange={(type) => type && set({ type: type as Schemas['Type'] })}
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
            description={t(
              values.channel === 'email' ? 'list.intake.email_needed' : 'list.intake.email_optional',
            )}
            dir="ltr"
            autoComplete="off"
            error={wrong('/requester/email')}
            {...text('email')}
          />
        </div>
        <div className="fields-2">
          <Select
            label={t('list.intake.country')}
            searchable
            value={values.country || null}
            onChange={(code) => set({ country: code ?? '', region: '' })}
            data={countries.map(({ code, name }) => ({ value: code, label: name }))}
            nothingFoundMessage={t('list.intake.none_found')}
            error={wrong('/country')}
          />
          {country?.asks_region ? (
            <Select
              label={t('list.intake.region')}
              searchable
              value={values.region || null}
              onChange={(code) => set({ region: code ?? '' })}
              data={country.regions.map(({ code, name }) => ({ value: code, label: name }))}
              nothingFoundMessage={t('list.intake.none_found')}
              error={wrong('/region')}
            />
          ) : (
            <TextInput
              type="date"
              label={t('list.intake.received_on')}
              error={wrong('/received_on')}
              {...text('received_on')}
            />
          )}
        </div>
        {country?.asks_region && (
          <TextInput
            type="date"
            label={t('list.intake.received_on')}
            error={wrong('/received_on')}
            {...text('received_on')}
          />
        )}
        <Textarea
          label={t('list.intake.details')}
          description={t('list.intake.details_help')}
          dir="auto"
          rows={4}
          error={wrong('/details/message')}
          {...text('message')}
        />
        <Bad error={error} shown={shown} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('list.intake.submitting')}
          >
            {t('list.intake.submit')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}

interface ChannelProps {
  value: (typeof channels)[number];
  set: (channel: (typeof channels)[number]) => void;
}

function Channel({ value, set }: ChannelProps) {
  const id = useId();
  return (
    <div>
      <p className="legend" id={id}>
        {t('list.intake.channel')}
      </p>
      <div className="seg" role="group" aria-labelledby={id}>
        {channels.map((channel) => (
          <button
            key={channel}
            type="button"
            aria-pressed={channel === value}
            onClick={() => set(channel)}
          >
            {t(`channel.${channel}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
