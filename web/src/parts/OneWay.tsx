import { IconAlertTriangleFilled, IconLock } from '@tabler/icons-react';
import { t } from '../words/words';

interface Props {
  title?: string;
  says: string;
  /** Data dies. */
  bad?: boolean;
}

/** What cannot be undone, inside every dialog that does it. */
export function OneWay({ title = t('request.approve.oneway'), says, bad = false }: Props) {
  const Icon = bad ? IconAlertTriangleFilled : IconLock;
  return (
    <div className="oneway" data-tone={bad ? 'bad' : undefined}>
      <Icon size={16} stroke={2} aria-hidden />
      <div>
        <b>{title}</b>
        <p>{says}</p>
      </div>
    </div>
  );
}
