import { IconAlertTriangleFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  tone?: 'bad' | 'warn' | 'ink' | 'ok';
  icon?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

export function Notice({ title, tone = 'warn', icon, action, children }: Props) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'note'}>
      {icon ?? <IconAlertTriangleFilled size={16} aria-hidden />}
      <div>
        <strong>{title}</strong>
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
