import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useState } from 'react';
import '../styles/settings.css';
import { canWork, useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { Offline } from '../parts/Offline';
import { useTitle } from '../parts/title';
import { paths } from '../paths';
import { types } from '../requests/filters';
import { time, tongue } from '../words/format';
import { t } from '../words/words';
import { templatesQuery, type Template } from './queries';
import { automatic, languages, occasions } from './variables';

const AddDialog = lazy(() => import('./AddDialog'));

export default function TemplateList() {
  useTitle(t('templates.title'));
  const works = canWork(useSession().agent.role);
  const { data, error } = useQuery(templatesQuery);
  const [adding, setAdding] = useState(false);
  const [language, setLanguage] = useState('en');
  const shown = data?.filter((at) => at.language === language);
  return (
    <main className="fill" id="main" tabIndex={-1}>
      <header className="bar">
        <h1 tabIndex={-1}>{t('templates.title')}</h1>
        <span className="dim hide-s">{shown && t('templates.count', { count: shown.length })}</span>
        <Select
          className="end"
          aria-label={t('templates.language')}
          value={language}
          onChange={(tag) => tag && setLanguage(tag)}
          data={languages.map((value) => ({ value, label: tongue(value) }))}
        />
        {works && (
          <Button
            variant="primary"
            leftSection={<IconPlus size={15} stroke={2} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('templates.add')}
          </Button>
        )}
      </header>
      <Offline />
      <div className="scroll" tabIndex={-1}>
        <div className="sheet wide">
          <p className="lead">{t('templates.lead')}</p>
          <Bad error={error} title={t('problem.load_title')} />
          {shown && <Table templates={shown} />}
        </div>
      </div>
      <Suspense>{adding && <AddDialog onClose={() => setAdding(false)} />}</Suspense>
    </main>
  );
}

function Table({ templates }: { templates: Template[] }) {
  const byOccasion = (a: Template, b: Template) =>
    occasions.indexOf(a.occasion) - occasions.indexOf(b.occasion) || a.name.localeCompare(b.name);
  return (
    <table className="table templates">
      <thead>
        <tr>
          <th>{t('templates.name')}</th>
          <th>{t('templates.occasion')}</th>
          <th>{t('templates.language')}</th>
          <th>{t('templates.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {types.map((type) => (
          <Fragment key={type}>
            <tr>
              <th colSpan={4} scope="colgroup" className="table-group">
                {t(`type.${type}`)}
              </th>
            </tr>
            {templates
              .filter((at) => at.type === type)
              .sort(byOccasion)
              .map((template) => (
                <Row key={template.id} template={template} />
              ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Row({ template }: { template: Template }) {
  const navigate = useNavigate();
  const { id, name, occasion, language, updated_at } = template;
  const by = automatic.includes(occasion) ? t('templates.automatic') : t('templates.by_agent');
  return (
    <tr className="to" onClick={() => void navigate({ to: paths.template, params: { id } })}>
      <td>
        <Link
          className="plain-link"
          to={paths.template}
          params={{ id }}
          onClick={(event) => event.stopPropagation()}
        >
          <bdi>{name}</bdi>
        </Link>
      </td>
      <td data-l={t('templates.occasion')}>
        {t(`templates.occasions.${occasion}`)}
        <small className="by">{by}</small>
      </td>
      <td data-l={t('templates.language')}>{tongue(language)}</td>
      <td data-l={t('templates.updated')} className="nowrap">
        {time(updated_at)}
      </td>
    </tr>
  );
}
