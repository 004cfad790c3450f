import { useQuery } from '@tanstack/react-query';
import { companyQuery } from '../api/catalogue';
import { t } from '../words/words';
import { fill, parse, type Filled } from './mustache';
import { sample } from './variables';

interface Props {
  subject: string;
  body: string;
}

/** How the letter reads for an invented requester; what is filled in is underlined. */
export function Preview({ subject, body }: Props) {
  const company = useQuery(companyQuery).data?.name ?? '';
  const values = sample(company);
  return (
    <div className="part-first">
      <div className="part-head">
        <h2>{t('templates.preview')}</h2>
        <span className="dim">{t('templates.preview_more')}</span>
      </div>
      <article className="letter">
        <div className="letter-body">
          <p className="subject" dir="auto">
            <Words of={fill(parse(subject).pieces, values)} />
          </p>
          <p className="pre" dir="auto">
            <Words of={fill(parse(body).pieces, values)} />
          </p>
        </div>
      </article>
    </div>
  );
}

const Words = ({ of }: { of: Filled[] }) =>
  of.map(({ text, value }, n) =>
    value ? (
      <span className="val" key={n}>
        {text}
      </span>
    ) : (
      text
    ),
  );
