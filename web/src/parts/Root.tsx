import { Outlet } from '@tanstack/react-router';
import { t } from '../words/words';
import { Toast } from './toast';

export function Root() {
  return (
    <div className="app">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <section id="pop" aria-label={t('layers')} />
      <Outlet />
      <Toast />
    </div>
  );
}
