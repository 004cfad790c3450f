import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { countriesQuery } from '../api/catalogue';
import type { useFields } from '../parts/fields';
import { t } from '../words/words';
import { channels, type IntakeValues } from './intake';

interface ChannelProps {
  value: IntakeValues['channel'];
  set: (channel: IntakeValues['channel']) => void;
}

export function ChannelField({ value, set }: ChannelProps) {
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

type Fields = ReturnType<typeof useFields<IntakeValues>>;

interface PlaceProps extends Pick<Fields, 'values' | 'set' | 'text'> {
  wrong: (pointer: string) => string | undefined;
}

/** Where they live, with the state or province where that matters, and when it arrived. */
export function PlaceFields({ values, set, text, wrong }: PlaceProps) {
  const countries = useQuery(countriesQuery).data ?? [];
  const country = countries.find(({ code }) => code === values.country);
  const option = ({ code, name }: { code: string; name: string }) => ({ value: code, label: name });
  const received = (
    <TextInput
      type="date"
      label={t('list.intake.received_on')}
      error={wrong('/received_on')}
      {...text('received_on')}
    />
  );
  return (
    <>
      <div className="fields-2">
        <Select
          label={t('list.intake.country')}
          searchable
          value={values.country || null}
          onChange={(code) => set({ country: code ?? '', region: '' })}
          data={countries.map(option)}
          nothingFoundMessage={t('list.intake.none_found')}
          error={wrong('/country')}
        />
        {country?.asks_region ? (
          <Select
            label={t('list.intake.region')}
            searchable
            value={values.region || null}
            onChange={(code) => set({ region: code ?? '' })}
            data={country.regions.map(option)}
            nothingFoundMessage={t('list.intake.none_found')}
            error={wrong('/region')}
          />
        ) : (
          received
        )}
      </div>
      {country?.asks_region && received}
    </>
  );
}
