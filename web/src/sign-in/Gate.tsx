import type { FormEvent, ReactNode } from 'react';
import '../styles/fields';
import '../styles/settings.css';
import { Mark } from '../parts/Mark';
import { useTitle } from '../parts/title';
import { t } from '../words/words';

interface Props {
  title: string;
  lead?: ReactNode;
  foot?: ReactNode;
  onSubmit?: () => void;
  children: ReactNode;
}

/** A page before the door: the mark, one card, one thing to do. */
export function Gate({ title, lead, foot, onSubmit, children }: Props) {
  useTitle(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <main className="gate" id="main" tabIndex={-1}>
      <div className="gate-card">
        <p className="gate-mark">
          <Mark size={28} />
          {t('product')}
        </p>
        <div className="gate-box">
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
          {onSubmit ? (
            <form className="fields" noValidate onSubmit={submit}>
              {children}
            </form>
          ) : (
            children
          )}
        </div>
        {foot && <div className="gate-foot">{foot}</div>}
      </div>
    </main>
  );
}
