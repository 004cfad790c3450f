import { Chip } from '../parts/Chip';
import { country, tongue } from '../words/format';
import { t } from '../words/words';
import { useQuery } from '@tanstack/react-query';
import { countriesQuery } from '../api/catalogue';
import type { Request } from './queries';

/** Things with digits and hyphens keep their order in right-to-left text. */
const isCode = (value: string) => /^[\d\s+().#/-]{3,}$/.test(value);

/** What the requester typed. Words of their own are shown as words, the rest as claims. */
export function Details({ request }: { request: Request }) {
  const countries = useQuery({ ...countriesQuery, enabled: request.region !== null }).data;
  const region = countries
    ?.flatMap(({ regions }) => regions)
    .find(({ code }) => code === request.region)?.name;
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('request.details.title')}</h2>
        <span className="dim">{t(`channel.${request.channel}`)}</span>
      </div>
      <dl className="facts">
        <dt>{t('request.details.country')}</dt>
        <dd>{country(request.country)}</dd>
        {request.region && (
          <>
            <dt>{t('request.details.region')}</dt>
            <dd>{region ?? request.region}</dd>
          </>
        )}
        <dt>{t('request.details.language')}</dt>
        <dd>{tongue(request.language)}</dd>
        {request.details.map(({ key, label, value }) => (
          <Detail key={key} words={key === 'message'} {...{ label, value }} />
        ))}
      </dl>
    </section>
  );
}

function Detail({ label, value, words }: { label: string; value: string; words: boolean }) {
  return (
    <>
      <dt>
        <bdi>{words ? t('list.intake.message_label') : label}</bdi>
      </dt>
      <dd dir="auto" className="pre">
        {isCode(value) ? (
          <bdi dir="ltr" className="mono">
            {value}
          </bdi>
        ) : (
          value
        )}
        {!words && (
          <>
            {' '}
            <Chip why={t('request.details.claimed_why')}>{t('request.details.claimed')}</Chip>
          </>
        )}
      </dd>
    </>
  );
}
