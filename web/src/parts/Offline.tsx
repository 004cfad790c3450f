import { IconWifiOff } from '@tabler/icons-react';
import { useOfflineSince } from '../api/connection';
import { time } from '../words/format';
import { t } from '../words/words';

export function Offline() {
  const since = useOfflineSince();
  if (since === null) return null;
  return (
    <div className="strip" role="status">
      <IconWifiOff size={15} aria-hidden />
      {t('offline.strip', { time: time(since) })}
    </div>
  );
}
