import { Button } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '../api/problem';
import { paths } from '../paths';
import { t } from '../words/words';
import { Bad } from './Bad';

export function Broken({ error, reset }: ErrorComponentProps) {
  const again = () => (error instanceof Problem ? reset() : window.location.reload());
  return (
    <main className="fill" id="main" tabIndex={-1}>
      <div className="scroll center">
        <div className="blank">
          <h1 className="vh">{t('problem.page_title')}</h1>
          <Bad error={error} title={t('problem.load_title')} />
          <div className="row centered">
            <Button variant="primary" onClick={again}>
              {t('problem.reload')}
            </Button>
          </div>
        </div>
      </div>
    </main>
  );
}

export function Missing() {
  return (
    <main className="fill" id="main" tabIndex={-1}>
      <div className="scroll center">
        <div className="blank">
          <h1>{t('problem.missing_title')}</h1>
          <p>{t('problem.missing')}</p>
          <Link to={paths.home}>{t('nav.requests')}</Link>
        </div>
      </div>
    </main>
  );
}
